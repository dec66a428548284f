"""The command line as a process: pipes, streams that are closed or full, and names that are not text."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .running import BROKEN, EXAMPLES, INVOICE, TODAY

_RUN = "import sys; from cuadre.cli import main; sys.exit(main())"
_FULL = Path("/dev/full")


def _command(*argv: str) -> list[str]:
    return [sys.executable, "-c", _RUN, *argv]


def _run(*argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, **environment}
    done = subprocess.run(_command(*argv), capture_output=True, check=False, env=environ)
    assert b"Traceback" not in done.stderr
    return done


def test_exit_codes() -> None:
    """The process leaves with the code of the run."""
    found = [_run("check", name, *TODAY).returncode for name in (INVOICE, BROKEN, "no.xml")]
    assert found == [0, 1, 2]


def test_script() -> None:
    """The script that is installed runs the same command line."""
    script = shutil.which("cuadre", path=str(Path(sys.executable).parent))
    assert script is not None
    done = subprocess.run([script, "--version"], capture_output=True, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [b"cuadre", b"0.1.0"], b"")


def test_standard_input() -> None:
    """A document can be piped in."""
    with Path(BROKEN).open("rb") as file:
        done = subprocess.run(_command("check", "-", *TODAY), stdin=file, capture_output=True, check=False)
    assert (done.returncode, b"-:225 FAU14" in done.stdout, done.stderr) == (1, True, b"")


@pytest.mark.parametrize(
    "argv", [("check", str(EXAMPLES)), ("rules",), ("--version",), (), ("check", "--help")]
)
def test_broken_pipe(argv: tuple[str, ...]) -> None:
    """A reader that leaves early sees no traceback."""
    with subprocess.Popen(_command(*argv), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Error" not in process.stderr.read()


@pytest.mark.skipif(not _FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("argv", [("check", INVOICE), ("rules",), ("--version",)])
def test_full_disk(argv: tuple[str, ...]) -> None:
    """Output that cannot be written is exit code 2."""
    with _FULL.open("wb") as full:
        done = subprocess.run(_command(*argv), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_narrow_terminal(encoding: str, form: str) -> None:
    """A terminal that lacks a character gets another one, and the exit code is that of the check."""
    done = _run("check", BROKEN, *TODAY, "--format", form, PYTHONIOENCODING=encoding)
    assert (done.returncode, b"FAU14" in done.stdout) == (1, True)
    if form == "json":
        assert json.loads(done.stdout.decode(encoding))["documents"][0]["verdict"] == "rejected"


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_name_that_is_not_text(tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is checked like any other."""
    name = os.fsencode(tmp_path) + b"/a\xff.xml"
    Path(os.fsdecode(name)).write_bytes(Path(BROKEN).read_bytes())
    for form in ("text", "json"):
        done = _run("check", str(tmp_path), *TODAY, "--format", form, PYTHONIOENCODING="utf-8:strict")
        assert done.returncode == 1


def test_closed_standard_input() -> None:
    """A hyphen without a standard input is exit code 2."""
    close = f"import os; os.close(0); os.execv({sys.executable!r}, {_command('check', '-')!r})"
    done = subprocess.run([sys.executable, "-c", close], capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
