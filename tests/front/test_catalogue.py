"""The whole catalogue: its tables, the options that print it, and the pages of codes that are not judged."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cuadre.catalogue.coverage import found_values
from cuadre.catalogue.entries import HERE, entries, listed, packages
from cuadre.catalogue.titles import decided_values
from cuadre.engine.sentences import load_sentences
from cuadre.engine.tables import load_table
from cuadre.rule_folders import load_rules
from cuadre.rule_packs import all_rules
from cuadre.selection import OWN_CODES

from .coverage_page import COMMAND, PAGE, page, stale_rows, stale_texts
from .own_rules import write_folder
from .running import INVOICE, ROOT, run

Capture = pytest.CaptureFixture[str]
_PACKAGE = "cuadre.catalogue"
_ROWS = [row for package, _ in packages() for row in listed(package)]


def test_no_row_is_stale() -> None:
    """A code that a pack decides has no row, and each text belongs to a row."""
    stale = [found for package, _ in packages() for found in (stale_rows(package), stale_texts(package))]
    assert stale == [[], []], f"run {COMMAND}"


def test_cells_are_known() -> None:
    """Each cell that chooses something has one of the values that there are."""
    assert {row["severity"] for row in _ROWS} == {"reject", "notify"}
    assert {row["decided"] for row in _ROWS} <= {*decided_values()} - {HERE}
    assert {row["judged_as"] for row in _ROWS} <= {"", *OWN_CODES, *[rule.code for rule in all_rules()]}
    assert {row["asks"] for row in _ROWS} <= {row["asks"] for row in load_table(_PACKAGE, "asks", ("asks",))}
    kinds = load_sentences("cuadre", "messages")
    assert [row["code"] for row in _ROWS if f"kind.{row['kind']}" not in kinds] == []
    names = {row["group"] for row in load_table(_PACKAGE, "groups", ("group",))}
    judged = {rule.group for rule in all_rules() if rule.pack == "co"}
    assert {row["group"] for row in _ROWS} | judged <= names, "groups.csv has no row for a group"
    assert [row["code"] for row in _ROWS if not row["element"] or not row["source"]] == []


def test_each_code_is_decided_once() -> None:
    """A code is there once for each kind of document, with one answer to who decides it."""
    pairs = Counter((entry.code, entry.kind) for entry in entries())
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert {(rule.code, rule.kind) for rule in all_rules()} <= pairs.keys()
    assert {entry.decided for entry in entries()} <= {*decided_values()}


def test_both_languages() -> None:
    """Every title and every advice is there in both languages, and is not the same in both."""
    for entry in entries():
        assert entry.title["en"] != entry.title["es"] != "", entry.code
        assert bool(entry.advice["en"]) == bool(entry.advice["es"]), entry.code
    tables = [(package, "catalogue_texts", "of") for package, _ in packages()]
    tables += [(_PACKAGE, name, name.removesuffix("s")) for name in ("decided", "groups")]
    for package, name, key in [*tables, (_PACKAGE, "asks", "asks")]:
        rows = load_table(package, name, (key,))
        assert [row[key] for row in rows if not all(row.values())] == []


def test_page_of_coverage() -> None:
    """docs/coverage.md is what the tables give."""
    assert PAGE.read_text(encoding="utf-8") == page(), f"run {COMMAND}"


def test_all_as_data(capsys: Capture) -> None:
    """``--all --format json`` has every code with its seven facts."""
    found = json.loads(run(capsys, "rules", "--all", "--format", "json").out)
    assert len(found) == len(entries())
    assert {tuple(one) for one in found} == {
        ("code", "rule", "kind", "severity", "decided", "source", "title")
    }
    decided = {one["code"]: one["decided"] for one in found}
    expected = {"FAU14": HERE, "90": "dian", "ZB01": HERE, "FBH04": "earlier document", "RUT01": "register"}
    assert {code: decided[code] for code in expected} == expected


def test_rules_as_data(capsys: Capture) -> None:
    """Without ``--all`` the data are of the rules that are decided here, and of those chosen."""
    every = json.loads(run(capsys, "rules", "--format", "json").out)
    assert [(one["code"], one["kind"]) for one in every] == [(rule.code, rule.kind) for rule in all_rules()]
    fixable = json.loads(run(capsys, "rules", "--fixable", "--format", "json", "--select", "FAU").out)
    assert [one["code"] for one in fixable] == [
        rule.code for rule in all_rules() if rule.fix and rule.code.startswith("FAU")
    ]


def test_all_as_text(capsys: Capture) -> None:
    """The list says who decides each code, and the last line counts."""
    done = run(capsys, "rules", "--all", "--select", "FAJ4", "--lang", "es")
    lines = done.out.splitlines()
    expected = ["FAJ43b", "notificación", "factura", "registro"]
    assert done.code == 0
    assert next(line.split() for line in lines if line.startswith("FAJ43b"))[:4] == expected
    assert lines[-1].startswith(f"{len(lines) - 2} códigos: ")
    assert run(capsys, "rules", "--all", "--select", "QQ").code == 2


def test_coverage(capsys: Capture) -> None:
    """``--coverage`` counts each code of the packs that have a catalogue once, as text and as data."""
    counted = Counter(entry.decided for entry in entries() if entry.pack == "co")
    rows = json.loads(run(capsys, "rules", "--coverage", "--format", "json").out)
    found: Counter[str] = Counter()
    for row in rows:
        found[row["decided"]] += row["codes"]
    assert found == counted
    lines = run(capsys, "rules", "--coverage").out.splitlines()
    sums = [line.split()[1:] for line in lines if line.startswith("together")]
    assert sums == [[str(counted[value]) for value in found_values()]] * 2


@pytest.mark.parametrize("name", ["90", "89", "92", "rut01", "ZE02", "faj43B", "FBH04"])
@pytest.mark.parametrize(
    ("language", "titles"),
    [("en", ("Who decides it", "What to do", "Codes")), ("es", ("Quién lo decide", "Qué hacer", "Códigos"))],
)
def test_page_of_a_code(capsys: Capture, name: str, language: str, titles: tuple[str, ...]) -> None:
    """A code that is not judged has a page that says who decides it and what to do."""
    done = run(capsys, "rule", name, "--lang", language)
    heading, *sections = done.out.split("\n\n")
    assert (done.code, heading.lower().startswith(f"# {name.lower()}: ")) == (0, True)
    assert [part[3:] for part in sections if part.startswith("## ")] == list(titles)


def test_page_of_a_code_with_another_name(capsys: Capture) -> None:
    """ZB01 is what the schema layer finds as XSD: both have one page, which says so."""
    of_dian, ours = [run(capsys, "rule", name, "--lang", "en").out for name in ("ZB01", "XSD")]
    assert "cuadre checks it and gives it the code XSD." in of_dian == ours


def test_pages_of_one_rule(capsys: Capture) -> None:
    """The page of a code that is not judged has the codes of other kinds too, also those that are."""
    rules = {rule.rule: rule for rule in all_rules()}
    both = [entry for entry in entries() if entry.rule in rules and entry.decided != HERE]
    for entry in both[:5]:
        out = run(capsys, "rule", entry.code, "--lang", "en").out
        assert out.index(f"- **{entry.code}**") < out.index(f"- **{rules[entry.rule].code}**")
    assert (
        "- **NSAJ43b** (support document adjustment), " in run(capsys, "rule", "FAJ43b", "--lang", "en").out
    )


@pytest.mark.parametrize(("given", "near"), [("FAJ433b", "FAJ43b"), ("RUT02", "RUT01"), ("ZE2", "ZE02")])
def test_nearest_codes(capsys: Capture, given: str, near: str) -> None:
    """A code that is unknown is compared with the whole catalogue."""
    done = run(capsys, "rule", given)
    assert (done.code, near in done.err) == (2, True)


def test_folder_that_decides_a_code(tmp_path: Path) -> None:
    """A pack of a folder that has a code of the catalogue decides it, and the row is passed over."""
    codes = (ROOT / "examples" / "acme_rules" / "codes.csv").read_text(encoding="utf-8")
    load_rules(write_folder(tmp_path / "own", {"codes.csv": codes.replace("ACME01", "RUT01", 1)}))
    assert [entry.decided for entry in entries() if entry.code == "RUT01"] == [HERE]


def test_a_check_loads_none_of_it() -> None:
    """Neither a check nor the plain list of rules loads the catalogue."""
    code = (
        "import sys; from cuadre.cli import main; main(sys.argv[1:3]); main(['rules'])\n"
        "assert not [name for name in sys.modules if name.startswith('cuadre.catalogue')]"
    )
    done = subprocess.run([sys.executable, "-c", code, "check", INVOICE], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
