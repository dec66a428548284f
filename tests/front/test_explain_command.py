"""``cuadre explain``: a pasted answer, an ApplicationResponse and an AttachedDocument."""

from pathlib import Path

import pytest

from cuadre.answers import read_answer
from cuadre.engine.authority import Message

from .running import BROKEN, INVOICE, give, run

Capture = pytest.CaptureFixture[str]
_PASTED = """Validación contiene errores en campos mandatorios
{"string": ["Regla: FAU04, Rechazo: la base no es la suma", "Regla: FAQ07, Notificación: descuento mayor",
"Regla: ZZZ99, Rechazo: otra cosa"]}
"""


def test_pasted_text_beside_a_document(tmp_path: Path, capsys: Capture) -> None:
    """Each code has its title, the authority's words, advice, and what is found; the rest follows."""
    answer = tmp_path / "answer.txt"
    answer.write_text(_PASTED, encoding="utf-8")
    done = run(capsys, "explain", str(answer), BROKEN, "--lang", "en")
    blocks = done.out.split("\n\n")
    assert done.code == 0
    assert blocks[0].startswith("FAU04 reject: The taxable base of the document")
    assert "\n  the authority says: la base no es la suma\n  where to look first: " in blocks[0]
    assert f"\n  in the document: {BROKEN}:222: FAU04 TaxExclusiveAmount is 584900.25" in blocks[0]
    assert blocks[1].startswith("FAQ07 notify: ")
    assert blocks[2] == (
        "ZZZ99 reject: cuadre has no rule with this code yet\n  the authority says: otra cosa"
    )
    assert blocks[3].startswith("Not in the answer, but found in the document:\n")
    assert "FAQ09" in blocks[3]
    assert "FAU14" in blocks[3]
    assert "FAU04" not in blocks[3]


@pytest.mark.parametrize(
    ("language", "decided", "to_do"),
    [
        ("en", "not checked here: only DIAN's own data decide it", "what to do: DIAN already has a document"),
        ("es", "no se revisa aquí: solo lo deciden los datos de la DIAN", "qué hacer: La DIAN ya tiene"),
    ],
)
def test_code_that_only_dian_decides(
    tmp_path: Path, capsys: Capture, language: str, decided: str, to_do: str
) -> None:
    """A code that is not judged is said with its title, who decides it, and what to do."""
    answer = tmp_path / "answer.txt"
    answer.write_text("Regla: 90, Rechazo: ya procesado", encoding="utf-8")
    lines = run(capsys, "explain", str(answer), INVOICE, "--lang", language).out.splitlines()
    assert lines[0].startswith("90 ")
    assert lines[2] == f"  {decided}"
    assert lines[3].startswith(f"  {to_do}")
    assert len(lines) == 4


def test_code_with_a_small_letter(tmp_path: Path, capsys: Capture) -> None:
    """A code is written as the catalogue has it, and one that is in the text alone is found there too."""
    answer = tmp_path / "answer.txt"
    answer.write_text("Notificaciones: FAJ43b y RUT01", encoding="utf-8")
    lines = run(capsys, "explain", str(answer), "--lang", "en").out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "FAJ43b notify: The name of the supplier is the one in the RUT",
        "",
        "RUT01 notify: A notice about the state of the RUT",
    ]


def test_code_that_has_another_name_here(tmp_path: Path, capsys: Capture) -> None:
    """What the schema layer finds is shown below DIAN's code for it, and not among the others."""
    answer, document = tmp_path / "answer.txt", tmp_path / "invoice.xml"
    answer.write_text("Regla: ZB01, Rechazo: XML", encoding="utf-8")
    text = Path(INVOICE).read_text(encoding="utf-8")
    document.write_text(
        text.replace("<cbc:UBLVersionID>", "<cbc:Wrong/><cbc:UBLVersionID>", 1), encoding="utf-8"
    )
    out = run(capsys, "explain", str(answer), str(document), "--lang", "en").out
    assert out.startswith("ZB01 reject: The XML follows the schema\n")
    assert "\n  in the document: " in out
    assert "Not in the answer" not in out


def test_codes_alone(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text without rule strings is searched for codes that rules have; nothing is said of a document."""
    give(monkeypatch, b"why does DIAN answer FAU14 and COP2026?")
    done = run(capsys, "explain", "-", "--lang", "es")
    assert done.code == 0
    assert done.out.startswith("FAU14 rechazo: El valor a pagar")
    assert "dónde mirar primero: " in done.out
    assert "documento: " not in done.out
    assert "COP2026" not in done.out


def test_nothing_found_in_the_document(tmp_path: Path, capsys: Capture) -> None:
    """A rule that the authority names and cuadre does not is said to be such."""
    answer = tmp_path / "answer.txt"
    answer.write_text("Regla: FAU14, Rechazo: x", encoding="utf-8")
    done = run(capsys, "explain", str(answer), INVOICE)
    assert done.out.splitlines()[-1] == "  cuadre finds nothing against it in the document"


def test_application_response() -> None:
    """The rules of an ApplicationResponse are read as XML, wherever it is."""
    response = (
        '<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"'
        ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
        ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
        "<cac:DocumentResponse><cac:Response><cbc:ResponseCode>04</cbc:ResponseCode></cac:Response>"
        "<cac:LineResponse><cac:Response><cbc:ResponseCode>FAU14</cbc:ResponseCode>"
        "<cbc:Description>Rechazo: no cuadra</cbc:Description></cac:Response></cac:LineResponse>"
        "</cac:DocumentResponse></ApplicationResponse>"
    )
    assert read_answer(response.encode()) == (Message("FAU14", "reject", "Rechazo: no cuadra"),)


def test_answers_once() -> None:
    """A message that stands twice is told once, and one with another text is another."""
    said = b"Regla: FAU14, Rechazo: x\nRegla: FAU14, Rechazo: x\nregla : fau14 Notificaci\xc3\xb3n: y"
    assert read_answer(said) == (Message("FAU14", "reject", "x"), Message("FAU14", "notify", "y"))


def test_no_rule(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that names no rule is one sentence and exit code 2."""
    give(monkeypatch, b"hola")
    done = run(capsys, "explain", "-", "--lang", "es")
    assert (done.code, done.err) == (2, "cuadre: -: esta respuesta no nombra ninguna regla\n")
