"""Fill in the new rows of the tables of cases: ``python -m tests.rules.fill_cases``.

A new row has its code, kinds, base and change, and ``?`` as its path. The rest is taken from what the rules
say today, for all kinds alike; where they say nothing, it stays empty. Read each row that is printed, and
compare it with the text of the rule, before it is kept.
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from cuadre.checking import check

from .cases import SAID, TODAY, Case, cases, table
from .said import brief, follows, own, said

_HERE = Path(__file__).parent


def fill(name: str) -> list[str]:
    """Fill in a table, and say what was added."""
    rows, added = table(name), []
    for row in rows:
        if row["path"] != "?":
            continue
        mine = [case for case in cases() if case.pack == name.removesuffix("_cases") and _is_of(row, case)]
        told = [_told(case) for case in mine]
        if any(one != told[0] for one in told):
            added.append(f"{row['code']} {row['change']}: kinds differ, so give each its row: {told}")
        else:
            row.update(told[0])
            added.append(f"{row['code']}: {told[0]}")
    with (_HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return added


def _is_of(row: dict[str, str], case: Case) -> bool:
    mine = (case.base, case.change, case.code) == (
        row["base"],
        row["change"],
        row["code"].replace("?", case.kind.letter),
    )
    return mine and case.kind.letter in row["kinds"]


def _told(case: Case) -> dict[str, str]:
    findings = check(case.data, today=TODAY, ignore="XSD", secrets=case.secrets).findings
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
