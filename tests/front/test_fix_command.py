"""``cuadre check --fix`` and ``--diff``: files, what is said, and what a crash leaves."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cuadre.fixing import replacement

from .running import EXAMPLES, TODAY, give, run

_BROKEN = (EXAMPLES / "broken.xml").read_bytes()
_FIXED_BROKEN = _BROKEN.replace(b">584900.25</cbc:TaxExcl", b">429900.25</cbc:TaxExcl").replace(
    b">604838.06</cbc:Pay", b">584838.06</cbc:Pay"
)


def test_minified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document in one line is fixed, and --diff shows its figures one by one."""
    file = tmp_path / "one.xml"
    data = re.sub(rb">\s+<", b"><", _BROKEN)
    file.write_bytes(data)
    shown = run(capsys, "check", str(file), "--diff", *TODAY)
    assert (shown.code, file.read_bytes()) == (1, data)
    assert shown.out.splitlines()[2:5] == [
        "@@ /Invoice/cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount @@",
        "-584900.25",
        "+429900.25",
    ]
    assert run(capsys, "check", str(file), "--fix", *TODAY).code == 0
    assert file.read_bytes() == re.sub(rb">\s+<", b"><", _FIXED_BROKEN)


def test_signed_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A signed document stays as it is, and the words say that it must be signed anew."""
    signature = b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'
    first = _BROKEN.index(b"</ext:UBLExtensions>")
    extension = b"<ext:UBLExtension><ext:ExtensionContent>%s</ext:ExtensionContent></ext:UBLExtension>"
    data = _BROKEN[:first] + extension % signature + _BROKEN[first:]
    file = tmp_path / "signed.xml"
    file.write_bytes(data)
    done = run(capsys, "check", str(file), "--fix", *TODAY, "--ignore", "XSD")
    assert (done.code, file.read_bytes()) == (1, data)
    assert "sign it anew" in done.out
    assert "firm" in run(capsys, "check", str(file), "--fix", "--lang", "es", *TODAY).out


def test_file_keeps_mode_and_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The permissions stay, a link still leads to the file, and nothing else is left in the folder."""
    file, link = tmp_path / "real.xml", tmp_path / "link.xml"
    file.write_bytes(_BROKEN)
    file.chmod(0o640)
    link.symlink_to(file)
    assert run(capsys, "check", str(link), "--fix", *TODAY).code == 0
    assert file.read_bytes() == _FIXED_BROKEN
    assert (file.stat().st_mode & 0o777, link.is_symlink()) == (0o640, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.xml", "real.xml"]


_KILLED = """
import os, sys
from cuadre.fixing.replacement import replace_file
os.fsync = lambda handle: os._exit(9)
replace_file(sys.argv[1], b"old", b"new" * 100_000)
"""


def test_crash_leaves_the_old_file(tmp_path: Path) -> None:
    """A process that dies while it writes leaves the old file, whole."""
    file = tmp_path / "a.xml"
    file.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", _KILLED, str(file)], check=False)
    assert (done.returncode, file.read_bytes()) == (9, b"old")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_fault_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """A write that fails leaves the old file, and no temporary one."""
    file = tmp_path / "a.xml"
    file.write_bytes(b"old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(type(error)):
        replacement.replace_file(str(file), b"old", b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.xml", b"old")]


def test_file_changed_meanwhile(tmp_path: Path) -> None:
    """A file that another program wrote is not overwritten."""
    file = tmp_path / "a.xml"
    file.write_bytes(b"other")
    with pytest.raises(replacement.ChangedFileError):
        replacement.replace_file(str(file), b"old", b"new")
    assert file.read_bytes() == b"other"


def test_report_has_stdout_to_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json the report is JSON, of the fixed document, and what was fixed is on stderr."""
    file = tmp_path / "a.xml"
    file.write_bytes(_BROKEN)
    done = run(capsys, "check", str(file), "--fix", "--format", "json", *TODAY)
    assert json.loads(done.out)["documents"][0]["verdict"] == "accepted_with_observations"
    assert "584900.25 → 429900.25" in done.err


def test_options_that_do_not_go_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--unsafe-fixes alone, --fix with --diff, and --fix for standard input are refused."""
    example = str(EXAMPLES / "broken.xml")
    assert run(capsys, "check", example, "--unsafe-fixes").code == 2
    assert run(capsys, "check", example, "--fix", "--diff").code == 2
    give(monkeypatch, _BROKEN)
    done = run(capsys, "check", "-", "--fix")
    assert (done.code, "standard input" in done.err) == (2, True)


def test_diff_of_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """--diff takes standard input; it says 0 where nothing would change, and 2 for what cannot be read."""
    give(monkeypatch, _BROKEN)
    done = run(capsys, "check", "-", "--diff", *TODAY)
    assert (done.code, "+    <cbc:PayableAmount" in done.out) == (1, True)
    give(monkeypatch, _FIXED_BROKEN)
    assert run(capsys, "check", "-", "--diff", *TODAY)[:2] == (0, "")
    give(monkeypatch, b"<Invoice")
    assert run(capsys, "check", "-", "--diff", *TODAY).code == 2


def test_file_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be written is named, keeps its bytes, is judged as it is, and the exit code is 2."""
    file = tmp_path / "a.xml"
    file.write_bytes(_BROKEN)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    done = run(capsys, "check", str(file), "--fix", *TODAY)
    assert (done.code, file.read_bytes()) == (2, _BROKEN)
    assert f"{file}: not written: No space left on device" in done.out
    assert "FAU14" in done.codes
