"""``cuadre key``: right, wrong or none; where the secrets come from, and that nobody sees them."""

import json
import re
from pathlib import Path

import pytest
import segno

from cuadre.engine.regimes.co.keys import document_key
from cuadre.engine.regimes.co.qr import qr_text
from cuadre.engine.secrets import Secrets
from cuadre.reading import read

from .running import EXAMPLES, INVOICE, NAMES, Run, give, run

KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
PIN = "75315"
NOTE = str(EXAMPLES / "credit-note.xml")
SOUND = [name for name in NAMES if name != "broken.xml"]
_UUID = re.compile(rb">[0-9a-f]{96}</cbc:UUID>")


@pytest.fixture(autouse=True)
def _no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no secret of the machine that runs the tests reach them."""
    for name in ("CUADRE_TECHNICAL_KEY", "CUADRE_PIN"):
        monkeypatch.delenv(name, raising=False)


def _key(capsys: pytest.CaptureFixture[str], *argv: str) -> Run:
    """Run ``cuadre key`` and hold that no secret is in its output."""
    done = run(capsys, "key", *argv)
    assert KEY not in done.out + done.err
    # The PIN has five digits, which a key may have by chance.
    assert PIN not in re.sub(r"[0-9a-f]{96}", "", done.out + done.err)
    return done


def _stated(path: str) -> str:
    document = read(Path(path).read_bytes()).document
    assert document is not None
    assert document.uuid is not None
    return document.uuid


@pytest.mark.parametrize("name", SOUND)
def test_right(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """The key of every sound example is the stated one."""
    path = str(EXAMPLES / name)
    done = _key(capsys, path, "--technical-key", KEY, "--pin", PIN)
    scheme = "CUDE-SHA384" if "note" in name else "CUFE-SHA384"
    assert (done.code, done.err) == (0, "")
    assert done.out.split()[:2] == [scheme, _stated(path)]


def test_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A stated key that is another ends with 1, and both are shown."""
    file = tmp_path / "a.xml"
    file.write_bytes(_UUID.sub(b">" + b"0" * 96 + b"</cbc:UUID>", Path(INVOICE).read_bytes()))
    for path, options in ((str(file), ("--technical-key", KEY)), (NOTE, ("--pin", "12345"))):
        done = _key(capsys, path, *options)
        assert (done.code, done.err) == (1, "")
        assert done.out.split()[1] != _stated(path)
        assert done.out.split()[-1] == _stated(path)


def test_none_is_stated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Of a document without a key it is computed, and there is nothing to compare."""
    file = tmp_path / "a.xml"
    file.write_bytes(_UUID.sub(b"></cbc:UUID>", Path(INVOICE).read_bytes()))
    done = _key(capsys, str(file), "--technical-key", KEY)
    assert (done.code, done.out.split()[1], done.err) == (0, _stated(INVOICE), "")


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (INVOICE, ()),
        (INVOICE, ("--pin", PIN)),
        (INVOICE, ("--technical-key", "")),
        (INVOICE, ("--technical-key", KEY[:38])),
        (INVOICE, ("--technical-key", KEY.upper())),
        (NOTE, ()),
        (NOTE, ("--technical-key", KEY)),
        (NOTE, ("--pin", "")),
    ],
)
def test_missing_secret(capsys: pytest.CaptureFixture[str], path: str, options: tuple[str, ...]) -> None:
    """Without the secret that the key needs, or with one of another form, it ends with 2."""
    done = _key(capsys, path, *options)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert KEY[:38] not in done.err
    assert KEY.upper() not in done.err


def test_incomplete_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A document that lacks a part of the key ends with 2, and the part is named."""
    file = tmp_path / "a.json"
    file.write_text('{"kind": "invoice", "id": "SETP1"}', encoding="utf-8")
    done = _key(capsys, str(file), "--technical-key", KEY)
    assert (done.code, done.out) == (2, "")
    assert "issue_date" in done.err


