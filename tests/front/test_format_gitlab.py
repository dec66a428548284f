"""GitLab's code quality report: the five facts that it asks of each finding."""

import json
from typing import Any

import cuadre
from cuadre.engine.findings import Severity
from cuadre.engine.source import Place
from cuadre.formats.gitlab_report import write
from cuadre.report import Report

from .hostile import finding, report
from .running import BROKEN, INVOICE


def issues(checked: Report, language: str = "en") -> list[Any]:
    """Write a report and read it again."""
    data = json.loads(write(checked, language))
    assert isinstance(data, list)
    return data


def test_issues() -> None:
    """Each finding has its code, its severity, and a path without ``./`` with its line."""
    found = issues(cuadre.check(BROKEN, name="./examples/broken.xml", select="FAU"))
    assert [(one["check_name"], one["severity"], one["location"]) for one in found] == [
        ("FAU04", "critical", {"path": "examples/broken.xml", "lines": {"begin": 222}}),
        ("FAU14", "critical", {"path": "examples/broken.xml", "lines": {"begin": 225}}),
    ]
    assert len({one["fingerprint"] for one in found}) == 2


def test_nothing_found_is_an_empty_list() -> None:
    """GitLab needs a list where there is nothing to say."""
    assert issues(cuadre.check(INVOICE)) == []


def test_severities() -> None:
    """Each severity has one of GitLab's names, and equal findings are told apart."""
    found = issues(report(*[finding(severity) for severity in Severity]), "es")
    assert [one["severity"] for one in found] == ["critical", "minor", "info", "blocker"]
    assert len({one["fingerprint"] for one in found}) == 4
    assert "-12.345.678.901.234.567,123456789012" in found[0]["description"]


def test_a_finding_without_a_line() -> None:
    """Where no line is known the first is named, because GitLab asks for one."""
    (one,) = issues(report(finding(place=Place("lines[0].quantity"))))
    assert one["location"]["lines"] == {"begin": 1}
