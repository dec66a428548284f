"""Findings about a body's own arithmetic: lints, for DIAN does not look at it."""

from dataclasses import replace

from cuadre.engine.findings import Finding, Severity
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import Source
from cuadre.senders.emision.spd import Identity, examine
from cuadre.senders.payloads.payload import PayloadSource
from cuadre.senders.payloads.reading import decode, parse


def remarks(data: bytes, file: str | None = None) -> list[Finding]:
    """Return a finding for each identity of the utilities' tree that does not hold.

    Raises DocumentError or PayloadError where ``data`` is no JSON object.
    """
    text = decode(data)
    failing = [identity for identity in examine(parse(text)) if not identity.holds]
    source = PayloadSource(text, {_path(identity): identity.steps for identity in failing}, file)
    return [_finding(identity, source) for identity in failing]


def _path(identity: Identity) -> Path:
    """Return the path in the Document; what is in the utilities' tree has none but its own."""
    return ("legal_monetary_total", "payable_amount") if identity.steps == _PAYABLE else identity.steps


_PAYABLE = ("legal_monetary_totals", "payable_amount")


def _finding(identity: Identity, source: Source) -> Finding:
    finding = Finding(
        code=identity.code,
        rule=identity.code,
        severity=Severity.LINT,
        place=source.place(_path(identity)),
        element=_element(identity),
        message_key="figure",
        stated=identity.stated,
        expected=identity.computed,
        difference=identity.difference,
        formula=identity.formula.text,
        expression=identity.expression,
        inputs=tuple(identity.formula.inputs()),
    )
    if identity.fault is None:
        return finding
    return replace(
        finding,
        message_key="unreadable",
        detail=identity.fault,
        stated=None,
        expected=None,
        difference=None,
        formula=None,
        expression=None,
    )


def _element(identity: Identity) -> str:
    name = str(identity.steps[-1]) if identity.steps else ""
    return "".join([part.capitalize() for part in name.split("_")])
