"""``cuadre render``: from inputs to XML, from XML to the same document, and what it refuses to write."""

import json
from pathlib import Path

import pytest

import cuadre
from cuadre.engine.model.document import Document
from cuadre.reading import read

from .running import BROKEN, EXAMPLES, INVOICE, NAMES, ROOT, Run, give, run
from .test_document_schema import guide_example

KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
PIN = "75315"
SOUND = [name for name in NAMES if name != "broken.xml"]


@pytest.fixture(autouse=True)
def _no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no secret of the machine that runs the tests reach them."""
    for name in ("CUADRE_TECHNICAL_KEY", "CUADRE_PIN"):
        monkeypatch.delenv(name, raising=False)


def document_of(data: bytes | str) -> Document:
    """Read one document."""
    document = read(data.encode() if isinstance(data, str) else data).document
    assert document is not None
    return document


def _inputs(tmp_path: Path, **fields: object) -> str:
    """Write the guide's example with other fields, and return the file."""
    file = tmp_path / "invoice.json"
    file.write_text(json.dumps({**json.loads(guide_example()), **fields}), encoding="utf-8")
    return str(file)


def _rendered(done: Run) -> Document:
    assert (done.code, done.err) == (0, "")
    return document_of(done.out)


def test_inputs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """JSON with inputs only becomes XML with all totals, those of the guide, and is accepted."""
    done = run(capsys, "render", _inputs(tmp_path), "--technical-key", KEY, "--pin", PIN)
    total = _rendered(done).legal_monetary_total
    assert total is not None
    figures = (total.line_extension_amount, total.tax_exclusive_amount, total.payable_amount)
    assert [str(figure) for figure in figures] == ["36374.35", "5374.35", "37395.48"]
    guide = (ROOT / "docs" / "render.md").read_text(encoding="utf-8").rpartition("```")[2]
    assert all(str(figure) in guide for figure in figures)
    report = cuadre.check(done.out.encode(), secrets=None)
    assert [(document.verdict, document.findings) for document in report.documents] == [("accepted", ())]


