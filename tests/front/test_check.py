"""check(): what it takes, what it reports, which layers ran, and what a report is worth."""

import datetime as dt
from pathlib import Path

import pytest

import cuadre
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.model.document import Document
from cuadre.engine.secrets import Secrets
from cuadre.reading import read
from cuadre.report import DocumentReport, Layer, Report, Verdict

from .running import BROKEN, EXAMPLES, INVOICE, NAMES

TODAY = dt.date(2026, 11, 21)
_BROKEN_CODES = ["FAD09c", "FAQ07", "FAQ09", "FAU04", "FAU14"]


def _codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def _document(name: str = "invoice.xml") -> Document:
    document = read((EXAMPLES / name).read_bytes()).document
    assert document is not None
    return document


def _layers(report: Report) -> dict[str, tuple[bool, bool]]:
    (document,) = report.documents
    return {layer.name: (layer.ran, layer.reason is not None) for layer in document.layers}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "broken.xml"])
def test_examples(name: str) -> None:
    """The examples are accepted without a word."""
    report = cuadre.check(EXAMPLES / name, today=TODAY)
    assert (report.verdict, report.findings, bool(report)) == ("accepted", (), True)


def test_broken_example() -> None:
    """The broken example has the five faults of examples/README.md, and none that follows from another."""
    report = cuadre.check(BROKEN, today=TODAY)
    assert (report.verdict, _codes(report), bool(report)) == ("rejected", _BROKEN_CODES, False)
    found = [(finding.place.line, finding.stated, finding.expected) for finding in report.findings]
    assert [(line, str(stated), str(expected)) for line, stated, expected in found] == [
        (51, "2026-11-05", "2026-11-16"),
        (183, "18000.00", "15000.00"),
        (193, "1200000.00", "626838.06"),
        (222, "584900.25", "429900.25"),
        (225, "604838.06", "584838.06"),
    ]
    assert [str(finding.difference) for finding in report.findings][-2:] == ["155000.00", "20000.00"]
    assert all(finding.caused_by is None for finding in report.findings)


def test_what_it_takes() -> None:
    """A text is a path; a path, bytes and a Document are taken too, and named in the report."""
    given = (BROKEN, Path(BROKEN), Path(BROKEN).read_bytes(), _document("broken.xml"))
    reports = [cuadre.check(one, today=TODAY) for one in given]
    assert [sorted(_codes(report)) for report in reports] == [_BROKEN_CODES] * 4
    assert [report.documents[0].source for report in reports] == [BROKEN, BROKEN, "<bytes>", "<document>"]
    places = [finding.place for report in reports for finding in report.findings if finding.code == "FAU14"]
    assert [(place.file, place.line) for place in places] == [(BROKEN, 225)] * 2 + [(None, 225), (None, None)]
    assert {place.path for place in places} == {"legal_monetary_total.payable_amount"}


def test_file_that_is_not_there() -> None:
    """A path that cannot be opened raises OSError; what is in a file never raises."""
    with pytest.raises(OSError, match=r"no\.xml"):
        cuadre.check(EXAMPLES / "no.xml")


SELECTIONS: list[tuple[tuple[str, ...], tuple[str, ...], list[str], str]] = [
    (("FAU",), (), ["FAU04", "FAU14"], "rejected"),
    (("FAU", "FAQ09"), (), ["FAQ09", "FAU04", "FAU14"], "rejected"),
    ((), ("FAU",), ["FAD09c", "FAQ07", "FAQ09"], "accepted_with_observations"),
    (("FAU",), ("FAU1",), ["FAU04"], "rejected"),
    (("FAD09c",), (), ["FAD09c"], "accepted_with_observations"),
    (("FAX",), (), [], "accepted"),
    ((), ("F",), [], "accepted"),
    (("fau", "Faq09"), ("fAu1",), ["FAQ09", "FAU04"], "rejected"),
    (("XSD", "CUA"), (), [], "accepted"),
]


@pytest.mark.parametrize(("select", "ignore", "codes", "verdict"), SELECTIONS)
def test_select_and_ignore(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str], verdict: str
) -> None:
    """Codes are chosen by how they start, and the verdict is that of the findings that are left."""
    report = cuadre.check(BROKEN, today=TODAY, select=select, ignore=ignore)
    assert (_codes(report), report.verdict) == (codes, verdict)


@pytest.mark.parametrize("name", ["select", "ignore"])
@pytest.mark.parametrize(
    ("given", "near"), [("FAU99", "FAU"), ("FAU14x", "FAU14"), ("nosuch", None), (" FAU", None)]
)
def test_beginning_that_no_code_has(name: str, given: str, near: str | None) -> None:
    """A beginning that no code has is refused, with the codes that are nearly it."""
    with pytest.raises(UnknownNameError, match=r"FAU|nosuch") as caught:
        cuadre.check(BROKEN, **{name: ("FAD", given)})  # type: ignore[arg-type]
    assert near is None or near in str(caught.value.detail["near"])


def test_one_beginning_is_not_its_letters() -> None:
    """A single text is one beginning."""
    assert _codes(cuadre.check(BROKEN, select="FAU")) == ["FAU04", "FAU14"]


def test_unreadable_cannot_be_ignored() -> None:
    """What cannot be read is reported whatever is selected."""
    report = cuadre.check(b"<a", select=("FAU",), ignore=("CUA",))
    assert (report.verdict, _codes(report), bool(report)) == ("unreadable", ["CUA001"], False)


