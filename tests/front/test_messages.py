"""The catalogue of sentences: every sentence that the source asks for is there, and no other."""

import ast
import random
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import cuadre
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import DocumentKind
from cuadre.engine.tables import load_table
from cuadre.messages import LANGUAGES, sentence, show
from cuadre.report import Verdict
from cuadre.ubl.schema.explanation import _PRIMITIVES

from .running import EXAMPLES, NAMES, ROOT
from .test_mutants import mutant

_ROWS = {row["key"]: row for row in load_table("cuadre", "messages", ("key",))}
_SENTENCE = {"element", "stated", "expected", "expression", "detail", "amount", "too"}
"""The blanks that ``sentence()`` fills."""
_SCHEMA_BLANKS = {"element", "stated", "expected", "detail"}
"""Those that a fault of the schema has; the others of ``sentence()`` are of figures."""
_OTHERS = {"caused_by": {"code", "path"}, "documents": {"count"}, "authority": {"code", "description"}}
_FAMILIES = {
    "verdict.": get_args(Verdict),
    "severity.": [severity.value for severity in Severity],
    "kind.": [*[kind.value for kind in DocumentKind], "application_response"],
    "column.": ["figure", "stated", "computed", "difference"],
}
"""Keys that are put together when they are asked for."""


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for folder in ("engine", "rules", "ubl", "cuadre"):
        for file in (ROOT / folder).rglob("*.py"):
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression can be: one, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _calls(name: str) -> Iterator[ast.Call]:
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def _message_keys() -> set[str]:
    """Collect the message keys of all faults and findings; one that is not written out stops the test."""
    keys = {"currency_absent"}
    for call in [*_calls("Fault"), *_calls("Finding")]:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        node = given.get("message_key") or call.args[1]
        found = set(_texts(node))
        assert found or ast.unparse(node) == "fault.message_key", ast.unparse(call)
        keys |= found
    return keys


def _schema_keys() -> set[str]:
    """Collect the message keys of explanation.py: texts in it, and one put together from _PRIMITIVES."""
    (tree,) = [tree for file, tree in _trees() if file.name == "explanation.py"]
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    plain = {text for text in texts if isinstance(text, str) and text.startswith("schema.")} - {"schema."}
    assert "schema." in texts, "no key is put together any more"
    return plain | {f"schema.{name}" for name in _PRIMITIVES}


def _asked() -> set[str]:
    """Collect the keys that ``text()`` is asked for."""
    plain = {key for call in _calls("text") for key in _texts(call.args[0])}
    return plain | {prefix + name for prefix, names in _FAMILIES.items() for name in names}


def _blanks(row: dict[str, str], language: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(row[language]) if name is not None}


def test_every_sentence_is_there() -> None:
    """Every message key and every text key of the source has a row, in every language."""
    asked = _message_keys() | _schema_keys() | _asked()
    assert len(_message_keys()) > 20
    assert len(_schema_keys()) > 15
    assert asked - _ROWS.keys() == set()
    assert [key for key, row in _ROWS.items() if not all(row[language] for language in LANGUAGES)] == []


def test_no_row_is_left_over() -> None:
    """Every row is a message key or a text key of the source."""
    assert _ROWS.keys() - _message_keys() - _schema_keys() - _asked() == set()


def test_families() -> None:
    """The keys that are put together have the beginnings that the source writes."""
    joined = {
        str(part.values[0].value)
        for call in _calls("text")
        for part in ast.walk(call.args[0])
        if isinstance(part, ast.JoinedStr) and isinstance(part.values[0], ast.Constant)
    }
    assert joined == _FAMILIES.keys()


@pytest.mark.parametrize("key", _ROWS)
def test_blanks(key: str) -> None:
    """The blanks of a sentence are those that are filled, and the same in every language."""
    row = _ROWS[key]
    filled = _SENTENCE if key in _message_keys() else _OTHERS.get(key, set())
    filled = _SCHEMA_BLANKS if key in _schema_keys() else filled
    english, spanish = (_blanks(row, language) for language in LANGUAGES)
    assert english <= filled
    assert english == spanish


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        (' schemeID="2" schemeName', ' schemeID="1" schemeName', "UUID/@schemeID"),
        ('schemeName="CUFE-SHA384"', 'schemeName="CUDE-SHA384"', "UUID/@schemeName"),
        ('InvoicedQuantity unitCode="94"', 'InvoicedQuantity unitCode="QQQ"', "InvoicedQuantity/@unitCode"),
    ],
)
def test_name_of_an_attribute(old: str, new: str, element: str) -> None:
    """A sentence about an attribute names it with its element, as DIAN's rules do."""
    text = (EXAMPLES / "invoice.xml").read_text(encoding="utf-8")
    assert old in text
    (finding,) = cuadre.check(text.replace(old, new, 1).encode()).findings
    assert sentence(finding).startswith(f"{element} is ")


def test_no_blank_is_empty() -> None:
    """In what many damaged documents give, every sentence has its values, and says them in both languages."""
    chance = random.Random(14)  # noqa: S311 - the same documents in every run are the point
    keys = set()
    for name in NAMES:
        data = (EXAMPLES / name).read_bytes()
        for _ in range(60):
            for finding in cuadre.check(mutant(data, chance)).findings:
                keys.add(finding.message_key)
                for language in LANGUAGES:
                    said = sentence(finding, language)
                    row = _ROWS[finding.message_key][language]
                    assert "None" not in said
                    assert said.strip() == said
                    assert show(finding.stated) in said or "{stated}" not in row
                    assert show(finding.expected) in said or "{expected}" not in row
    assert len(keys) > 8
