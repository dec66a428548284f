"""The report as JSON: the contract of docs/report.md. Amounts are text, digit by digit."""

import json
from dataclasses import asdict
from decimal import Decimal

from cuadre.engine.computation import Addend
from cuadre.engine.findings import Finding, LikelyCause
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.source import format_path
from cuadre.report import DocumentReport, Layer, Report


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; the sentences are in ``language``, all else is the same in each."""
    del colour
    return json.dumps(as_data(report, language), indent=2)


def as_data(report: Report, language: str = "en") -> dict[str, object]:
    """Return the report as plain data."""
    from importlib.metadata import version  # noqa: PLC0415 - slow, and only who writes JSON pays

    return {
        "cuadre": version("cuadre"),
        "documents": [document_data(document, language) for document in report.documents],
        "passed_by": dict(report.passed_by),
    }


def document_data(document: DocumentReport, language: str = "en") -> dict[str, object]:
    """Return what there is to say about one document as plain data."""
    return {
        "source": document.source,
        "kind": document.kind,
        "id": document.id,
        "verdict": document.verdict,
        "layers": [_layer(layer, language) for layer in document.layers],
        "findings": [finding_data(finding, language) for finding in document.findings],
        "more": document.more,
        "in_baseline": document.in_baseline,
        "authority": document.authority and asdict(document.authority),
    }


def _layer(layer: Layer, language: str) -> dict[str, object]:
    return {"name": layer.name, "ran": layer.ran, "status": layer.status, "reason": layer.message(language)}


def finding_data(finding: Finding, language: str = "en") -> dict[str, object]:
    """Return a finding as plain data."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message(language),
        "place": asdict(finding.place),
        "stated": _plain(finding.stated),
        "expected": _plain(finding.expected),
        "difference": _plain(finding.difference),
        "tolerance": finding.tolerance,
        "formula": finding.formula,
        "expression": finding.expression,
        "inputs": [input_data(addend) for addend in finding.inputs],
        "detail": finding.detail,
        "caused_by": finding.caused_by and asdict(finding.caused_by),
        "fix": finding.fix and asdict(finding.fix),
        "pack": finding.pack,
        "likely_cause": finding.likely_cause and likely_cause_data(finding.likely_cause),
    }


def likely_cause_data(cause: LikelyCause) -> dict[str, object]:
    """Return the likely cause of a wrong total as plain data."""
    return {
        "name": cause.name,
        "amounts": [input_data(addend) for addend in cause.amounts],
        "accepted": [input_data(addend) for addend in cause.accepted],
    }


def input_data(addend: Addend) -> dict[str, str]:
    """Return an input of a formula as plain data."""
    return {"sign": addend.sign, "path": format_path(addend.path), "value": format_amount(addend.value)}


def _plain(value: Decimal | str | None) -> str | None:
    return format_amount(value) if isinstance(value, Decimal) else value
