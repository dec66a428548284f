"""When a row of checks.csv holds: ``company_id_scheme_name = 31 & /type_code != 03``."""

import re
from collections.abc import Callable
from typing import Any

from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document
from cuadre.engine.selectors import Selector
from cuadre.engine.texts import say
from cuadre.rules.rule import Context

Condition = Callable[[Any, Context], bool]
_ONE = re.compile(r"(?P<not>!)?(?P<document>/)?(?P<path>[a-z_.]+)(?: (?P<test>!?=) (?P<values>[^&=!]+))?")


def condition(written: str, part: type[Aggregate]) -> Condition:
    """Compile a condition about a part: every term joined by ``&`` must hold.

    ``path`` alone is stated, ``!path`` is not, ``path = A B`` is one of these, ``path != A`` is none, and
    ``/path`` starts at the document. Raises DefinitionError for anything else.
    """
    terms = [_term(text.strip(), part) for text in written.split("&")]
    if len(terms) == 1:
        return terms[0]
    return lambda found, context: all(term(found, context) for term in terms)


def _term(text: str, part: type[Aggregate]) -> Condition:
    found = _ONE.fullmatch(text)
    if found is None or (found["not"] and found["test"]):
        raise DefinitionError(say("cuadre.rules:no_condition", text=text), when=text)
    get = Selector(Document if found["document"] else part, found["path"]).value
    meant = _meant(get, found["test"], frozenset((found["values"] or "").split()), absent=bool(found["not"]))
    if found["document"]:
        return lambda _, context: meant(context.document)
    return lambda one, _: meant(one)


def _meant(
    get: Callable[[Any], Any], test: str | None, values: frozenset[str], *, absent: bool
) -> Callable[[Any], bool]:
    if test is None:
        return lambda part: bool(get(part)) != absent
    if test == "=":
        return lambda part: get(part) in values
    return lambda part: get(part) not in values