@pytest.mark.parametrize(("path", "name", "secret"), [(INVOICE, "TECHNICAL_KEY", KEY), (NOTE, "PIN", PIN)])
@pytest.mark.parametrize("form", ["value", "file", "file with line ends"])
@pytest.mark.parametrize("where", ["environment", "option"])
def test_where_secrets_come_from(  # noqa: PLR0913, PLR0917 - the cases are a product
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    path: str,
    name: str,
    secret: str,
    form: str,
    where: str,
) -> None:
    """Environment and options take a secret or the name of its file."""
    file = tmp_path / "secret.txt"
    file.write_text(f"\n{secret} \r\n" if "line ends" in form else secret, encoding="utf-8")
    value = secret if form == "value" else f"@{file}"
    options: tuple[str, ...] = (f"--{name.lower().replace('_', '-')}", value)
    if where == "environment":
        monkeypatch.setenv(f"CUADRE_{name}", value)
        options = ()
    assert _key(capsys, path, *options).code == 0


def test_options_go_before_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an option says holds, also where it says nothing."""
    monkeypatch.setenv("CUADRE_PIN", "12345")
    assert _key(capsys, NOTE, "--pin", PIN).code == 0
    assert _key(capsys, NOTE, "--pin", "").code == 2
    assert _key(capsys, NOTE).code == 1


def test_file_of_the_secret(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file that is not there, a folder, or one that is no text, ends with 2."""
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\xff")
    for file in (tmp_path / "none", tmp_path, binary):
        done = _key(capsys, NOTE, "--pin", f"@{file}")
        assert (done.code, done.out) == (2, "")
        assert str(file) in done.err


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_picture(capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str) -> None:
    """The picture is segno's own of the QR text, with the key that was computed."""
    document = read(Path(INVOICE).read_bytes()).document
    assert document is not None
    assert document.uuid == document_key(document, Secrets(technical_key=KEY))
    picture, own = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    assert _key(capsys, INVOICE, "--technical-key", KEY, "--qr", str(picture)).code == 0
    segno.make(qr_text(document), error="m", micro=False).save(str(own), scale=4)
    assert picture.read_bytes() == own.read_bytes()


def test_picture_of_the_right_key(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A document that states a wrong key, or none, gets the picture of the right one."""
    wrong, right = tmp_path / "wrong.xml", tmp_path / "right.svg"
    wrong.write_bytes(_UUID.sub(b">" + b"0" * 96 + b"</cbc:UUID>", Path(INVOICE).read_bytes()))
    assert _key(capsys, INVOICE, "--technical-key", KEY, "--qr", str(right)).code == 0
    assert _key(capsys, str(wrong), "--technical-key", KEY, "--qr", str(tmp_path / "a.svg")).code == 1
    assert (tmp_path / "a.svg").read_bytes() == right.read_bytes()


@pytest.mark.parametrize("name", ["a.jpg", "a", "missing/a.svg"])
def test_picture_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    """Another ending, or a folder that is not there, ends with 2."""
    assert _key(capsys, INVOICE, "--technical-key", KEY, "--qr", str(tmp_path / name)).code == 2


UNREADABLE = [b"", b"<a", b"<a/>", b"{", json.dumps({"kind": "order"}).encode()]


@pytest.mark.parametrize("data", UNREADABLE)
def test_unreadable(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """What cannot be read ends with 2."""
    give(monkeypatch, data)
    done = _key(capsys, "-", "--technical-key", KEY)
    assert (done.code, done.out) == (2, "")


def test_answer_of_the_authority(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """An ApplicationResponse has no key that its figures give."""
    file = tmp_path / "answer.xml"
    uri = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    file.write_text(f'<ApplicationResponse xmlns:c="{uri}"><c:DocumentResponse/></ApplicationResponse>')
    assert _key(capsys, str(file), "--pin", PIN).code == 2


@pytest.mark.parametrize("path", [(), ("missing.xml",), (str(EXAMPLES),)])
def test_usage(capsys: pytest.CaptureFixture[str], path: tuple[str, ...]) -> None:
    """Without a file, or with one that cannot be opened, it ends with 2."""
    assert _key(capsys, *path, "--pin", PIN).code == 2
