"""How to check: the date, the codes, the secrets, the schema files, the format."""

import datetime as dt
from collections.abc import Iterable
from difflib import get_close_matches
from os import PathLike
from typing import NamedTuple

from cuadre.engine.errors import UnknownNameError
from cuadre.engine.keys import Secrets
from cuadre.rule_packs import packs

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
    known = [UNREADABLE, SCHEMA, *(rule.code for pack in packs() for rule in pack.rules), *_REMARKS]
    for beginning in wanted:
        if not any(code.upper().startswith(beginning.upper()) for code in known):
            sentence = f"no rule has a code that starts with {beginning!r}"
            raise UnknownNameError(sentence, near=get_close_matches(beginning, known))
    return tuple([beginning.upper() for beginning in wanted])


_REMARKS = ("CUA2",)
"""Codes of the remarks that providers have on their own payloads."""
