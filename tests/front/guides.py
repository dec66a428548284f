"""What the documents have in their blocks: files to write, and commands with the output that they show."""

import re
from pathlib import Path

from .running import ROOT

README, LEAME = ROOT / "README.md", ROOT / "README.es.md"
DOCUMENTS = sorted(
    [README, LEAME, ROOT / "CONTRIBUTING.md", ROOT / "examples" / "README.md", *(ROOT / "docs").glob("*.md")]
)
RULES_GUIDE = ROOT / "docs" / "writing-rules.md"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(
    r"(?<=\n\n)`([\w/]+\.\w+)`(?:[^\n]|\n(?!\n))*:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE
)


def blocks(document: Path) -> list[tuple[str, str]]:
    """List the blocks of code, each with the language that it names."""
    return _BLOCK.findall(document.read_text(encoding="utf-8"))


def commands(document: Path, *programs: str) -> list[tuple[str, str]]:
    """List the commands of a document's console blocks that start so, each with the output that it shows."""
    found = []
    for language, block in blocks(document):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:] if language == "console" else ():
            command, _, output = part.partition("\n")
            if command.startswith(programs):
                found.append((command, output))
    return found


def files(document: Path) -> dict[str, str]:
    """Return the files of a document: each is a block after a paragraph that begins with the file's name."""
    return dict(_FILE.findall(document.read_text(encoding="utf-8")))
