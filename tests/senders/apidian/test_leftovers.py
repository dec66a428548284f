"""What is carried beside a Document, for any JSON whatever."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.json_reading import read_json
from cuadre.senders.payloads.differences import apply_differences, differences
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.leftovers import find_leftovers, put_back
from cuadre.senders.payloads.payload import Json

_KEYS = st.text("ab~/0", max_size=3)
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.text("xy1", max_size=3),
    st.decimals(-9, 9, places=2),
    st.sampled_from([Decimal("1.0"), Decimal("1.00"), Decimal("1E-7")]),
)
_JSON: st.SearchStrategy[Json] = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(_JSON, _JSON)
def test_differences_and_their_application_are_the_identity(given_body: Json, derived: Json) -> None:
    """Whatever was derived, what comes out is what was given, to the digit."""
    changes = differences(given_body, derived)
    assert differences(given_body, apply_differences(derived, changes)) == {}


@given(_JSON, _JSON)
def test_what_is_kept_gives_back_what_was_given(given_body: Json, derived: Json) -> None:
    """As long as the Document says what it said, the body is the one that was given."""
    carried = find_leftovers(given_body, derived) or {}
    assert differences(given_body, put_back(derived, carried)) == {}


@given(_JSON)
def test_json_is_written_as_it_is_read(value: Json) -> None:
    """What is written is read back with every digit."""
    back = read_json(write_json(value))
    assert differences({"": value}, {"": back}) == {}


def test_what_the_document_says_since_wins() -> None:
    """A key that the Document did not have, or had otherwise, is not overwritten with what was carried."""
    carried = find_leftovers({"a": 1, "b": 2}, {"a": "1"}) or {}
    assert put_back({"a": "3", "b": "4"}, carried) == {"a": "3", "b": "4"}


@pytest.mark.parametrize("value", [1.5, float("nan"), Decimal("NaN"), object()])
def test_what_is_no_json_is_not_written(value: object) -> None:
    """A float has lost digits already, and NaN is no number."""
    with pytest.raises((TypeError, ValueError)):
        write_json([value])


def test_half_a_surrogate_is_escaped() -> None:
    """Text that has no UTF-8 is still written."""
    assert read_json(write_json(["\ud800é"])) == ["\ud800é"]
