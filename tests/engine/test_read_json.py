"""JSON whose numbers keep their digits, and everything that is refused in it."""

from collections.abc import Callable
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.errors import AmountError, CuadreError, DocumentError
from cuadre.engine.json_reading import read_json
from cuadre.engine.limits import MAX_BYTES, MAX_PARTS, MAX_VALUES

READ = [
    ("0.10", "0.10"),
    ("1.000", "1.000"),
    ("12345678901234567.89", "12345678901234567.89"),
    ("123456789012345678.123456789012", "123456789012345678.123456789012"),
    ("8.0e-6", "0.0000080"),
    ("1E+3", "1000"),
    ("1.5e2", "150"),
    ("-0.0", "-0.0"),
    ("1e-12", "1E-12"),
]
NUMBERS = [
    *["NaN", "Infinity", "-Infinity", "1e400", "1e-400", "1e18", "1e-13", "1e999999999", "0e99"],
    *["1" * 19, "-" + "1" * 19, "1" * 5000, "0." + "1" * 13, "1." + "0" * 100_000],
]


def test_decimals_keep_their_digits() -> None:
    """Decimals are read digit by digit and never through a binary float."""
    read = [(text, read_json(text)) for text, _ in READ]
    assert [(text, type(value), str(value)) for text, value in read] == [
        (text, Decimal, written) for text, written in READ
    ]


def test_other_values() -> None:
    """Integers stay integers, and the rest is what JSON says; bytes may begin with a mark of order."""
    text = '\ufeff{"a": [1, -2, true, null, "0.10", {"b": {}}], "á": "\\u00e1"}'
    assert read_json(text.encode()) == {"a": [1, -2, True, None, "0.10", {"b": {}}], "á": "á"}
    assert type(read_json("7")) is int


@pytest.mark.parametrize("shape", ["{}", "[{}]", '{{"a": {{"b": [1, {}]}}}}'])
def test_numbers_out_of_limits(shape: str) -> None:
    """What is not finite, has an exponent without measure or too many digits is an AmountError."""
    results = []
    for number in NUMBERS:
        with pytest.raises(CuadreError) as caught:
            read_json(shape.format(number))
        results.append((number[:20], type(caught.value), "value" in caught.value.detail))
    assert results == [(number[:20], AmountError, True) for number in NUMBERS]


@pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', '[{"b": {"x": 0, "a": 1, "y": 2, "a": null}}]'])
def test_duplicate_keys(text: str) -> None:
    """A key that is there twice is refused by name, at any depth."""
    with pytest.raises(DocumentError) as caught:
        read_json(text)
    assert caught.value.detail == {"problems": [], "key": "a"}


def test_same_key_in_two_objects() -> None:
    """A key may be there once in each of several objects."""
    assert read_json('[{"a": 1}, {"a": {"a": 2}}]') == [{"a": 1}, {"a": {"a": 2}}]


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("{\n}\n]", 3), ('{\n "a": 01}', 2), ("\n\n{,}", 3), ("[1,]", 1), ('"\n"', 1), ("\n<a/>", 2)],
)
def test_not_json(text: str, line: int) -> None:
    """What is not JSON is refused with the line of the fault."""
    with pytest.raises(DocumentError) as caught:
        read_json(text)
    assert (caught.value.code, caught.value.detail) == ("document", {"problems": [], "line": line})


@pytest.mark.parametrize("data", [b"\xff", b'"\xc3"', b'{"a": "\xed\xa0\x80\xff"}'])
def test_not_unicode(data: bytes) -> None:
    """Bytes that are no text are refused as a document."""
    with pytest.raises(DocumentError):
        read_json(data)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_nesting(opening: str) -> None:
    """Very deep nesting is refused, whether or not it is ever closed."""
    with pytest.raises(DocumentError) as caught:
        read_json(opening * 200_000)
    assert caught.value.detail == {"problems": []}


def test_size() -> None:
    """Twenty million bytes are read, one more is refused."""
    assert read_json(b" " * (MAX_BYTES - 1) + b"1") == 1
    with pytest.raises(DocumentError) as caught:
        read_json(b" " * MAX_BYTES + b"1")
    assert caught.value.detail == {"problems": []}


_MANY: dict[str, tuple[Callable[[], str], str, int]] = {
    "values": (lambda: "[1,\n" + "1,\n" * (MAX_VALUES - 3) + "1]", "1,", MAX_VALUES - 2),
    "keys": (
        lambda: "{" + ",\n".join(f'"{key}":""' for key in range(MAX_VALUES - 1)) + "}",
        '"a":1,',
        MAX_VALUES - 2,
    ),
    "objects": (lambda: "[" + "{},\n" * (MAX_PARTS - 1) + '{"a": "{{{"}]', "{},", MAX_PARTS),
}


@pytest.mark.parametrize(("write", "more", "line"), _MANY.values(), ids=_MANY)
def test_number_of_values(write: Callable[[], str], more: str, line: int) -> None:
    """A million values and 250,000 objects are read; one more is refused with its line."""
    text = write()
    assert read_json(text)
    with pytest.raises(DocumentError) as caught:
        read_json(text[0] + more + text[1:])
    assert caught.value.detail == {"problems": [], "line": line}


@pytest.mark.parametrize(
    ("opening", "repeated", "closing"), [('"', ",{", '"'), ('["', '\\",', '"]'), ("[", "[],", "1]")]
)
def test_signs_that_are_no_values(opening: str, repeated: str, closing: str) -> None:
    """Commas and brackets inside a text are not counted, and an empty list is one value."""
    assert read_json(opening + repeated * 600_000 + closing)


def test_texts_without_an_end() -> None:
    """Twenty million signs of a text that does not end are searched once, and not from each quote again."""
    with pytest.raises(DocumentError) as caught:
        read_json('["' + '\\",' * (MAX_BYTES // 3 - 1))
    assert caught.value.detail == {"problems": [], "line": 1}


def test_callers_context_does_not_matter() -> None:
    """A caller whose own decimal context has three digits reads the same numbers."""
    with localcontext(Context(prec=3)):
        assert read_json("[1e5, 12345.678]") == [Decimal(100000), Decimal("12345.678")]


@given(st.text() | st.text('{}[]":,0123456789.eE+-NaIfity \n', max_size=30) | st.binary())
def test_any_input(given_input: str | bytes) -> None:
    """Any text and any bytes are read or refused with an error of cuadre, and nothing else."""
    try:
        value = read_json(given_input)
    except CuadreError as error:
        assert error.code in {"amount", "document"}  # noqa: PT017 - either of two errors is right
    else:
        assert not isinstance(value, float)
