"""The changes themselves: a step that matches nothing must not pass for one that did something."""

import pytest

from .cases import base
from .mutate import mutate


@pytest.mark.parametrize("verb", ["set {} = 1", "remove {}", "copy {}", "after {} <cbc:ID/>"])
def test_a_step_that_matches_nothing_is_an_error(verb: str) -> None:
    """A row of a table with a wrong XPath fails instead of testing an unchanged document."""
    with pytest.raises(ValueError, match="matches nothing"):
        mutate(base("plain"), verb.format("cac:Line"))


@pytest.mark.parametrize(
    "step", ["set lines[9].id = 1", "set lins[0].id = 1", "remove lines[0].x", "copy id"]
)
def test_a_path_of_json_that_leads_nowhere_is_an_error(step: str) -> None:
    """So does a row with a wrong path in JSON."""
    with pytest.raises(ValueError, match=r"matches nothing|no member"):
        mutate(base("sri"), step)


def test_values_of_json_are_numbers_or_text() -> None:
    """What reads as JSON is a number with its digits; anything else, and what is quoted, is text."""
    data = mutate(base("single"), 'set lines[0].quantity = 1.00; set id = "7"; set lines[0].id = 2-4')
    assert [word in data for word in (b'"quantity": 1.00,', b'"id": "7"', b'"id": "2-4"')] == [True] * 3


def test_no_step_leaves_the_figures_alone() -> None:
    """The empty change gives the same document."""
    assert mutate(mutate(base("plain"), ""), "") == mutate(base("plain"), "")
