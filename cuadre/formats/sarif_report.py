"""The report as SARIF 2.1.0: each finding with its place, and the page of each rule that was broken."""

import json
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from cuadre.engine.findings import Finding
from cuadre.engine.model.scalars import format_amount
from cuadre.formats.fingerprints import fingerprints
from cuadre.formats.sarif_rules import LEVELS, describe
from cuadre.formats.words import explained, failures, file_of, spot
from cuadre.messages import text
from cuadre.report import DocumentReport, Report

if TYPE_CHECKING:
    # A report that a program made has none.
    from cuadre.excerpts import Excerpt

NEEDS = ("excerpts",)
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_Data = dict[str, object]


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report as one run."""
    from importlib.metadata import version  # noqa: PLC0415 - slow, and only who writes SARIF pays

    del colour
    codes = list(dict.fromkeys([finding.code for finding in report.findings]))
    driver = {"name": "cuadre", "version": version("cuadre"), "rules": describe(codes, language)}
    notifications = [one for document in report.documents for one in _notifications(document, language)]
    failed = any(one["level"] == "error" for one in notifications)
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": notifications}],
        "results": [
            _result(document, finding, digits, codes.index(finding.code), language)
            for document in report.documents
            for finding, digits in fingerprints(document)
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(document: DocumentReport, finding: Finding, digits: str, index: int, language: str) -> _Data:
    figures = {"stated": finding.stated, "expected": finding.expected, "difference": finding.difference}
    shown = {
        name: value if isinstance(value, str) else format_amount(value)
        for name, value in figures.items()
        if value is not None
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": explained(finding, language)},
        "locations": [_location(document, finding)],
        "partialFingerprints": {"cuadre/v1": digits},
        "properties": shown,
    }


def _location(document: DocumentReport, finding: Finding) -> _Data:
    place = finding.place
    location: _Data = {"logicalLocations": [{"fullyQualifiedName": spot(place)}]} if spot(place) else {}
    file = file_of(document, place)
    if file is not None:
        physical: _Data = {"artifactLocation": {"uri": _uri(file)}}
        if place.line is not None:
            physical["region"] = {"startLine": place.line, **_columns(document.excerpts.get(place))}
        location["physicalLocation"] = physical
    return location


def _columns(excerpt: "Excerpt | None") -> _Data:
    """Say where in its line a figure is, where the source is at hand."""
    if excerpt is None:
        return {}
    return {
        "startColumn": excerpt.column,
        "endColumn": excerpt.column + excerpt.length,
        "snippet": {"text": excerpt.text[excerpt.start : excerpt.start + excerpt.length]},
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(str(PurePosixPath(file)), errors="backslashreplace")


def _notifications(document: DocumentReport, language: str) -> list[_Data]:
    """Say of a document what is not among the results, so that no one takes an empty list for a clean one."""
    said = [
        ("error", f"{layer}: {text('status.failed', language)}: {reason}")
        for layer, reason in failures(document, language)
    ]
    if document.more:
        said.append(("warning", text("more", language, count=document.more)))
    return [{"level": level, "message": {"text": f"{document.source}: {what}"}} for level, what in said]
