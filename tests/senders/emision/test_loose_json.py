"""JSON that is none to the letter, read as it is meant, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.errors import CuadreError
from cuadre.senders.emision.loose_json import read_loose, strict

from .bodies import PROPERTY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a"; 1}', {"a": 1}),
        ('{"a": 1; "b"; 2}', {"a": 1, "b": 2}),
        ("[1; 2]", [1, 2]),
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ('{"a": 1 // uno\n, /* dos */ "b": 2} // fin', {"a": 1, "b": 2}),
        ('{"a": "http://x; y, // z"}', {"a": "http://x; y, // z"}),
        ('{"a": "\\"; // b"; "c"; null}', {"a": '"; // b', "c": None}),
        ('{"a": {"b": [{"c"; true;},],};}', {"a": {"b": [{"c": True}]}}),
        ("// nada\n{}", {}),
    ],
)
def test_loose(text: str, expected: object) -> None:
    """Comments, semicolons and commas before a bracket are understood; strings are left alone."""
    assert read_loose(text.encode()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "//",
        "{",
        '{"a" 1}',
        "[1 2]",
        "[,1]",
        "[1,,2]",
        "{a: 1}",
        "{'a': 1}",
        '{"a": 1',
        '{"a": "b}',
        "[1)",
        "/* open",
        "__import__('os')",
        '{"a": NaN,}',
        '{"a": 1, "a": 2,}',
        '{"a": 1e999,}',
        "]",
        "[" * 100_000,
        "<html>;</html>",
    ],
)
def test_refused(text: str) -> None:
    """What is no JSON in this wider sense either is an error of cuadre."""
    with pytest.raises(CuadreError):
        read_loose(text.encode())


_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**6), 10**6), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@PROPERTY
@given(_VALUES)
def test_strict_json_stays(value: Any) -> None:  # noqa: ANN401 - any JSON
    """Strict JSON is the same after the rewriting, with the marks of its strings in place."""
    text = json.dumps(value, ensure_ascii=False)
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert json.loads(" ".join(strict(text))) == value


@PROPERTY
@given(_VALUES)
def test_decorated_json(value: Any) -> None:  # noqa: ANN401 - any JSON
    """The same value with comments and with commas before brackets is the same value."""
    text = json.dumps(value, indent=1)
    lines = [line.rstrip() for line in text.splitlines()]
    decorated = "\n".join(f"{line} // {number}" for number, line in enumerate(lines))
    assert json.loads(" ".join(strict(decorated))) == value
