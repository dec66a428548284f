"""A check is safe between threads: each gets the report that it would get alone."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import cuadre

from .running import EXAMPLES, ROOT

_FILES = sorted([*EXAMPLES.glob("*.xml"), *(EXAMPLES / "payloads").glob("*.json")])
_COLD = """
import sys
from concurrent.futures import ThreadPoolExecutor
import cuadre
sys.setswitchinterval(1e-6)
with ThreadPoolExecutor(8) as pool:
    reports = list(pool.map(cuadre.check, sys.argv[1:]))
print(*[report.verdict for report in reports])
"""


def test_many_threads() -> None:
    """Forty checks in eight threads give the reports, and the sentences, of one after the other."""
    files = _FILES * 4
    alone = [cuadre.check(file) for file in files]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(cuadre.check, files))
            sentences = list(pool.map(cuadre.Report.to_json, together, ["es"] * len(files)))
    finally:
        sys.setswitchinterval(before)
    assert together == alone
    assert sentences == [report.to_json("es") for report in alone]


def test_first_checks_of_a_process() -> None:
    """Eight threads that are the first to load rules, schemas and providers get the same verdicts."""
    files = [str(file) for file in _FILES]
    done = subprocess.run(
        [sys.executable, "-c", _COLD, *files], capture_output=True, text=True, check=True, cwd=ROOT / "tests"
    )
    assert done.stdout.split() == [cuadre.check(file).verdict for file in files]
