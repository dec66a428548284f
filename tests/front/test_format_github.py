"""GitHub's workflow commands: annotations at a file and a line, whatever the document says."""

import re

import pytest

import cuadre
from cuadre.engine.findings import Severity
from cuadre.engine.source import Place
from cuadre.formats.github_report import write
from cuadre.formats.words import plain

from .hostile import DESCRIPTION, finding, report
from .running import BROKEN, INVOICE, TODAY, run

_COMMAND = re.compile(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)")


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as GitHub's runner does."""
    found = _COMMAND.fullmatch(line)
    assert found is not None
    properties = dict(one.split("=", 1) for one in found[2].split(","))
    return found[1], {key: _unescaped(value) for key, value in properties.items()}, _unescaped(found[3])


def _unescaped(value: str) -> str:
    for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(escape, sign)
    return value


def test_annotations_name_file_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding is one command with its file, its line and its code."""
    done = run(capsys, "check", BROKEN, *TODAY, "--format", "github")
    commands = [parsed(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert [(name, given["line"], given["title"]) for name, given, _ in commands] == [
        ("warning", "51", "FAD09c"),
        ("warning", "183", "FAQ07"),
        ("warning", "193", "FAQ09"),
        ("error", "222", "FAU04"),
        ("error", "225", "FAU14"),
    ]
    assert commands[4][1]["col"] == "41"
    assert {given["file"] for _, given, _ in commands} == {BROKEN}


def test_nothing_found_is_no_annotation() -> None:
    """A document that is accepted gives no command."""
    assert write(cuadre.check(INVOICE)) == ""


@pytest.mark.parametrize(
    ("language", "amount"),
    [("en", "-12345678901234567.123456789012"), ("es", "-12.345.678.901.234.567,123456789012")],
)
def test_texts_of_a_document_are_escaped(language: str, amount: str) -> None:
    """A file name and a description with the signs of commands are told on one line, as text."""
    name, given, message = parsed(write(report(finding()), language))
    assert name == "error"
    assert given == {"file": "facturas/año: 1,5 %.xml", "line": "7", "title": "FAU14"}
    assert message.count(plain(DESCRIPTION)) == message.count("\n") + 1 == 2
    assert amount in message


def test_levels() -> None:
    """A lint is a notice, a notification a warning, and what rejects or cannot be read an error."""
    lines = write(report(*[finding(severity) for severity in Severity])).splitlines()
    assert [parsed(line)[0] for line in lines] == ["error", "warning", "notice", "error"]


def test_what_has_no_file() -> None:
    """A finding in standard input has no file and no line, and one of a layer that failed no line."""
    written = write(report(finding(place=Place("lines[0].quantity")), source="-", failed=True, more=3))
    assert [parsed(line)[1] for line in written.splitlines()] == [
        {"title": "FAU14"},
        {"title": "cuadre"},
        {"title": "cuadre"},
    ]
