"""Run the cases against a changed copy of the tree, each time in a new process that has libraries loaded."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .told import Told

_FOLDERS = ("cuadre", "engine", "rules", "senders", "ubl", "tests", "examples", "pyproject.toml")
_ROOT = str(Path(__file__).parents[2])
_SECONDS = 60
"""How long a mutant may take; one that hangs is caught."""


def copy_tree(root: Path, folder: Path) -> Path:
    """Copy what the rules and their tests need."""
    for name in _FOLDERS:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


class Runner:
    """A copy of the tree, and what each document of the cases is told before anything is changed."""

    def __init__(self, copy: Path) -> None:
        import lxml.etree  # noqa: F401, PLC0415 - before the fork
        import pydantic  # noqa: F401, PLC0415 - as above

        self._copy = copy
        # What a child sends back is of tests.rules, which this process need not have on its path.
        if _ROOT not in sys.path:
            sys.path.append(_ROOT)
        subprocess.run([sys.executable, "-m", "compileall", "-q", copy], check=True)
        self._documents: list[Told]
        self._told: list[object]
        self._documents, self._told = cast("tuple[list[Told], list[object]]", _in_child(copy, _baseline))
        self._order = list(range(len(self._documents)))

    def catches(self, file: str, source: str, tests: Sequence[str] = ()) -> bool:
        """Tell whether a case, or else one of the tests, fails with ``source`` as the file's text."""
        path = self._copy / file
        original = path.read_bytes()
        try:
            path.write_text(source, encoding="utf-8")
            for stale in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
                stale.unlink()
            first = _in_child(self._copy, self._first_difference)
            if isinstance(first, int):
                # What caught the last one often catches the next, which is near it.
                self._order.remove(first)
                self._order.insert(0, first)
            return first is not None or bool(tests and self._fail(tests))
        finally:
            path.write_bytes(original)

    def _first_difference(self) -> int | None:
        from tests.rules.told import tell  # noqa: PLC0415 - in the child, from the copy

        return next((n for n in self._order if tell(self._documents[n]) != self._told[n]), None)

    def _fail(self, tests: Sequence[str]) -> bool:
        files = [str(self._copy / "tests" / name) for name in tests]
        command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:xdist", *files]
        given = {**os.environ, "PYTHONPATH": str(self._copy)}
        done = subprocess.run(command, cwd=self._copy, env=given, capture_output=True, check=False)
        return done.returncode != 0


def _baseline() -> tuple[list["Told"], list[object]]:
    from tests.rules.told import documents, tell  # noqa: PLC0415 - in the child, from the copy

    found = documents()
    return found, [tell(one) for one in found]


def _in_child(copy: Path, function: Callable[[], object]) -> object:
    """Run a function in a fork that loads cuadre and the tests from the copy; "failed" where it raises."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(_SECONDS)
        with os.fdopen(writing, "wb") as file:
            file.write(_result(copy, function))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        data = file.read()
    os.waitpid(child, 0)
    return pickle.loads(data) if data else "failed"  # noqa: S301 - written by the child


def _result(copy: Path, function: Callable[[], object]) -> bytes:
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] in {"cuadre", "tests"}]:
        del sys.modules[name]
    sys.path.insert(0, str(copy))
    os.chdir(copy)
    try:
        return pickle.dumps(function())
    except BaseException:  # noqa: BLE001 - whatever a mutant raises, it is caught
        return b""
