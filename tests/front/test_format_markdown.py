"""Markdown: tables that stay tables, whatever the document says."""

import re

import cuadre
from cuadre.formats.markdown_report import write

from .hostile import finding, report
from .running import BROKEN


def test_table() -> None:
    """A document has a heading and a table with a row for each finding."""
    lines = write(cuadre.check(BROKEN, name="broken.xml", select="FAU14")).split("\n")
    assert "## broken.xml: invoice SETP990000105, rejected" in lines
    (row,) = [line for line in lines if "FAU14 |" in line]
    assert row.startswith(r"| 225 | /Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount | FAU14 | reject |")


def test_spanish() -> None:
    """In Spanish the names of the columns and the severities are Spanish."""
    written = write(cuadre.check(BROKEN, select="FAU14"), "es")
    assert "| línea | lugar | código | gravedad | mensaje |" in written
    assert "| rechazo |" in written


def test_texts_of_a_document_are_no_markup() -> None:
    """A description with bars, tags and line breaks changes neither the table nor what is around it."""
    written = write(report(finding(), more=3))
    (row,) = [line for line in written.split("\n") if "FAU14 |" in line]
    assert len(re.findall(r"(?<!\\)\|", row)) == 6
    assert re.findall(r"(?<!\\)<[^>]*>", row) == ["<br>"]
    assert r"\\r\\nx\|y \<b\>" in row
    assert "and 3 more findings" in written
