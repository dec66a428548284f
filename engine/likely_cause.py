"""The likely cause of a wrong total: which amounts of the document its difference consists of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cuadre.engine.computation import Addend
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.texts import in_language, say

_SHOWN = 8
_WITH_LINES = 2
"""Amounts are said with the number of their line where there are no more than these."""


@dataclass(frozen=True, slots=True)
class LikelyCause:
    """A usual mistake that makes exactly the difference between a stated total and the computed one."""

    name: str
    """A stable name, such as ``withholdings_subtracted``; docs/causes.md lists them."""
    key: str
    """The row of a ``texts.csv`` that says it: ``cuadre.rules:withholdings_subtracted``."""
    amounts: tuple[Addend, ...]
    """What the difference consists of, with the sign that it has in it."""
    accepted: tuple[Addend, ...] = ()
    """What is in the difference besides, and may be in the total: DIAN accepts a payable amount with the
    rounding amount, and without. These and ``amounts`` add up to the difference."""
    others: bool = False
    """Whether other parts of the document have the same amount, so that one of them may be meant."""

    def message(self, lang: str = "en", *, write: Callable[[Decimal], str] = format_amount) -> str:
        """Say in one sentence what the difference is, in English (``en``) or Spanish (``es``)."""
        terms = _terms(self.amounts, lang, write)
        if self.others:
            terms = in_language(say("cuadre.engine:or_another", terms=terms), lang)
        said = in_language(say(self.key, terms=terms), lang)
        if not self.accepted:
            return said
        rest = _terms(self.accepted, lang, write, marked=True)
        return in_language(say("cuadre.engine:rest_accepted", said=said, rest=rest), lang)


def _terms(
    amounts: Sequence[Addend], lang: str, write: Callable[[Decimal], str], *, marked: bool = False
) -> str:
    """Write amounts as a sum; where all have the same sign, it is left out unless ``marked``."""
    signed = [-one.value if one.sign == "-" else one.value for one in amounts]
    mixed = marked or len({value < 0 for value in signed}) > 1
    shown = len(signed) if len(signed) <= _SHOWN else _SHOWN - 1
    text = ""
    for addend, value in zip(amounts[:shown], signed, strict=False):
        term = write(abs(value))
        if len(amounts) <= _WITH_LINES and addend.path[0] == "lines":
            number = int(addend.path[1]) + 1
            term = in_language(say("cuadre.engine:of_line", term=term, number=number), lang)
        mark = "−" if mixed and value < 0 else "+"
        text += f" {mark} {term}" if text else f"{mark} {term}" if mark == "−" else term
    if shown == len(signed):
        return text
    return in_language(say("cuadre.engine:more_terms", shown=text, count=len(signed)), lang)
