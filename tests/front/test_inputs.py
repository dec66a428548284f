"""What check, read, recompute and fill take: a file, bytes, Python data, a Document; and what they refuse."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import cuadre
from cuadre.engine.errors import UnknownNameError, UsageError
from cuadre.engine.model.document import Document
from cuadre.engine.secrets import Secrets
from cuadre.options import Choices, Options
from cuadre.report import Report

from .running import BROKEN, EXAMPLES, INVOICE

TODAY = dt.date(2026, 11, 21)
_PAYLOAD = EXAMPLES / "payloads" / "apidian-credit-note.json"


def _data(file: Path = _PAYLOAD) -> dict[str, object]:
    """Read a JSON file as a program would who keeps its digits."""
    found = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    assert isinstance(found, dict)
    return found


def _facts(report: Report) -> list[tuple[object, ...]]:
    return [
        (one.code, one.place.path, one.place.pointer, one.stated, one.expected) for one in report.findings
    ]


def test_payload_as_python_data() -> None:
    """A payload as a dict has the findings of its file, at the same pointers, and no lines."""
    report, of_file = cuadre.check(_data(), today=TODAY), cuadre.check(_PAYLOAD, today=TODAY)
    assert len(report.findings) == 4
    assert sorted(_facts(report), key=str) == sorted(_facts(of_file), key=str)
    assert {finding.place.line for finding in report.findings} == {None}
    assert (report.documents[0].source, report.verdict) == ("<dict>", of_file.verdict)


def test_remarks_of_a_provider_have_no_lines() -> None:
    """A remark on Python data has the pointer and no line of a file that there is not."""
    report = cuadre.check(_data(EXAMPLES / "payloads" / "emision-spd.json"))
    found = {finding.code: finding.place for finding in report.findings}
    assert found.keys() == {"CUA202", "CUA205"}
    assert found["CUA205"].pointer == "/legal_monetary_totals/payable_amount"
    assert {place.line for place in found.values()} == {None}


def test_model_as_python_data() -> None:
    """The model's own data is taken as it is dumped: decimals, dates, tuples and kinds."""
    document = cuadre.read(BROKEN).document
    assert document is not None
    for data in (document.model_dump(exclude_none=True), document.model_dump(mode="json", exclude_none=True)):
        assert cuadre.read(data).document == document
        report = cuadre.check(data, today=TODAY)
        assert {"FAU04", "FAU14"} <= {finding.code for finding in report.findings}


def test_digits_of_python_data() -> None:
    """A Decimal keeps the digits that it has, and an int is taken as one."""
    data = {
        "kind": "invoice",
        "legal_monetary_total": {"payable_amount": Decimal("7.10"), "prepaid_amount": 3},
    }
    document = cuadre.read(data).document
    assert document is not None
    assert document.legal_monetary_total is not None
    total = document.legal_monetary_total
    assert (str(total.payable_amount), str(total.prepaid_amount)) == ("7.10", "3")


_CYCLE: list[object] = []
_CYCLE.append(_CYCLE)


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        (19.0, "/lines/1/a~1b"),
        (float("nan"), "/lines/1/a~1b"),
        (Decimal("NaN"), "/lines/1/a~1b"),
        ([10**5000], "/lines/1/a~1b/0"),
        ({1, 2}, "/lines/1/a~1b"),
        (b"1.00", "/lines/1/a~1b"),
        ({1: 2}, "/lines/1/a~1b"),
        (_CYCLE, None),
    ],
)
def test_python_data_that_is_refused(value: object, pointer: str | None) -> None:
    """A float, a number out of limits and what is no JSON are refused with their place; nothing raises."""
    report = cuadre.check({"kind": "invoice", "lines": [{}, {"a/b": value}]})
    (finding,) = report.findings
    assert (report.verdict, finding.code, finding.place.pointer) == ("unreadable", "CUA001", pointer)


