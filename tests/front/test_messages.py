"""The catalogue of sentences: every sentence that the source asks for is there, and no other."""

import ast
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import cuadre
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import DocumentKind
from cuadre.engine.sentences import LANGUAGES, load_sentences
from cuadre.fixing.choice import Reason
from cuadre.fixing.rounds import Refusal
from cuadre.formats.words import _GENDERED
from cuadre.report import Status, Verdict
from cuadre.senders.delivery.journal_entry import State
from cuadre.ubl.schema.explanation import _PRIMITIVES

from .running import EXAMPLES, NAMES, ROOT
from .test_mutants import mutant

_FLOORS = ("engine", "rules", "ubl", "senders", "cuadre")
_TEXTS = load_sentences("cuadre", "messages")
_ENGINE = load_sentences("cuadre.engine", "sentences")
_PACKAGES = [
    ".".join(("cuadre", *file.relative_to(ROOT).parent.parts))
    for floor in _FLOORS[:-1]
    for file in sorted((ROOT / floor).rglob("messages.csv"))
]
"""The packages that bring sentences of their own."""
_OWN = {package: load_sentences(package, "messages") for package in _PACKAGES}
_SCHEMA = _OWN["cuadre.ubl.schema"]
_SCHEMA_BLANKS = {"element", "stated", "expected", "detail"}
"""Those that a fault of the schema has; the other blanks of a finding are of figures."""
_FINDING = {"unreadable", "too_much", "too_much_one", "too_little", "too_little_one"}
"""Keys that are used where no Fault or Finding names them in its call."""
_OTHERS = {
    "caused_by": {"code", "place"},
    "item": {"number"},
    "item_described": {"number", "description"},
    "more": {"count"},
    "passed_by": {"kinds"},
    "documents": {"count"},
    "in_documents": {"count", "total"},
    "rules": {"codes", "rules", "summary"},
    "catalogue": {"codes", "summary"},
    "page.judged_as": {"code"},
    "trace.stated": {"value"},
    "trace.rounded": {"value", "mode", "places"},
    "left_out": {"provider", "paths"},
    "states_other_key": {"key"},
    "signed": {"file", "time"},
    "written": {"file"},
    "not_signed": {"file"},
    "warning": {"fault"},
    "password": {"file"},
    "authority": {"code", "description"},
    "policy.per_line": {"mode"},
    "policy.per_document": {"mode"},
    "diff.same": {"count"},
    "explain.said": {"text"},
    "explain.advice": {"advice"},
    "explain.decided": {"meaning"},
    "explain.to_do": {"advice"},
    "explain.found": {"finding"},
    "fix.changed": {"where", "code", "element", "old", "new"},
    "fix.left": {"where", "code", "element", "why"},
    "fix.refused": {"file", "why"},
    "fix.not_written": {"file", "why"},
    "fix.key": {"file"},
    "fix.reason.part": {"part"},
    "tables.id_changed": {"table", "id", "own", "shipped"},
    "tables.id_unseen": {"table", "id", "own"},
    "tables.more": {"table", "count"},
    "tables.written": {"folder", "variable"},
}
_LISTED_KINDS = ["any", "attached_document", "payroll", "payroll_adjustment"]
"""Kinds of which only the catalogue has codes."""
_FAMILIES = {
    "verdict.": get_args(Verdict),
    "verdicts.": get_args(Verdict),
    "verdict.feminine.": sorted(_GENDERED),
    "status.": get_args(Status),
    "layer.": ["totals", "rules", "age", "lint", "schema", "key", "numbering"],
    "severity.": [severity.value for severity in Severity],
    "of_severity.": [severity.value for severity in Severity if severity is not Severity.ERROR],
    "kind.": [*[kind.value for kind in DocumentKind], "application_response", *_LISTED_KINDS],
    "page.": ["pack", "formula", "tolerance", "advice", "fix", "codes", "sources", "decided", "to_do"],
    "page.fix.": ["safe", "unsafe"],
    "fix.": ["safe", "unsafe"],
    "fix.reason.": get_args(Reason),
    "fix.refused.": get_args(Refusal),
    "column.": [
        *("line", "place", "code", "severity", "message", "figure", "stated", "computed", "difference"),
        *("group", "kind"),
    ],
    "policy.per_": ["line", "document"],
    "state.": [state.value for state in State],
    "stage.": ["provider", "transport", "person"],
    "receipt.": ["key", "track_id", "provider_code", "buyer", "stage", "reason"],
}
"""Keys that are put together when they are asked for."""


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for floor in _FLOORS:
        for file in (ROOT / floor).rglob("*.py"):
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression can be: one, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for file, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield file, node


