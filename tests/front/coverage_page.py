"""Write docs/coverage.md from the catalogue, after the rows that a pack has made needless are taken out."""

import csv
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from cuadre.catalogue.coverage import counted, coverage_tables, found_values
from cuadre.catalogue.entries import HERE, packages
from cuadre.catalogue.titles import decided_meaning
from cuadre.engine.tables import load_table
from cuadre.rule_packs import all_rules

from .running import ROOT

PAGE = ROOT / "docs" / "coverage.md"
COMMAND = "python -m tests.front.coverage_page"
_PAGE = """# Coverage

This page is written by `{command}`, and a test compares it with the tables of the rules.

cuadre knows {codes} codes of DIAN. It checks {here} of them. The others are listed with the reason:

{meanings}

`cuadre rules --all` lists every code with its reason, and `cuadre rule CODE` says what a person does about
one. The same counts come from `cuadre rules --coverage`, and as data with `--format json`.

A code is counted once for each kind of document. Where no source shows how severe a code is, it is listed as
`notify`.

## By group

{groups}

## By kind of document

{kinds}
"""


def page() -> str:
    """Write the page."""
    found = counted()
    groups, kinds = map(_markdown, coverage_tables("en"))
    return _PAGE.format(
        command=COMMAND,
        codes=len(found),
        here=sum(one.decided == HERE for one in found),
        meanings=_markdown([["decided", "meaning"], *_meanings()], figures=False),
        groups=groups,
        kinds=kinds,
    )


def _meanings() -> Iterator[list[str]]:
    for value in found_values():
        yield [f"`{value}`", decided_meaning(value, "en")]


def _markdown(table: list[list[str]], *, figures: bool = True) -> str:
    rule = ["---", *["---:" if figures else "---"] * (len(table[0]) - 1)]
    return "\n".join([f"| {' | '.join(row)} |" for row in (table[0], rule, *table[1:])])


def stale_rows(package: str) -> list[tuple[str, str]]:
    """List the codes and kinds of a catalogue that a pack decides."""
    decided = {(rule.code, rule.kind) for rule in all_rules()}
    codes = {code for code, _ in decided}
    rows = load_table(package, "catalogue", ("code", "kind"))
    pairs = [(row["code"], row["kind"]) for row in rows]
    return [pair for pair in pairs if pair in decided or (pair[1] == "any" and pair[0] in codes)]


def stale_texts(package: str) -> list[str]:
    """List the codes and rules that have texts in ``catalogue_texts.csv`` and no row that uses them."""
    stale = set(stale_rows(package))
    rows = [
        row
        for row in load_table(package, "catalogue", ("code", "kind"))
        if (row["code"], row["kind"]) not in stale
    ]
    used = {row["code"] for row in rows} | {row["rule"] for row in rows}
    return [row["of"] for row in load_table(package, "catalogue_texts", ("of",)) if row["of"] not in used]


def _drop(file: Path, columns: Sequence[str], dropped: Collection[tuple[str, ...]]) -> None:
    """Write a table anew without some rows, which are named by the cells in ``columns``."""
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        rows = [row for row in reader if tuple([row[column] for column in columns]) not in dropped]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, reader.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    for package, _ in packages():
        folder = ROOT.joinpath(*package.split(".")[1:])
        texts = [(name,) for name in stale_texts(package)]
        _drop(folder / "catalogue.csv", ("code", "kind"), stale_rows(package))
        _drop(folder / "catalogue_texts.csv", ("of",), texts)
    PAGE.write_text(page(), encoding="utf-8")
