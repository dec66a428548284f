"""Every code that the facts name is in the catalogue, for its kind of document."""

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cuadre.catalogue.entries import entries

from .cases import ROOT

_CORPUS = Path(os.environ.get("CUADRE_CORPUS") or ROOT.parent / "shared" / "corpus")
_FACTS = _CORPUS.parent / "facts"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not _FACTS.is_dir(), reason=f"there is no folder {_FACTS}"),
]
_CODE = re.compile(r"[A-Z]{2,5}[0-9]{1,3}[A-Za-z]?|[0-9]{2}")
_SEVERAL = re.compile(r"([A-Z]+)([0-9]+)-([0-9]+)")
_KINDS = {
    "all FE documents": "any",
    "all FE documents (signature)": "any",
    "any note": "any",
    "credit note": "credit_note",
    "debit note": "debit_note",
    "documento soporte": "support_document",
    "nota de ajuste documento soporte": "support_document_adjustment",
    "documento equivalente (POS)": "equivalent_document",
    "nota de ajuste documento equivalente": "equivalent_document_credit_note",
    "application response (event)": "application_response",
    "application response (RADIAN)": "application_response",
    "attached document": "attached_document",
    "DS 05": "support_document",
    "DS adjustment note 95": "support_document_adjustment",
    "POS 20 (DEE)": "equivalent_document",
    "DEE adjustment note, credit (94)": "equivalent_document_credit_note",
    "DEE adjustment note, debit (93)": "equivalent_document_debit_note",
    "payroll (NominaIndividual)": "payroll",
    "payroll adjustment": "payroll_adjustment",
}
"""The kinds of the facts that are named otherwise here."""
_TABLES = (
    ("dian_rules.csv", "document_kind"),
    ("dian/dian_rules_more.csv", "kind"),
    ("dian/other_kinds_rules.csv", "kind"),
)


def _codes(cell: str) -> list[str]:
    """List the codes of a cell: one, several with a slash, or a range; none where it has a remark."""
    several = _SEVERAL.fullmatch(cell)
    if several:
        return [f"{several[1]}{number}" for number in range(int(several[2]), int(several[3]) + 1)]
    return [code for code in cell.split("/") if _CODE.fullmatch(code)]


def _facts(table: str, column: str) -> Iterator[tuple[str, str]]:
    with (_FACTS / table).open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            for code in _codes(row["code"]):
                yield code, _KINDS.get(row[column], row[column])


@pytest.mark.parametrize(("table", "column"), _TABLES, ids=[table for table, _ in _TABLES])
def test_every_pair_is_there(table: str, column: str) -> None:
    """A code is there for its kind; one of any document may be there for some kinds, or the other way."""
    pairs = {(entry.code, entry.kind) for entry in entries()}
    everywhere = {code for code, kind in pairs if kind == "any"}
    codes = {code for code, _ in pairs}
    given = set(_facts(table, column))
    missing = [
        (code, kind)
        for code, kind in sorted(given - pairs)
        if code not in (codes if kind == "any" else everywhere)
    ]
    assert missing == []
    assert len(given) > 100


def test_every_code_that_people_meet_is_there() -> None:
    """The codes seen most have an entry, and a severity that a live answer had."""
    with (_FACTS / "dian" / "top_codes.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    severities = {entry.code: entry.severity.value for entry in entries()}
    assert [row["code"] for row in rows if row["code"] not in severities] == []
    live = {"R": "reject", "N": "notify"}
    wrong = [
        row["code"]
        for row in rows
        if row["evidence"] == "real" and severities[row["code"]] != live.get(row["severity_seen"][0])
    ]
    assert set(wrong) <= {"FAJ41"}
