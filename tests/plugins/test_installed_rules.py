"""The pack of docs/writing-rules.md, which is in examples/, can be installed too, and judges."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from .distribution import ROOT, install, run

_INVOICE = "examples/invoice.xml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Install the folder of the examples, by the entry point of the guide."""
    guide = (ROOT / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    ((_, block),) = re.findall(r"^```(toml)\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    groups = tomllib.loads(block)["project"]["entry-points"]
    points = [
        f"[{group}]\n" + "\n".join([f"{name} = {value}" for name, value in some.items()])
        for group, some in groups.items()
    ]
    example = ROOT / "examples" / "acme_rules"
    files = {
        f"acme_rules/{file.name}": file.read_text("utf-8") for file in example.iterdir() if file.is_file()
    }
    install(tmp_path, "acme", "\n".join(points), files)
    return tmp_path


def test_its_rules_judge(folder: Path) -> None:
    """The row and the function both find what the example lacks, with the sentences of the guide."""
    done = run(folder, "check", _INVOICE, "--select", "ACME", "--format", "json")
    (document,) = json.loads(done.stdout)["documents"]
    found = [(one["code"], one["severity"], one["message"]) for one in document["findings"]]
    assert sorted(found) == [
        ("ACME01", "notify", "DueDate is missing"),
        ("ACME02", "reject", "Note names no campaign, such as CAMP-7"),
    ]


def test_it_is_for_colombia_alone(folder: Path) -> None:
    """A document of Ecuador is not judged by it."""
    done = run(
        folder, "check", "examples/payloads/ecuafact-invoice.json", "--select", "ACME", "--format", "json"
    )
    (document,) = json.loads(done.stdout)["documents"]
    assert document["findings"] == []


def test_its_page_says_what_must_hold(folder: Path) -> None:
    """``cuadre rule`` prints title, condition and source in both languages."""
    page = run(folder, "rule", "ACME02", "--lang", "es").stdout
    assert page.startswith("# ACME02: Una nota nombra la campaña\n")
    assert "Note = CAMP-…" in page
    assert "the sales handbook [house]" in page
