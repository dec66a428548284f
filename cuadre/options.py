"""How to check: the date, the codes, the secrets, the schema files, the format."""

import datetime as dt
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from os import PathLike
from typing import NamedTuple

from cuadre.engine.errors import UnknownNameError
from cuadre.engine.secrets import Secrets
from cuadre.rule_packs import all_rules, pack_rules

UNREADABLE = "CUA001"
"""The code of a finding that says why a document cannot be read."""
SCHEMA = "XSD"
"""The code of a finding of the schema layer."""


class Options(NamedTuple):
    """What a check needs besides the document; see ``cuadre.check``."""

    today: dt.date | None = None
    select: tuple[str, ...] = ()
    """Beginnings of codes, in capitals."""
    ignore: tuple[str, ...] = ()
    secrets: Secrets = Secrets()
    schemas: str | PathLike[str] | None = None
    provider: str | None = None

    @property
    def selection(self) -> str | None:
        """Say which codes were chosen and left out; None where all are reported."""
        chosen = [f"only {', '.join(self.select)}"] if self.select else []
        chosen += [f"not {', '.join(self.ignore)}"] if self.ignore else []
        return " and ".join(chosen) or None

    def wants(self, code: str) -> bool:
        """Tell whether findings of a code are to be reported."""
        code = code.upper()
        return (not self.select or code.startswith(self.select)) and not (
            self.ignore and code.startswith(self.ignore)
        )


def known_codes(beginnings: str | Iterable[str]) -> tuple[str, ...]:
    """Take beginnings of codes, a single one too; raise UnknownNameError where no code has it."""
    wanted = (beginnings,) if isinstance(beginnings, str) else tuple(beginnings)
    if not wanted:
        return ()
    return tuple([_known(beginning) for beginning in wanted])


@cache
def _known(beginning: str) -> str:
    capitals = beginning.upper()
    # The packs of all countries are loaded only for a code of theirs, and providers for one that no pack has.
    for codes in (_own_codes, _pack_codes, _all_codes):
        known = codes()
        if any(code.upper().startswith(capitals) for code in known):
            return capitals
    sentence = f"no rule has a code that starts with {beginning!r}"
    raise UnknownNameError(sentence, near=get_close_matches(beginning, known))


def _own_codes() -> list[str]:
    return [UNREADABLE, SCHEMA]


def _pack_codes() -> list[str]:
    return [rule.code for rule in pack_rules()]


def _all_codes() -> list[str]:
    return [*_own_codes(), *(rule.code for rule in all_rules())]
