"""Which rule codes are reported: the choice that ``select`` and ``ignore`` make."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from cuadre.engine.errors import UnknownNameError
from cuadre.engine.texts import say
from cuadre.rule_packs import all_rules, pack_rules

UNREADABLE = "CUA001"
"""The code of a finding that says why a document cannot be read."""
SCHEMA = "XSD"
"""The code of a finding of the schema layer."""
OWN_CODES = (UNREADABLE, SCHEMA)
"""The codes that are no rule's."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Beginnings of codes, in capitals: those to report, and those to leave out."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @property
    def reason(self) -> str | None:
        """Say which codes were chosen and left out; None where all are reported."""
        chosen, left_out = " ".join(self.select), " ".join(self.ignore)
        if self.select and self.ignore:
            return say("cuadre:chosen_and_left_out", chosen=chosen, left_out=left_out)
        if self.select:
            return say("cuadre:chosen", chosen=chosen)
        return say("cuadre:left_out", left_out=left_out) if self.ignore else None

    def wants(self, code: str) -> bool:
        """Tell whether findings of a code are to be reported."""
        code = code.upper()
        return (not self.select or code.startswith(self.select)) and not (
            self.ignore and code.startswith(self.ignore)
        )


def choose(select: str | Collection[str], ignore: str | Collection[str]) -> Selection:
    """Make a selection; raise UnknownNameError for a beginning that no code has."""
    return Selection(_known_codes(select), _known_codes(ignore))


def _known_codes(beginnings: str | Collection[str]) -> tuple[str, ...]:
    wanted = (beginnings,) if isinstance(beginnings, str) else beginnings
    return tuple([_known(beginning) for beginning in wanted])


@cache
def _known(beginning: str) -> str:
    capitals = beginning.upper()
    # The packs of all countries are loaded only for a code of theirs, and providers for one that no pack has.
    for codes in (lambda: OWN_CODES, _pack_codes, _all_codes):
        known = codes()
        if any(code.upper().startswith(capitals) for code in known):
            return capitals
    sentence = say("cuadre:no_code", beginning=beginning)
    raise UnknownNameError(sentence, near=get_close_matches(beginning, known))


def _pack_codes() -> list[str]:
    return [rule.code for rule in pack_rules()]


def _all_codes() -> list[str]:
    return [*OWN_CODES, *(rule.code for rule in all_rules())]
