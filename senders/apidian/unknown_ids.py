"""Findings about ids that their tables lack, where the body was read without them: lints."""

from collections.abc import Mapping

from cuadre.engine.element_names import element_name
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.model.scalars import Path
from cuadre.engine.sentences import register
from cuadre.engine.source import Source
from cuadre.senders.apidian.lookup import UnknownId
from cuadre.senders.payloads.fields import Origins
from cuadre.senders.payloads.payload import Steps

_PACKAGE = "cuadre.senders.apidian"
_CODE = "CUA301"


def unknown_ids(unknown: Mapping[Steps, UnknownId], origins: Origins, source: Source) -> tuple[Finding, ...]:
    """Make a finding of each id that a look-up passed by, at the place of its field."""
    if not unknown:
        return ()
    register(_PACKAGE)
    paths: dict[Steps, Path] = {}
    for path, steps in origins.items():
        paths.setdefault(steps, path)
    return tuple([_finding(one, paths.get(steps, ()), source) for steps, one in unknown.items()])


def _finding(one: UnknownId, path: Path, source: Source) -> Finding:
    place = source.place(path)
    return Finding(
        code=_CODE,
        rule=_CODE,
        severity=Severity.LINT,
        place=place,
        element=element_name(place),
        message_key="unknown_id_near" if one.near else "unknown_id",
        stated=one.id,
        expected=", ".join(one.near) or None,
        detail=one.table,
    )
