"""A finding names the line of the document that it is in, as a person counts and reads."""

from pathlib import Path

import pytest

import cuadre
from cuadre.engine.source import LineItem
from cuadre.inputs import Input

from .running import EXAMPLES, INVOICE, TODAY, run

Capture = pytest.CaptureFixture[str]
_NOTE = EXAMPLES / "payloads" / "apidian-credit-note.json"


def _invoice(description: str | None, lines: int = 3) -> dict[str, object]:
    """Make an invoice whose last line has another value than its price and quantity give."""
    line = {"quantity": "2", "line_extension_amount": "10.00", "price": {"price_amount": "5.00"}}
    wrong = {**line, "line_extension_amount": "90.00"}
    if description is not None:
        wrong["item"] = {"description": [description]}
    return {"kind": "invoice", "lines": [line] * (lines - 1) + [wrong]}


def _items(given: Input) -> dict[str, LineItem | None]:
    return {finding.code: finding.place.item for finding in cuadre.check(given).findings}


def test_item_of_a_finding() -> None:
    """A finding in a line has its number, counted from 1, and its description; one outside has none."""
    found = _items(_invoice("Arroz 500 g"))
    assert (found["FAV06"], found["FAU01"]) == (LineItem(3, "Arroz 500 g"), None)
    assert _items(_invoice(None))["FAV06"] == LineItem(3, None)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Arroz\n  500 g\t", "Arroz 500 g"),
        ("x" * 80, "x" * 80),
        ("x" * 10_000_000, "x" * 79 + "…"),
        ("", ""),
    ],
)
def test_description_is_one_short_line(given: str, kept: str) -> None:
    """A description is one line of at most 80 characters, however long it is."""
    assert _items(_invoice(given))["FAV06"] == LineItem(3, kept or None)


def test_item_of_a_fault_of_the_schema() -> None:
    """A fault of the schema has no path, and its line is found by its XPath."""
    data = Path(INVOICE).read_bytes()
    first, second, rest = data.split(b"<cac:InvoiceLine>", 2)
    wrong = b"<cac:InvoiceLine><cbc:Nothing/>".join((first + b"<cac:InvoiceLine>" + second, rest))
    (place,) = [finding.place for finding in cuadre.check(wrong).findings if finding.code == "XSD"]
    document = cuadre.read(INVOICE).document
    assert document is not None
    item = document.lines[1].item
    assert item is not None
    assert place.item == LineItem(2, item.description[0])


def test_item_of_a_cause() -> None:
    """The cause of a finding names its line too, in every format."""
    causes = [finding.caused_by for finding in cuadre.check(_NOTE).findings if finding.caused_by]
    assert [(cause.code, cause.item) for cause in causes] == [
        ("CUA101", LineItem(1, "Comision por servicios"))
    ]


@pytest.mark.parametrize(
    ("language", "line", "caused"),
    [
        (
            "en",
            " notify line 1, Comision por servicios: LineExtensionAmount is ",
            "caused by CUA101: line 1, Comision por servicios, PriceAmount",
        ),
        (
            "es",
            " notificación línea 1, Comision por servicios: LineExtensionAmount (valor de la línea) es ",
            "causado por CUA101: línea 1, Comision por servicios, PriceAmount (precio unitario)",
        ),
    ],
)
def test_text(capsys: Capture, language: str, line: str, caused: str) -> None:
    """The text names the line in the language of the report, before the sentence and in the cause."""
    out = run(capsys, "check", str(_NOTE), *TODAY, "--lang", language).out
    assert line in out
    assert f"    {caused}\n" in out
    assert "lines[" not in out


def test_text_of_a_hostile_description(capsys: Capture, tmp_path: Path) -> None:
    """What a document says cannot move the cursor, or write lines of its own into the report."""
    file = tmp_path / "x.json"
    hostile = "\u001b[2J\u0007 accepted\u2028\u202egnihton"
    document = cuadre.Document.model_validate(_invoice(hostile) | {"id": "F1\u001b[1m\nx.json: accepted"})
    file.write_text(document.model_dump_json(), encoding="utf-8")
    out = run(capsys, "check", str(file), *TODAY, "--lang", "en").out
    assert "line 3, \\x1b[2J\\x07 accepted \\u202egnihton: " in out
    assert not {"\x1b", "\x07", "\u2028", "\u202e"} & {*out}
    assert not any(line.startswith("x.json") for line in out.splitlines())


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("invoice", "factura, rechazada"),
        ("credit_note", "nota crédito, rechazada"),
        ("support_document_adjustment", "nota de ajuste de documento soporte, aceptada"),
        ("support_document", "documento soporte, aceptado"),
        ("equivalent_document", "documento equivalente, aceptado"),
    ],
)
def test_gender(capsys: Capture, tmp_path: Path, kind: str, said: str) -> None:
    """In Spanish the verdict has the gender of the kind."""
    file = tmp_path / "x.json"
    file.write_text(f'{{"kind": "{kind}"}}', encoding="utf-8")
    assert run(capsys, "check", str(file), *TODAY, "--lang", "es").out.startswith(f"{file}: {said}\n")


def test_number(capsys: Capture) -> None:
    """In Spanish the summary has the number of the documents."""
    argv = ("check", str(EXAMPLES), *TODAY, "--lang", "es", "--select", "FAU14")
    assert run(capsys, *argv).out.splitlines()[-1] == "10 documentos: 9 aceptados, 1 rechazado"
    argv = ("check", INVOICE, *TODAY, "--lang", "es", "--select", "FAU14")
    assert run(capsys, *argv).out.splitlines()[-1] == "1 documento: 1 aceptado"
