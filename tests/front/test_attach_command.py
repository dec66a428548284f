"""``cuadre attach``: the container that it writes, its warning, and what it refuses."""

import datetime as dt
from pathlib import Path

import pytest
from lxml.etree import _Element

import cuadre
from cuadre.cli import main
from cuadre.ubl.mapping.namespaces import CAC, CBC, DS, MAINDOC
from cuadre.ubl.reading.tree import parse_xml

EXAMPLE = Path(__file__).parents[2] / "examples" / "invoice.xml"
_BOGOTA = dt.timezone(dt.timedelta(hours=-5))
_NAMESPACE = MAINDOC.format("ApplicationResponse")
_ANSWER = f"""<ApplicationResponse xmlns="{_NAMESPACE}" xmlns:cac="{CAC}" xmlns:cbc="{CBC}">
<cbc:IssueDate>2026-11-20</cbc:IssueDate>
<cac:DocumentResponse><cac:Response><cbc:ResponseCode>02</cbc:ResponseCode></cac:Response>
<cac:DocumentReference><cbc:ID>SETP990000101</cbc:ID></cac:DocumentReference></cac:DocumentResponse>
</ApplicationResponse>"""
_SIGNATURE = (
    "<ext:UBLExtension><ext:ExtensionContent>"
    f'<ds:Signature xmlns:ds="{DS}"/></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>'
)


class Desk:
    """A folder with a document and an answer to it, and the command to run in it."""

    def __init__(self, folder: Path) -> None:
        self.signed = folder / "signed.xml"
        self.answer = folder / "answer.xml"
        self.container = folder / "container.xml"
        text = EXAMPLE.read_text(encoding="utf-8")
        self.signed.write_text(text.replace("</ext:UBLExtensions>", _SIGNATURE), encoding="utf-8")
        self.answer.write_text(_ANSWER, encoding="utf-8")

    def attach(self, *options: str) -> int:
        """Run ``cuadre attach`` and return its exit code."""
        given = [str(self.signed), "--response", str(self.answer), "-o", str(self.container)]
        return main(["attach", *given, *options])

    def written(self) -> _Element:
        """Read the container."""
        return parse_xml(self.container.read_bytes())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Prepare a document and its answer."""
    monkeypatch.setenv("LC_ALL", "C")
    return Desk(tmp_path)


def _stated(root: _Element, name: str) -> str:
    return root.findtext(f"{{{CBC}}}{name}") or ""


def test_container(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The container is issued now in Bogotá, has the document's number, and reads as the document in it."""
    before = dt.datetime.now(tz=_BOGOTA).replace(microsecond=0)
    assert desk.attach() == 0
    root = desk.written()
    issued = dt.datetime.fromisoformat(f"{_stated(root, 'IssueDate')}T{_stated(root, 'IssueTime')}")
    assert before <= issued <= dt.datetime.now(tz=_BOGOTA)
    assert issued.utcoffset() == dt.timedelta(hours=-5)
    assert (_stated(root, "ID"), _stated(root, "ParentDocumentID")) == ("SETP990000101", "SETP990000101")
    (document,) = cuadre.check(desk.container).documents
    assert (document.id, document.authority and document.authority.response_code) == ("SETP990000101", "02")
    assert desk.signed.read_bytes() in desk.container.read_bytes()
    assert capsys.readouterr() == (f"{desk.container}: written\n", "")


def test_own_number(desk: Desk) -> None:
    """A container may have a number of its own."""
    assert desk.attach("--id", "AD7") == 0
    assert (_stated(desk.written(), "ID"), _stated(desk.written(), "ParentDocumentID")) == (
        "AD7",
        "SETP990000101",
    )


def test_unsigned(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A document without a signature is attached with a warning."""
    desk.signed.write_bytes(EXAMPLE.read_bytes())
    assert desk.attach() == 0
    assert capsys.readouterr().err == f"cuadre: warning: {desk.signed} has no signature\n"


def test_answer_to_another(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer about another document is refused, and nothing is written."""
    desk.answer.write_text(_ANSWER.replace("990000101", "990000102"), encoding="utf-8")
    assert desk.attach() == 2
    assert not desk.container.exists()
    assert "SETP990000102" in capsys.readouterr().err


def test_wrong_way_round(desk: Desk) -> None:
    """A document in the place of the answer is refused."""
    desk.answer.write_bytes(EXAMPLE.read_bytes())
    assert desk.attach() == 2
    assert not desk.container.exists()