def test_without_secrets(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without a secret there is no key and no QR text, and the rest is there."""
    document = _rendered(run(capsys, "render", _inputs(tmp_path)))
    dian = document.dian_extensions
    assert dian is not None
    assert (document.uuid, dian.qr_code, dian.software_security_code) == (None, None, None)
    assert (dian.provider_id_scheme_id, document.profile_execution_id) == ("9", "2")


@pytest.mark.parametrize("name", SOUND)
def test_xml(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """XML comes out as the document that it was."""
    file = EXAMPLES / name
    assert _rendered(run(capsys, "render", str(file))) == document_of(file.read_bytes())


@pytest.mark.parametrize("name", SOUND)
def test_xml_to_json_and_back(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    """JSON of an XML document, rendered, is that document: it states everything already."""
    file, between = EXAMPLES / name, tmp_path / "a.json"
    assert run(capsys, "render", str(file), "--to", "json", "-o", str(between)) == (0, "", "")
    assert document_of(between.read_bytes()) == document_of(file.read_bytes())
    assert _rendered(run(capsys, "render", str(between))) == document_of(file.read_bytes())


def test_inputs_to_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """``--to json`` of inputs is the document made ready, the same as in XML."""
    file = _inputs(tmp_path)
    ready = document_of(run(capsys, "render", file).out)
    done = run(capsys, "render", file, "--to", "json")
    assert _rendered(done) == ready
    assert done.out.endswith("}\n")


def test_wrong_totals(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A total that is stated wrongly is refused by its rule, and nothing is written."""
    ready, out = tmp_path / "ready.json", tmp_path / "out.xml"
    assert run(capsys, "render", _inputs(tmp_path), "--to", "json", "-o", str(ready)).code == 0
    ready.write_text(ready.read_text(encoding="utf-8").replace("37395.48", "37395.47"), encoding="utf-8")
    assert run(capsys, "render", str(ready), "-o", str(out)).code == 0
    ready.write_text(ready.read_text(encoding="utf-8").replace("37395.47", "37394.00"), encoding="utf-8")
    out.unlink()
    done = run(capsys, "render", str(ready), "-o", str(out))
    assert (done.code, done.out, out.exists()) == (1, "", False)
    assert [line.split()[0] for line in done.err.splitlines()[1:]] == ["FAU06"]


@pytest.mark.parametrize("path", [BROKEN, "-"])
def test_wrong_xml(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """XML that would be rejected is refused with its rules, and nothing goes to standard output."""
    give(monkeypatch, Path(BROKEN).read_bytes())
    done = run(capsys, "render", path)
    assert (done.code, done.out) == (1, "")
    codes = [line.split()[0] for line in done.err.splitlines()[1:]]
    (report,) = cuadre.check(BROKEN).documents
    assert sorted(codes) == sorted(f.code for f in report.findings if f.severity == "reject")


def test_as_stated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """``--as-stated`` writes what would be rejected: what is stated as it is, beside what is computed."""
    assert _rendered(run(capsys, "render", BROKEN, "--as-stated")) == document_of(Path(BROKEN).read_bytes())
    stated = _inputs(tmp_path, legal_monetary_total={"payable_amount": "1.00"})
    total = _rendered(run(capsys, "render", stated, "--as-stated")).legal_monetary_total
    assert total is not None
    assert (str(total.payable_amount), str(total.line_extension_amount)) == ("1.00", "36374.35")


def test_output_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """``-o`` writes the bytes that standard output gets otherwise, and prints nothing."""
    out = tmp_path / "out.xml"
    assert run(capsys, "render", INVOICE, "-o", str(out)) == (0, "", "")
    assert run(capsys, "render", INVOICE).out.encode() == out.read_bytes()


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash stands for standard input, of JSON too."""
    give(monkeypatch, guide_example().encode())
    assert len(_rendered(run(capsys, "render", "-")).lines) == 2


UNREADABLE = {
    "nothing": b"",
    "rubbish": b"\x89PNG",
    "XML cut off": b"<Invoice",
    "another root": b"<a/>",
    "JSON cut off": b'{"kind": ',
    "no kind": b"{}",
    "unknown name": b'{"kind": "invoice", "total": 1}',
    "amount": b'{"kind": "invoice", "lines": [{"quantity": "1,5"}]}',
    "number out of limits": b'{"kind": "invoice", "lines": [{"quantity": NaN}]}',
}
UNWRITABLE = {
    "control character": b'{"kind": "invoice", "note": ["a\\u000bb"]}',
    "name of an element": b'{"kind": "invoice", "other": [{"name": "a b"}]}',
}
_ALL = [
    *((data, options) for data in UNREADABLE.values() for options in ([], ["--as-stated"])),
    *((data, ["--as-stated"]) for data in UNWRITABLE.values()),
]


@pytest.mark.parametrize(("data", "options"), _ALL)
def test_unreadable(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes, options: list[str]
) -> None:
    """What cannot be read or written ends with 2 and one line; the output is left alone."""
    file, out = tmp_path / "a.xml", tmp_path / "out.xml"
    file.write_bytes(data)
    out.write_text("before", encoding="utf-8")
    done = run(capsys, "render", str(file), "-o", str(out), *options)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert out.read_text(encoding="utf-8") == "before"


def test_answer_of_the_authority(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """An ApplicationResponse is no document to render."""
    file = tmp_path / "answer.xml"
    uri = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    file.write_text(f'<ApplicationResponse xmlns:c="{uri}"><c:DocumentResponse/></ApplicationResponse>')
    assert run(capsys, "render", str(file)).code == 2


@pytest.mark.parametrize(
    "argv", [("missing.xml",), (INVOICE, "-o", "/nowhere/out.xml"), (INVOICE, "--to", "pdf"), ()]
)
def test_usage(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...]) -> None:
    """Files that cannot be opened, and wrong options, end with 2."""
    done = run(capsys, "render", *argv)
    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize("given", ["options", "files", "environment", "files in the environment"])
def test_secrets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str
) -> None:
    """However the secrets are given, the same key comes out, and no secret is in any output."""
    for name, secret in (("key", KEY), ("pin", PIN)):
        (tmp_path / name).write_text(f"{secret}\n", encoding="utf-8")
    values = [f"@{tmp_path / 'key'}", f"@{tmp_path / 'pin'}"] if "files" in given else [KEY, PIN]
    options: tuple[str, ...] = ("--technical-key", values[0], "--pin", values[1])
    if "environment" in given:
        monkeypatch.setenv("CUADRE_TECHNICAL_KEY", values[0])
        monkeypatch.setenv("CUADRE_PIN", values[1])
        options = ()
    for target in ("xml", "json"):
        done = run(capsys, "render", _inputs(tmp_path), *options, "--to", target)
        document = _rendered(done)
        assert document.uuid is not None
        assert document.uuid.startswith(_uuid(capsys, tmp_path))
        assert KEY not in done.out
        assert PIN not in done.out


def _uuid(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> str:
    """Compute the key of the example as ``cuadre key`` does."""
    ready = tmp_path / "ready.xml"
    assert run(capsys, "render", _inputs(tmp_path), "-o", str(ready)).code == 0
    return run(capsys, "key", str(ready), "--technical-key", KEY).out.split()[1]


@pytest.mark.parametrize("option", ["--technical-key", "--pin"])
def test_file_of_a_secret_is_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path, option: str) -> None:
    """A file of a secret that is not there ends with 2, and nothing is rendered."""
    done = run(capsys, "render", INVOICE, option, f"@{tmp_path / 'none'}")
    assert (done.code, done.out) == (2, "")


# What follows shows faults of the source; each test says what should be, and fails until it is so.


@pytest.mark.parametrize("fields", ['"note": ["\\ud800"]', '"other": [{"name": "a", "text": "\\ud800"}]'])
def test_lone_surrogates(capsys: pytest.CaptureFixture[str], tmp_path: Path, fields: str) -> None:
    """Half a character ends with 2, and not with a traceback."""
    file = tmp_path / "a.json"
    file.write_text(f'{{"kind": "invoice", {fields}}}', encoding="ascii")
    assert run(capsys, "render", str(file), "--as-stated", "--to", "json").code == 2


def test_deep_elements(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Elements as deep as the reader allows are written as JSON, or refused without a traceback."""
    file = tmp_path / "a.xml"
    deep = f"{'<a>' * 230}{'</a>' * 230}</Invoice>"
    file.write_text(Path(INVOICE).read_text(encoding="utf-8").replace("</Invoice>", deep), encoding="utf-8")
    assert run(capsys, "render", str(file), "--as-stated", "--to", "json").code in {0, 2}


def test_unknown_namespace(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """DianExtensions of another namespace end with 2, and not with a traceback."""
    file = tmp_path / "a.json"
    file.write_text('{"kind": "invoice", "dian_extensions": {"attributes": {".": {"xmlns": "urn:a"}}}}')
    assert run(capsys, "render", str(file), "--as-stated").code == 2


def test_what_no_schema_takes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What is written with exit code 0 is not rejected, such as a credit note with a prepayment."""
    document = document_of((EXAMPLES / "credit-note.xml").read_bytes())
    fields = json.loads(document.model_dump_json(exclude_defaults=True))
    fields["prepaid_payments"] = [{"paid_amount": "10.00"}]
    file, out = tmp_path / "a.json", tmp_path / "out.xml"
    file.write_text(json.dumps(fields), encoding="utf-8")
    if run(capsys, "render", str(file), "-o", str(out)).code == 0:
        assert cuadre.check(out).documents[0].verdict != "rejected"
