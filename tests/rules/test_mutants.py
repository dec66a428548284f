"""The mutants themselves: what is changed, and that the cases catch a sample of them."""

import random
import re

from .mutants import changes, survivors
from .mutations import mutants
from .table_mutations import table_mutants

_SOURCE = '''
def rule(part: int | None) -> str | None:
    """Say something."""
    if part is not None and part > 2:
        return "missing"
    return None
'''


def test_what_is_changed() -> None:
    """Each mutant has one change: comparisons, conditions, branches, constants, keys of messages."""
    found = [mutant.what for mutant in mutants(_SOURCE, frozenset({"missing", "above"}))]
    assert sorted([re.findall(r"\[.* -> .*?\]", what)[0] for what in found]) == [
        "[ -> =]",
        "[ and part > 2 -> ]",
        "[2 -> 3]",
        "[> -> <=]",
        "[and -> or]",
        "[is not None and part -> ]",
        "[missing -> above]",
        "[not -> ]",
        "[part is not None and part > 2 -> False]",
        "[part is not None and part > 2 -> True]",
    ]


def test_what_is_changed_in_a_table() -> None:
    """A table has a mutant for each severity, limit and code, and for each check that is left out."""
    table = "rule,test,value,severity\nA1,at_most,100,reject\nA2,one_of,1 2,\n"
    assert [mutant.what for mutant in table_mutants(table)] == [
        "A1 at_most 100: test at_most -> at_least",
        "A1 at_most 100: value 100 -> 101",
        "A1 at_most 100: severity reject -> notify",
        "A1 at_most 100: dropped",
        "A2 one_of 1 2: value 1 2 -> 2",
        "A2 one_of 1 2: value 1 2 -> 1",
        "A2 one_of 1 2: dropped",
    ]


def test_the_cases_catch_a_sample() -> None:
    """Eight rows of tables of checks, each left out, are all missed by a case."""
    tables = [one for one in changes(["rules/*/checks.csv"]) if one.mutant.what.endswith(": dropped")]
    chosen = random.Random(0).sample(tables, 8)  # noqa: S311 - no secret
    assert [str(one) for one in survivors(chosen)] == []