def test_layers() -> None:
    """Each layer ran, or says why it did not."""
    ran, not_run = (True, False), (False, True)
    assert _layers(cuadre.check(INVOICE, today=TODAY)) == {
        "read": ran,
        "totals": ran,
        "rules": ran,
        "age": ran,
        "lint": ran,
        "schema": ran,
        "key": not_run,
        "authority": not_run,
    }
    assert _layers(cuadre.check(b"")) == {"read": not_run}
    assert _layers(cuadre.check(_document()))["schema"] == not_run


def test_layer_of_the_schema() -> None:
    """What the schema refuses is for rejection, at its line, and can be left out like any code."""
    data = Path(INVOICE).read_bytes().replace(b"</Invoice>", b"<cac:Nothing/></Invoice>")
    report = cuadre.check(data)
    (finding,) = report.findings
    assert (finding.code, finding.severity, report.verdict) == ("XSD", "reject", "rejected")
    assert (finding.place.line, finding.place.xpath) == (data.count(b"\n"), "/Invoice/cac:Nothing")
    assert cuadre.check(data, ignore=["XSD"]).verdict == "accepted"


@pytest.mark.parametrize(
    ("select", "ignore", "reason"),
    [
        ((), (), None),
        (("FAU", "faq"), (), "select FAU FAQ"),
        ((), ("FAU14",), "ignore FAU14"),
        (("FAU",), ("FAU14",), "select FAU, ignore FAU14"),
    ],
)
def test_reason_of_a_choice(select: tuple[str, ...], ignore: tuple[str, ...], reason: str | None) -> None:
    """Where codes were chosen, the layer of the rules ran and says which."""
    (document,) = cuadre.check(BROKEN, select=select, ignore=ignore).documents
    assert [layer for layer in document.layers if layer.name == "rules"] == [
        Layer("rules", "in part" if reason else "ran", reason)
    ]


def test_layer_of_the_key() -> None:
    """The key is recomputed where its secret is given: technical key for an invoice, PIN for a note."""
    technical, pin = Secrets("fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"), Secrets(pin="75315")
    names = ("invoice.xml", "credit-note.xml", "debit-note.xml")
    ran = [
        [_layers(cuadre.check(EXAMPLES / name, secrets=secrets))["key"] for name in names]
        for secrets in (technical, pin, None)
    ]
    yes, no = (True, False), (False, True)
    assert ran == [[yes, no, no], [no, yes, yes], [no, no, no]]


def test_without_today() -> None:
    """Without a date the rules of age do not run, and the report says so."""
    report = cuadre.check(BROKEN)
    assert _layers(report)["age"] == (False, True)
    assert _codes(report) == _BROKEN_CODES[1:]


@pytest.mark.parametrize("kind", ["equivalent_document", "support_document", "support_document_adjustment"])
def test_kinds_without_rules(kind: str) -> None:
    """A kind that has no rules yet says that they did not run."""
    report = cuadre.check(Document.model_validate({"kind": kind}), today=TODAY)
    layers = _layers(report)
    assert (layers["rules"], layers["age"], layers["lint"]) == ((False, True), (False, True), (True, False))


@pytest.mark.parametrize(
    ("verdicts", "worst", "true"),
    [
        ([], "accepted", True),
        (["accepted", "accepted_with_observations"], "accepted_with_observations", True),
        (["accepted_with_observations", "rejected", "accepted"], "rejected", False),
        (["rejected", "unreadable"], "unreadable", False),
    ],
)
def test_worst_verdict(verdicts: list[Verdict], worst: str, true: bool) -> None:  # noqa: FBT001 - a table's cell
    """A report has the worst verdict of its documents, and is true where nothing would be rejected."""
    report = Report(tuple([DocumentReport("", None, None, verdict, (), ()) for verdict in verdicts]))
    assert (report.verdict, bool(report)) == (worst, true)


def test_json_of_the_model() -> None:
    """The model's own JSON is read back as the same document, and places are pointers."""
    text = _document("broken.xml").model_dump_json()
    report = cuadre.check(text.encode(), today=TODAY)
    assert sorted(_codes(report)) == sorted(_BROKEN_CODES)
    payable = next(finding.place for finding in report.findings if finding.code == "FAU14")
    assert (payable.pointer, payable.line) == ("/legal_monetary_total/payable_amount", None)


def test_json_pointer() -> None:
    """A pointer is that of RFC 6901, also where a name has a slash or a tilde."""
    (finding,) = cuadre.check(b'{"kind": "invoice", "a/b~c": 1}').findings
    assert finding.place.pointer == "/a~1b~0c"


@pytest.mark.parametrize(
    "other", ['{"name": "a", "children": 5}', '{"name": "a", "children": null}', "5", "{}"]
)
def test_json_element_that_is_none(other: str) -> None:
    """An element of the model's JSON that is no element is refused with its place in the input."""
    report = cuadre.check(f'{{"kind": "invoice", "other": [{other}]}}'.encode())
    assert report.verdict == "unreadable"
    assert {finding.place.pointer for finding in report.findings} == {"/other/0"}


@pytest.mark.parametrize("date", ["86400", "1.5", '"86400"', '"2026-02-30"', "true"])
def test_json_date(date: str) -> None:
    """A date of the model's JSON is text such as 2026-11-20: a number is no date."""
    (finding,) = cuadre.check(f'{{"kind": "invoice", "issue_date": {date}}}'.encode()).findings
    assert (finding.code, finding.place.pointer) == ("CUA001", "/issue_date")


def test_white_space_before_json() -> None:
    """JSON may begin with any amount of white space."""
    assert cuadre.check(b" " * 100 + b'{"kind": "equivalent_document"}').verdict == "accepted"