def _message_keys() -> set[tuple[str, str]]:
    """Collect the keys of all faults and findings, each with its package; one not written out is an error."""
    keys = set()
    for file, call in [*_calls("Fault"), *_calls("Finding")]:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        node = given.get("message_key") or call.args[1]
        found = set(_texts(node))
        assert found or ast.unparse(node) == "fault.message_key", ast.unparse(call)
        package = ".".join(("cuadre", *file.relative_to(ROOT).parent.parts))
        keys |= {(package, key) for key in found}
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
    calls = [call for file, call in _calls("text") if file.is_relative_to(ROOT / "cuadre")]
    plain = {key for call in calls for key in _texts(call.args[0])}
    return plain | {prefix + name for prefix, names in _FAMILIES.items() for name in names}


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_sentence_is_there() -> None:
    """A key is in the engine's table or in that of the package that uses it; a text is in cuadre's."""
    keys = _message_keys()
    missing = [(package, key) for package, key in keys if key not in {*_ENGINE, *_OWN.get(package, {})}]
    assert missing == []
    assert len(keys) > 20
    assert len(_schema_keys()) > 15
    assert _schema_keys() - _SCHEMA.keys() == set()
    assert _asked() - _TEXTS.keys() == set()


def test_no_row_is_left_over() -> None:
    """Every row of every table is used by the package that has it, and the engine's by anybody."""
    keys = _message_keys()
    for package, rows in _OWN.items():
        mine = _schema_keys() if rows is _SCHEMA else {key for home, key in keys if home == package}
        assert rows.keys() - mine == set()
    assert _ENGINE.keys() - {key for _, key in keys} - _FINDING == set()
    assert _TEXTS.keys() - _asked() == set()


def test_families() -> None:
    """The keys that are put together have the beginnings that the source writes."""
    joined = {
        str(part.values[0].value)
        for _, call in _calls("text")
        for part in ast.walk(call.args[0])
        if isinstance(part, ast.JoinedStr) and isinstance(part.values[0], ast.Constant)
    }
    assert joined == _FAMILIES.keys()


def test_blanks() -> None:
    """The blanks of a text, and those of a sentence about the schema, are those that are filled."""
    assert [key for key, row in _TEXTS.items() if _blanks(row["en"]) - _OTHERS.get(key, set())] == []
    assert [key for key, row in _SCHEMA.items() if _blanks(row["en"]) - _SCHEMA_BLANKS] == []


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
    assert finding.message().startswith(f"{element} is ")


def test_no_blank_is_empty() -> None:
    """In what many damaged documents give, every sentence has its values, and says them in both languages."""
    chance = random.Random(14)  # noqa: S311 - the same documents in every run are the point
    keys = set()
    sentences = {key: row for rows in (_ENGINE, *_OWN.values()) for key, row in rows.items()}
    for name in NAMES:
        data = (EXAMPLES / name).read_bytes()
        for _ in range(60):
            for finding in cuadre.check(mutant(data, chance)).findings:
                keys.add(finding.message_key)
                for language in LANGUAGES:
                    said = finding.message(language)
                    row = sentences[finding.message_key][language]
                    assert "None" not in said
                    assert said.strip() == said
                    assert str(finding.stated) in said or "{stated}" not in row
                    assert str(finding.expected) in said or "{expected}" not in row
    assert len(keys) > 8


def test_another_process() -> None:
    """A report can be written in a process that has loaded no rules, as in the one that it came from."""
    report = cuadre.check(EXAMPLES / "payloads" / "apidian-credit-note.json")
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer).to_json('es'))"
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(report), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == report.to_json("es")
    assert "tax_inclusive" in {finding.message_key for finding in report.findings}