@pytest.mark.parametrize("give", [cuadre.check, cuadre.read, cuadre.recompute, cuadre.fill])
@pytest.mark.parametrize(
    "given",
    [
        "<Invoice/>",
        "\ufeff \n<Invoice/>",
        '{"kind": "invoice"}',
        "[1]",
        "<" + "a" * 10_000,
        "{\0}",
        "\0",
        None,
        5,
    ],
)
def test_what_is_no_input(give: Callable[[Any], object], given: object) -> None:
    """The text of a document, and a type that is none of an input, are refused with what to do instead."""
    with pytest.raises(UsageError) as caught:
        give(given)
    assert caught.value.code == "usage"
    assert isinstance(given, str) == (caught.value.detail["given"] == "text")


def test_file_with_a_name_like_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is there is opened, whatever its name is."""
    monkeypatch.chdir(tmp_path)
    Path("{a}.xml").write_bytes(Path(INVOICE).read_bytes())
    assert cuadre.check("{a}.xml").documents[0].id == "SETP990000101"


@pytest.mark.parametrize("give", [cuadre.check, cuadre.read, cuadre.recompute, cuadre.fill])
def test_file_that_cannot_be_opened(give: Callable[[Any], object], tmp_path: Path) -> None:
    """A file that is not there, and a folder, stay the OSError that they are."""
    for given in (tmp_path / "no.xml", str(tmp_path / "no.xml"), tmp_path, ""):
        with pytest.raises(OSError, match=r"No such file|Is a directory"):
            give(given)


def test_large_file_is_not_read_whole(tmp_path: Path) -> None:
    """A file above the limit is refused after the limit."""
    with (tmp_path / "large.xml").open("wb") as file:
        file.truncate(10**12)
    report = cuadre.check(tmp_path / "large.xml")
    assert report.verdict == "unreadable"


def test_name() -> None:
    """A name stands in the report, and in the places of bytes that came from a file."""
    data = Path(BROKEN).read_bytes()
    (document,) = cuadre.check(data, name="upload 7").documents
    assert document.source == "upload 7"
    assert {finding.place.file for finding in document.findings} == {"upload 7"}


def test_options_and_keywords() -> None:
    """Options and keywords say the same, and a keyword changes one of the options."""
    options = Options(today=TODAY, select=["FAU"])
    assert cuadre.check(BROKEN, options=options) == cuadre.check(BROKEN, today=TODAY, select=["FAU"])
    report = cuadre.check(BROKEN, options=options, select="FAD")
    assert [finding.code for finding in report.findings] == ["FAD09c"]
    with pytest.raises(TypeError, match="nonsense"):
        cuadre.check(BROKEN, nonsense=1)  # type: ignore[call-arg]


def test_keywords_are_the_options() -> None:
    """Every field of Options is a keyword of check, with the same type."""
    fields = Options.__annotations__.keys() - {"selection"}
    assert Choices.__annotations__.keys() == fields
    assert {name: Options.__annotations__[name] for name in fields} == Choices.__annotations__


def test_options_keep_no_clock_and_show_no_secret() -> None:
    """A time is taken as its date, and the secrets are not shown."""
    options = Options(today=dt.datetime(2026, 11, 21, 23, 59, tzinfo=dt.UTC), secrets=Secrets(pin="12345"))
    assert options.today == TODAY
    assert type(options.today) is dt.date
    assert "12345" not in repr(options)


@pytest.mark.parametrize("choice", [{"provider": "nobody"}, {"select": "QQQ"}])
def test_unknown_names(choice: dict[str, str]) -> None:
    """A provider or a code that there is not is the caller's mistake, and raised."""
    with pytest.raises(UnknownNameError):
        cuadre.check(INVOICE, **choice)  # type: ignore[arg-type]


def test_recompute_and_fill() -> None:
    """Both take whatever check takes."""
    document = cuadre.read(INVOICE).document
    assert document is not None
    data = document.model_dump(exclude_none=True)
    given = (INVOICE, Path(INVOICE), Path(INVOICE).read_bytes(), data, document)
    assert {
        str(cuadre.recompute(one).by_path["legal_monetary_total.payable_amount"].value) for one in given
    } == {"626838.06"}
    filled = [cuadre.fill(one) for one in given]
    assert all(isinstance(one, Document) for one in filled)
