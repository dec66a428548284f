"""Say what a difference consists of: the sentence of a likely cause, with its amounts as a sum."""

from collections.abc import Sequence
from decimal import Decimal

from cuadre.engine.computation import Addend
from cuadre.engine.texts import Text, say

_SHOWN = 8
_WITH_LINES = 2
"""Amounts are said with the number of their line where there are no more than these."""


def cause_text(name: str, amounts: Sequence[Addend], accepted: Sequence[Addend], *, others: bool) -> Text:
    """Say a likely cause by its name; ``others``: other parts of the document have the same amount."""
    terms = _sum(amounts, marked=len({_signed(one) < 0 for one in amounts}) > 1)
    if others:
        terms = say("cuadre.rules:or_another", terms=terms)
    said = say(f"cuadre.rules:cause_{name}", terms=terms)
    if not accepted:
        return said
    return say("cuadre.rules:rest_accepted", said=said, rest=_sum(accepted, marked=True))


def _sum(amounts: Sequence[Addend], *, marked: bool) -> Text:
    """Write amounts as a sum, with their signs where it is ``marked``; a long one is cut."""
    count = len(amounts)
    first, *others = amounts if count <= _SHOWN else amounts[: _SHOWN - 1]
    with_line = count <= _WITH_LINES
    text = _term(first, with_line=with_line)
    if marked and _signed(first) < 0:
        text = say("cuadre.rules:negative", term=text)
    for addend in others:
        term = _term(addend, with_line=with_line)
        minus = marked and _signed(addend) < 0
        text = say("cuadre.rules:minus" if minus else "cuadre.rules:plus", left=text, right=term)
    return text if count <= _SHOWN else say("cuadre.engine:more_terms", shown=text, count=count)


def _term(addend: Addend, *, with_line: bool) -> Text:
    value = say("cuadre.engine:amount", value=abs(addend.value))
    if not with_line or addend.path[0] != "lines":
        return value
    return say("cuadre.rules:of_line", term=value, number=int(addend.path[1]) + 1)


def _signed(addend: Addend) -> Decimal:
    return -addend.value if addend.sign == "-" else addend.value
