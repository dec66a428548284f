"""Cold starts: a new process each time, files in the system's cache, beside ``python -c pass``."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_CUADRE = str(Path(sys.executable).with_name("cuadre"))

NOTHING = "python -c pass"
IMPORT = 'python -c "import cuadre.engine.rounding"'
CHECK = "cuadre check examples/invoice.xml --ignore XSD"
FULL_CHECK = "cuadre check examples/invoice.xml"
COMMANDS: dict[str, list[str]] = {
    NOTHING: [sys.executable, "-c", "pass"],
    IMPORT: [sys.executable, "-c", "import cuadre.engine.rounding"],
    CHECK: [_CUADRE, "check", "examples/invoice.xml", "--today", "2026-11-21", "--ignore", "XSD"],
    FULL_CHECK: [_CUADRE, "check", "examples/invoice.xml", "--today", "2026-11-21"],
}


def starter(name: str) -> Callable[[], object]:
    """Return a work that runs a command to its end; it raises CalledProcessError where that fails."""
    return lambda: subprocess.run(COMMANDS[name], cwd=_ROOT, check=True, capture_output=True)
