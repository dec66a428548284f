"""Write somebody else's distribution into a folder, as pip would, and run cuadre beside it."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]


def install(folder: Path, name: str, entry_points: str, files: dict[str, str]) -> None:
    """Write the modules and tables of a distribution, and the metadata that names its entry points."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(dedent(entry_points))
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run cuadre in a process of its own that finds the distributions of ``folder``."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "LANG": "C.UTF-8"}
    command = [sys.executable, "-c", "import sys; from cuadre.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
