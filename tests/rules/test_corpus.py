"""Documents of others: what DIAN accepted has no finding, and its own examples only the known ones."""

import datetime as dt
import os
from functools import cache
from pathlib import Path

import pytest

from cuadre.checking import check, recompute
from cuadre.engine.findings import Finding
from cuadre.reading import read

from .cases import ROOT

CORPUS = Path(os.environ.get("CUADRE_CORPUS") or ROOT.parent / "shared" / "corpus")
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no folder {CORPUS}"),
]
_REAL = "dian-real-sanitized"
_TOOLBOXES = ("dian-toolbox-1.9", "dian-toolbox-older")
_GENERATED = "dian-generated"
_NOT_ARITHMETIC = ("FAD09", "CAD09", "DAD09")
_KNOWN = {
    "dian-toolbox-1.9/generica-ingresos-terceros.xml": {"FAV06", "FAU02", "FAU04", "FAS01b"},
    "dian-toolbox-1.9/emisorautoretenedor.xml": {"FAY07"},
    "dian-toolbox-older/emisorautoretenedor.xml": {"FAY07"},
    "dian-toolbox-1.9/ejemplificacionibua-1.xml": {"FAX02"},
}
"""The arithmetic that does not add up in the examples of DIAN's toolboxes."""
_OF_MASKED_NUMBERS = {"FAB10a", "FAJ24b", "FAJ47", "FAK24", "FAK47", "FAK64"}
"""The check digits of the real documents are those of the numbers that were masked, as their prefix is where
it stands a second time, in the registration of the issuer."""
_SENT_SO = {
    **{name: {"FAJ40", "FAJ73", "FAK40", "FAK57"} for name in ("real-01", "real-02", "real-03", "real-04")},
    **{name: {"FAJ25", "FAJ48"} for name in ("real-14", "real-15")},
}
"""Remarks on real documents: a postal code that is empty, a tax of the document where that of a party
belongs (DIAN remarks on both in other documents), and an issuer with a cédula, which the annex rejects."""
_WRONG_TOTALS = {"FAU04", "FAU06"}


def _files(*folders: str) -> list[str]:
    found = [path for folder in folders for path in sorted((CORPUS / folder).glob("*.xml"))]
    return [path.relative_to(CORPUS).as_posix() for path in found]


_REAL_FILES = _files(_REAL)
_TOOLBOX_FILES = _files(*_TOOLBOXES)
_GENERATED_FILES = _files(_GENERATED)


@cache
def _findings(name: str) -> tuple[Finding, ...]:
    """Check a document as on the day of its issue."""
    data = (CORPUS / name).read_bytes()
    document = read(data).document
    today: dt.date | None = document.issue_date if document else None
    assert today is not None
    return check(data, today=today, ignore="XSD").findings


def _rejects(name: str) -> set[str]:
    return {
        found.code
        for found in _findings(name)
        if found.severity == "reject" and not found.code.startswith(_NOT_ARITHMETIC)
    }


def test_every_folder_has_documents() -> None:
    """A corpus without documents would pass everything."""
    counts = {folder: len(_files(folder)) for folder in (_REAL, *_TOOLBOXES, _GENERATED)}
    assert [folder for folder, count in counts.items() if not count] == []
    assert set(_KNOWN) <= set(_TOOLBOX_FILES)


@pytest.mark.parametrize("name", _REAL_FILES)
def test_what_dian_accepted_has_no_objection(name: str) -> None:
    """An invoice that DIAN accepted is neither rejected nor notified of."""
    known = _SENT_SO.get(Path(name).stem, set())
    found = [one for one in _findings(name) if one.code not in _OF_MASKED_NUMBERS]
    assert [one.code for one in found if one.severity == "reject"] == []
    assert {one.code for one in found if one.severity == "notify"} == known


@pytest.mark.parametrize("name", _TOOLBOX_FILES)
def test_dian_examples_fail_where_they_are_known_to(name: str) -> None:
    """The examples of DIAN's toolboxes add up, but for the known ones."""
    assert _rejects(name) == _KNOWN.get(name, set())


@pytest.mark.parametrize("name", _GENERATED_FILES)
def test_generated_documents(name: str) -> None:
    """Documents whose totals are mixed up have exactly the two codes for that; the others none of them."""
    wrong = "wrong-totals" in name
    codes = {found.code for found in _findings(name) if found.severity == "reject"}
    assert codes & _WRONG_TOTALS == (_WRONG_TOTALS if wrong else set())
    assert not wrong or codes - _OF_MASKED_NUMBERS == _WRONG_TOTALS


def test_six_documents_have_wrong_totals() -> None:
    """There are as many of them as the folder's README says."""
    assert sum("wrong-totals" in name for name in _GENERATED_FILES) == 6


@pytest.mark.parametrize(
    "name",
    [name for name in _REAL_FILES + _TOOLBOX_FILES if not _KNOWN.get(name, set()) & {"FAU02", "FAU04"}],
)
def test_totals_are_recomputed_to_the_cent(name: str) -> None:
    """Every figure of LegalMonetaryTotal is what its stated parts add up to."""
    figures = [
        figure for figure in recompute(CORPUS / name).figures if figure.path[0] == "legal_monetary_total"
    ]
    assert figures
    assert [(figure.path[-1], figure.stated, figure.value) for figure in figures if figure.difference] == []
