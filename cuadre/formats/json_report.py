"""The report as JSON: the contract of docs/report.md. Amounts are text, digit by digit."""

import json
from dataclasses import asdict
from decimal import Decimal

from cuadre.engine.computation import Addend
from cuadre.engine.findings import Finding
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.source import format_path
from cuadre.report import DocumentReport, Report


def write(report: Report, language: str = "en") -> str:
    """Write a report; the sentences are in ``language``, all else is the same in each."""
    return json.dumps(as_data(report, language), indent=2)


def as_data(report: Report, language: str = "en") -> dict[str, object]:
    """Return the report as plain data."""
    import cuadre  # noqa: PLC0415 - the version is read from the installed metadata when it is needed

    return {
        "cuadre": cuadre.__version__,
        "documents": [_document(document, language) for document in report.documents],
    }


def _document(document: DocumentReport, language: str) -> dict[str, object]:
    authority = document.authority
    return {
        "source": document.source,
        "kind": document.kind,
        "id": document.id,
        "verdict": document.verdict,
        "layers": [asdict(layer) for layer in document.layers],
        "findings": [finding_data(finding, language) for finding in document.findings],
        "authority": authority
        and {
            "response_code": authority.response_code,
            "description": authority.description,
            "document_id": authority.document_id,
            "messages": [asdict(message) for message in authority.messages],
        },
    }


def finding_data(finding: Finding, language: str = "en") -> dict[str, object]:
    """Return a finding as plain data."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message(language),
        "place": {
            "file": place.file,
            "line": place.line,
            "xpath": place.xpath,
            "pointer": place.pointer,
            "path": place.path,
        },
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
    }


def input_data(addend: Addend) -> dict[str, str]:
    """Return an input of a formula as plain data."""
    return {"sign": addend.sign, "path": format_path(addend.path), "value": format_amount(addend.value)}


def _plain(value: Decimal | str | None) -> str | None:
    return format_amount(value) if isinstance(value, Decimal) else value
