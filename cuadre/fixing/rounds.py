"""Fix a document: check it, write what follows from its parts, and check again until nothing follows."""

from dataclasses import dataclass, replace
from typing import Literal

from cuadre.engine.model.document import Document
from cuadre.examination import examine
from cuadre.fixing.choice import Choice, NotFixed, choose_fixes
from cuadre.fixing.edit import Change, edit
from cuadre.inputs import Opened
from cuadre.options import Options
from cuadre.reading import Reading, read_opened
from cuadre.rules.registry import plan_of
from cuadre.selection import SCHEMA

Refusal = Literal["signed", "attached", "unsettled"]
"""Why nothing of a document is fixed: it is signed, it is inside an AttachedDocument, or each change of its
figures calls for another one."""
MAX_ROUNDS = 20
"""A fixed figure may make the next one wrong: from a line to the amount to pay there are seven levels. A
check keeps 1000 findings, so that more of them take more rounds."""
_KEYED = ("legal_monetary_total.", "tax_totals[")


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of a document."""

    data: bytes
    """As it was given where nothing is fixed."""
    changes: tuple[Change, ...] = ()
    """In the order in which they were made, one for each figure."""
    not_fixed: tuple[NotFixed, ...] = ()
    refused: Refusal | None = None
    stale_key: bool = False
    """Whether a figure changed that the document's key (CUFE, CUDE) is computed from."""


def fix(data: bytes, name: str, options: Options, *, unsafe: bool = False) -> Fixed:
    """Fix the figures of a document or a payload; ``unsafe`` also those that are no sums of other figures.

    A file that cannot be read is returned as it is: a check says what is wrong with it. Raises what
    ``cuadre.check`` raises.
    """
    changes: dict[str, Change] = {}
    current = data
    for _ in range(MAX_ROUNDS):
        reading = _read(current, name, options)
        if reading is None or reading.document is None:
            return Fixed(data)
        choice = _choose(reading, reading.document, name, options, unsafe=unsafe)
        refused = _refusal(reading) if choice.fixable else None
        if refused is not None:
            return Fixed(data, not_fixed=choice.not_fixed, refused=refused)
        edited = edit(current, choice.fixable)
        if not edited.changes:
            return _fixed(current, changes, (*choice.not_fixed, *edited.not_fixed), reading.document)
        for change in edited.changes:
            _remember(change, changes)
        current = edited.data
    return Fixed(data, refused="unsettled")


def _read(data: bytes, name: str, options: Options) -> Reading | None:
    try:
        return read_opened(Opened(data, name, name), options.provider)
    except Exception:  # noqa: BLE001 - whatever stops a reader, the check that follows reports it
        return None


def _choose(reading: Reading, document: Document, name: str, options: Options, *, unsafe: bool) -> Choice:
    """Check every rule, so that a figure waits for a wrong part also where that has a code not wanted."""
    every_rule = replace(options, select=(), ignore=(SCHEMA,))
    findings = examine(reading, name, every_rule).findings
    plan = plan_of(document.country, document.kind.value)
    return choose_fixes(findings, plan, options.selection, unsafe=unsafe)


def _refusal(reading: Reading) -> Refusal | None:
    if reading.attached:
        return "attached"
    root = reading.root
    if root is None:
        return None
    from cuadre.ubl.mapping.extensions import SIGNATURE  # noqa: PLC0415 - a payload needs no XML

    return None if next(root.iter(SIGNATURE), None) is None else "signed"


def _remember(change: Change, changes: dict[str, Change]) -> None:
    """Keep one change of each figure: from what was given to what it is now."""
    key = change.place.xpath or change.place.pointer or change.place.path
    before = changes.get(key)
    changes[key] = change if before is None else before._replace(new=change.new)


def _fixed(
    data: bytes, changes: dict[str, Change], not_fixed: tuple[NotFixed, ...], document: Document
) -> Fixed:
    made = tuple([one for one in changes.values() if one.old != one.new])
    keyed = any(one.place.path.startswith(_KEYED) for one in made)
    return Fixed(data, made, not_fixed, stale_key=bool(document.uuid) and keyed)
