"""Fill in the rows of the tables of cases that have no path yet: ``python -m tests.rules.fill_cases``.

A new row needs its code, kinds, base and change. The rest is taken from what the rules say today, for all
kinds alike. Read each row that is printed, and compare it with the text of the rule, before it is kept.
"""

import csv
import sys
from pathlib import Path

from cuadre.checking import check

from .cases import SAID, TODAY, Case, cases, table
from .said import follows, own, said

_HERE = Path(__file__).parent


def fill(name: str) -> list[str]:
    """Fill in a table, and say what was added."""
    rows, added = table(name), []
    for row in rows:
        if row["path"]:
            continue
        mine = [case for case in cases() if case.pack == name.removesuffix("_cases") and _is_of(row, case)]
        told = [_told(case) for case in mine]
        if any(one != told[0] for one in told):
            added.append(f"{row['code']} {row['change']}: kinds differ, so give each its row: {told}")
        elif told and told[0]["path"]:
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
    if [found.code for found in mine] not in ([], [case.code]):
        return {"path": f"NOT ONE: {[(found.code, found.place.path) for found in mine]}"}
    if not mine:
        return dict.fromkeys(SAID, "")
    following = "; ".join(follows(findings, mine[0])).replace(f"{case.kind.letter}A", "?A")
    return {**said(mine[0]), "follow": following}


if __name__ == "__main__":
    for file in sorted(_HERE.glob("*_cases.csv")):
        sys.stdout.writelines(f"{line}\n" for line in fill(file.stem))
