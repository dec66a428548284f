"""``pytest --cuadre`` over many documents, beside ``cuadre check`` over them and pytest's own cost."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import invoice
from benchmarks.ratios import interleave
from benchmarks.stages import TODAY

_CUADRE = str(Path(sys.executable).with_name("cuadre"))
_PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null"]
_LINES = 10
CHECK = "cuadre check"
EMPTY = "pytest, as many empty tests"
PLUGIN = "pytest --cuadre"


def plugin_times(documents: int, rounds: int) -> dict[str, list[float]]:
    """Time the three over the same number of documents or tests, in processes of their own."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        invoices, tests = root / "invoices", root / "tests"
        invoices.mkdir()
        tests.mkdir()
        content = invoice(_LINES)
        for number in range(documents):
            (invoices / f"{number}.xml").write_bytes(content)
        (tests / "test_nothing.py").write_text(_nothing(documents), encoding="utf-8")
        works = {name: _runner(command) for name, command in _commands(invoices, tests).items()}
        return interleave(works, rounds, {})


def _nothing(count: int) -> str:
    return (
        f"import pytest\n\n@pytest.mark.parametrize('number', range({count}))\n"
        "def test_nothing(number):\n    pass\n"
    )


def _commands(invoices: Path, tests: Path) -> Mapping[str, list[str]]:
    today = TODAY.isoformat()
    return {
        CHECK: [_CUADRE, "check", str(invoices), "--today", today, "--no-config"],
        EMPTY: [*_PYTEST, "--rootdir", str(tests), str(tests)],
        PLUGIN: [
            *_PYTEST,
            "--rootdir",
            str(invoices),
            "--cuadre",
            "--cuadre-today",
            today,
            str(invoices),
        ],
    }


def _runner(command: list[str]) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)
