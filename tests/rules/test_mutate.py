"""The changes themselves: a step that matches nothing must not pass for one that did something."""

import pytest

from .cases import base
from .mutate import mutate


@pytest.mark.parametrize("verb", ["set {} = 1", "remove {}", "copy {}", "after {} <cbc:ID/>"])
def test_a_step_that_matches_nothing_is_an_error(verb: str) -> None:
    """A row of a table with a wrong XPath fails instead of testing an unchanged document."""
    with pytest.raises(ValueError, match="matches nothing"):
        mutate(base("plain"), verb.format("cac:Line"))


def test_no_step_leaves_the_figures_alone() -> None:
    """The empty change gives the same document."""
    assert mutate(mutate(base("plain"), ""), "") == mutate(base("plain"), "")
