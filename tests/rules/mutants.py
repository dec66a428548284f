"""Change the rules in one place at a time, and list the changes that no case catches.

``python -m tests.rules.mutants`` takes half an hour; ``GLOB …`` limits it to some files, such as
``rules/ec/*.py``, ``--sample N`` to some mutants, and ``--tests`` asks other tests of the rules and of the
engine about those that no case catches. A copy of the tree is changed, never the tree. Mutants of which
equivalent_mutants.csv says why nothing can catch them are left out.
"""

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .mutant_runner import Runner, copy_tree
from .mutations import Mutant, mutants
from .table_mutations import table_mutants

ROOT = Path(__file__).parents[2]
DEFAULT = (
    "rules/*/*.py",
    "rules/*/codes.csv",
    "rules/*/checks.csv",
    "rules/*/tables/rates.csv",
    "engine/regimes/*/formulas.py",
    "engine/regimes/*/tolerances.py",
    "engine/regimes/*/taxes.py",
    "engine/regimes/*/iva_rates.csv",
)
_EQUIVALENT = Path(__file__).parent / "equivalent_mutants.csv"
_TESTS = (
    "rules/test_causes.py",
    "rules/test_ec.py",
    "rules/test_notes.py",
    "engine",
)
"""Those that are asked about a mutant that no case catches."""


class Change(NamedTuple):
    """A mutant of a file."""

    file: str
    mutant: Mutant

    def __str__(self) -> str:
        return f"{self.file}:{self.mutant.line}: {self.mutant.what}"


def changes(patterns: Sequence[str]) -> Iterator[Change]:
    """List the mutants of the files that match."""
    keys = _message_keys()
    for file in sorted({file for pattern in patterns for file in ROOT.glob(pattern)}):
        name, text = str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")
        made = table_mutants(text) if file.suffix == ".csv" else mutants(text, keys)
        yield from (Change(name, mutant) for mutant in made)


def _message_keys() -> frozenset[str]:
    """Collect the keys of every catalogue of sentences."""
    found = set()
    for file in [ROOT / "engine" / "sentences.csv", *ROOT.glob("rules/*/messages.csv")]:
        with file.open(encoding="utf-8", newline="") as rows:
            found |= {row["key"] for row in csv.DictReader(rows)}
    return frozenset(found)


def survivors(chosen: Sequence[Change], *, tests: bool = False) -> Iterator[Change]:
    """Find the changes that no case catches, and where ``tests`` is true no test of the rules either."""
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(copy_tree(ROOT, Path(folder)))
        for one in chosen:
            if not runner.catches(one.file, one.mutant.source, _TESTS if tests else ()):
                yield one


def equivalent() -> Callable[[Change], bool]:
    """Read which mutants nothing can catch: the file, and how what is changed is shown, or a part of it."""
    with _EQUIVALENT.open(encoding="utf-8", newline="") as file:
        rows = [(row["file"], row["change"]) for row in csv.DictReader(file)]
    return lambda one: any(one.file == file and part in one.mutant.what for file, part in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each survivor when it is found, then how many mutants there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*", default=DEFAULT)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--tests", action="store_true")
    given = parser.parse_args(arguments)
    chosen = list(changes(given.patterns))
    if given.sample:
        chosen = random.Random(0).sample(chosen, given.sample)  # noqa: S311 - no secret
    is_equivalent, left = equivalent(), 0
    for one in survivors([one for one in chosen if not is_equivalent(one)], tests=given.tests):
        left += 1
        sys.stdout.write(f"{one}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} mutants, {left} survive\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
