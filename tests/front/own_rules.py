"""A folder with rules of a company, as a test writes it, whole or with one thing wrong."""

from collections.abc import Mapping
from pathlib import Path

from .running import EXAMPLES

_EXAMPLE = EXAMPLES / "acme_rules"


def write_folder(folder: Path, changes: Mapping[str, str | None] | None = None, code: str = "ACME") -> Path:
    """Write the pack of the examples, its codes and its sentence named after ``code``.

    ``changes`` has other contents for some files; None leaves a file out.
    """
    folder.mkdir(parents=True)
    files: dict[str, str | None] = {
        file.name: file.read_text(encoding="utf-8").replace("ACME", code).replace("no_campaign", f"no_{code}")
        for file in sorted(_EXAMPLE.iterdir())
        if file.is_file()
    }
    for name, text in (files | dict(changes or {})).items():
        if text is not None:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder
