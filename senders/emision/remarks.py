"""Findings about a body's own arithmetic: lints, for DIAN does not look at it."""

from typing import NamedTuple

from cuadre.engine.findings import Finding, Severity
from cuadre.engine.source import Source
from cuadre.senders.emision.spd import Identity, examine
from cuadre.senders.payload import PayloadSource
from cuadre.senders.reading import decode, parse


def remarks(data: bytes, file: str | None = None) -> list[Finding]:
    """Return a finding for each identity of the utilities' tree that does not hold.

    Raises DocumentError or PayloadError where ``data`` is no JSON object.
    """
    text = decode(data)
    failing = [identity for identity in examine(parse(text)) if not identity.holds]
    source = PayloadSource(text, {identity.steps: identity.steps for identity in failing}, file)
    return [_finding(identity, source) for identity in failing]


def _finding(identity: Identity, source: Source) -> Finding:
    place = source.place(identity.steps)
    said = _Said(identity.code, identity.code, Severity.LINT, place, _element(identity))
    if identity.fault is not None:
        return Finding(*said, shape="unreadable", detail=identity.fault)
    return Finding(
        *said,
        shape="figure",
        stated=identity.stated,
        expected=identity.computed,
        difference=identity.difference,
        formula=identity.formula.text,
        expression=identity.expression,
        inputs=tuple(identity.formula.inputs()),
    )


class _Said(NamedTuple):
    """What every finding begins with."""

    code: str
    rule: str
    severity: Severity
    place: object
    element: str


def _element(identity: Identity) -> str:
    name = str(identity.steps[-1]) if identity.steps else ""
    return "".join([part.capitalize() for part in name.split("_")])
