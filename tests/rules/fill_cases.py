"""Fill in the new rows of the tables of cases: ``python -m tests.rules.fill_cases``.

A new row has its code, kinds, base and change, and ``?`` as its path. The rest is taken from what the rules
say today, in several rows where they say something else of another kind; where they say nothing, it stays
empty. Read each row that is printed, and compare it with the text of the rule, before it is kept.
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from cuadre.checking import check

from .cases import SAID, Case, read_row, table
from .said import brief, follows, own, said

_HERE = Path(__file__).parent


def fill(name: str) -> list[str]:
    """Fill in a table, and say what was added."""
    rows, added = [], []
    for row in table(name):
        if row["path"] != "?":
            rows.append(row)
            continue
        for kinds, told in told_of(row, name.removesuffix("_cases")):
            rows.append({**row, "kinds": kinds, **told})
            added.append(f"{row['code']} {kinds}: {told}")
    with (_HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return added


def told_of(row: dict[str, str], pack: str) -> list[tuple[str, dict[str, str]]]:
    """Return what is told of a row; kinds of which the same is told but for the severity are together."""
    found: list[tuple[list[Case], list[dict[str, str]]]] = []
    for case in read_row(pack, row):
        told = _told(case)
        if found and {**found[-1][1][-1], "severity": ""} == {**told, "severity": ""}:
            found[-1][0].append(case)
            found[-1][1].append(told)
        else:
            found.append(([case], [told]))
    return [("".join([case.kind.letter for case in mine]), _joined(told)) for mine, told in found]


def _joined(told: list[dict[str, str]]) -> dict[str, str]:
    severities = [one["severity"] for one in told]
    alike = len(set(severities)) == 1
    return {**told[0], "severity": severities[0] if alike else " ".join(severities)}


def _told(case: Case) -> dict[str, str]:
    findings = check(case.data, **case.choices).findings
    mine = own(findings)
    main = next((found for found in mine if found.code == case.code), None)
    names = {
        found.code: found.code.replace(case.kind.letter + found.rule, f"?{found.rule}") for found in findings
    }

    def cell(briefs: Iterable[str]) -> str:
        split = [one.partition(" ") for one in briefs]
        return "; ".join([f"{names[code]} {rest}" for code, _, rest in split])

    return {
        **(said(main) if main else dict.fromkeys(SAID, "")),
        "follow": cell(one for found in mine for one in follows(findings, found)),
        "besides": cell(brief(found) for found in mine if found is not main),
    }


if __name__ == "__main__":
    for file in sorted(_HERE.glob("*_cases.csv")):
        sys.stdout.writelines(f"{line}\n" for line in fill(file.stem))
