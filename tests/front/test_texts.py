"""The texts of errors and reasons: each that the source says has its row, its facts and both languages."""

import ast
import pickle
from collections.abc import Iterator
from decimal import Decimal
from string import Formatter
from typing import get_args

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.engine.file_errors import _USUAL
from cuadre.engine.regimes.co.numbering import _FORMS
from cuadre.engine.secrets import Secret
from cuadre.engine.sentences import load_sentences
from cuadre.engine.tables import load_table
from cuadre.engine.texts import Text, in_language, say
from cuadre.folders import EXCLUDED, IGNORED
from cuadre.model_faults import _SAID
from cuadre.recognition import Recognised
from cuadre.selection import CHOSEN_SEVERITIES
from cuadre.senders.delivery.journal_entry import State

from .running import ROOT

_FLOORS = ("engine", "rules", "ubl", "senders", "cuadre")
_FAMILIES = {
    "cuadre:no_": get_args(Secret),
    "cuadre:": sorted({*_SAID.values()}),
    "cuadre:weighed.": [severity.value for severity in CHOSEN_SEVERITIES],
    "cuadre:passed.": [*(kind for kind in get_args(Recognised) if kind != "document"), EXCLUDED, IGNORED],
    "cuadre.engine:": sorted(_USUAL),
    "cuadre.senders:": [state.value for state in State],
    "cuadre.rules.lint:": ["to_cents", "to_units", "to_tens"],
    "cuadre.rules.lint:per_": ["line", "document"],
    "cuadre.rules:": ["without_code", "without_check", "unknown_rule"],
    "cuadre.engine:line_without_": ["quantity", "price"],
    "cuadre.engine.regimes.co:needs_": get_args(Secret),
    "cuadre.engine.regimes.co:numbering_": [*_FORMS, "number", "date", "order", "dates"],
    "cuadre.rules:cause_": sorted(
        {
            one["name"]
            for one in load_table("cuadre.rules", "likely_causes", ("name", "figures", "difference"))
        }
    ),
}
"""Keys that are put together when they are said, by their beginning."""


def _packages() -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Yield each package that has texts, with the blanks of each."""
    for file in [file for floor in _FLOORS for file in sorted((ROOT / floor).rglob("texts.csv"))]:
        parts = file.relative_to(ROOT).parent.parts
        package = ".".join(parts if parts[0] == "cuadre" else ("cuadre", *parts))
        rows = load_sentences(package, "texts")
        yield (
            package,
            {
                key: {name for _, name, _, _ in Formatter().parse(row["en"]) if name}
                for key, row in rows.items()
            },
        )


_ROWS = {f"{package}:{key}": blanks for package, rows in _packages() for key, blanks in rows.items()}


def _calls() -> Iterator[tuple[set[str], set[str]]]:
    """Yield the keys of each call of ``say`` and the facts that it gives."""
    for file in [file for floor in _FLOORS for file in (ROOT / floor).rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield set(_keys(node.args[0])), {str(keyword.arg) for keyword in node.keywords}


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*_keys(node.body), *_keys(node.orelse))
    else:
        assert isinstance(node, ast.JoinedStr), ast.unparse(node)
        assert isinstance(node.values[0], ast.Constant)
        beginning = str(node.values[0].value)
        yield from (beginning + name for name in _FAMILIES[beginning])


def test_every_text_is_there() -> None:
    """Each key that is said has a row, whose blanks are the facts that are given; no row is left over."""
    calls = list(_calls())
    said = {key for keys, _ in calls for key in keys}
    assert sorted(said - _ROWS.keys()) == []
    assert sorted(_ROWS.keys() - said) == []
    assert [(key, facts) for keys, facts in calls for key in keys if _ROWS[key] != facts] == []
    assert len(said) > 20


def test_text() -> None:
    """A text is English, says itself in Spanish, and writes amounts as it is told."""
    text = say("cuadre.engine:within", amount=Decimal("1234.50"))
    assert text == "±1234.50"
    assert isinstance(text, str)
    assert in_language(text, "es", lambda value: f"<{value}>") == "±<1234.50>"
    assert in_language("plain", "es") == "plain"
    assert in_language(text, "fr") == text


def test_text_in_a_text() -> None:
    """A fact that is a text, or an error with one, is said in the same language."""
    error = CuadreError(say("cuadre.engine.regimes.co:whole_pesos"))
    text = say("cuadre:cannot_open", error=error)
    assert text == "cannot be opened: whole pesos"
    assert in_language(text, "es") == "no se puede abrir: pesos enteros"


def test_error() -> None:
    """An error says its sentence in both languages; one that has no Spanish says it in English."""
    error = CuadreError(say("cuadre:no_xml"))
    assert (str(error), error.message(), error.message("es")) == (
        "only XML has a schema",
        "only XML has a schema",
        "solo el XML tiene esquema",
    )
    assert CuadreError("plain").message("es") == "plain"


def test_pickled() -> None:
    """A text comes out of a pickle as it went in."""
    text = pickle.loads(pickle.dumps(say("cuadre:chosen", chosen="FAU")))  # noqa: S301 - our own
    assert isinstance(text, Text)
    assert (str(text), in_language(text, "es")) == ("select FAU", "solo FAU")


@pytest.mark.parametrize("key", sorted(_ROWS))
def test_spanish_is_another(key: str) -> None:
    """A text with words has other words in Spanish."""
    package, _, row = key.partition(":")
    texts = load_sentences(package, "texts")[row]
    words = "".join([literal for literal, *_ in Formatter().parse(texts["en"])])
    assert texts["en"] != texts["es"] or not any(sign.isalpha() for sign in words)
