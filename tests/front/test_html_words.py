"""The words of the HTML report: each that is asked for has a row, and no row is left over."""

import ast
from collections.abc import Iterator
from string import Formatter
from typing import get_args

from cuadre.engine.findings import Severity
from cuadre.engine.modes import MODES
from cuadre.engine.sentences import load_sentences
from cuadre.formats.html_report import chart, layers, line_table, summary, tax_table, totals
from cuadre.formats.html_report.figure_names import TOTALS
from cuadre.formats.html_report.heading import SIGNS
from cuadre.report import Status, Verdict

from .running import ROOT

_FOLDER = ROOT / "cuadre" / "formats" / "html_report"
_ROWS = load_sentences("cuadre.formats.html_report", "words")
_SEVERITIES = [severity.value for severity in Severity]
_FAMILIES = {
    "lead.": get_args(Verdict),
    "all.": get_args(Verdict),
    "count.": [*_SEVERITIES, *[f"{name}.one" for name in _SEVERITIES]],
    "severity.": _SEVERITIES,
    "total.": TOTALS,
    "rounding.": [*MODES, *[f"{mode}.one" for mode in MODES]],
    "layer.": ["read", "totals", "rules", "age", "lint", "schema", "key", "authority"],
    "status.": [status.replace(" ", "_") for status in get_args(Status)],
}
"""Keys that are put together when they are asked for."""
_TABLES = (chart, layers, line_table, summary, tax_table, totals)
_COLUMNS = {name.lstrip(">") for table in _TABLES for name in table.COLUMNS}


def _texts() -> Iterator[str]:
    """Yield every text of the source: a key may be one of two, or be given by a name."""
    for file in _FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _asked() -> set[str]:
    """Collect the keys that ``word`` and ``count`` are asked for; what is counted has a row for one thing."""
    found = set()
    for file in _FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name, key = ast.unparse(node.func).rpartition(".")[2], str(node.args[0].value)
                found |= {"word": {key}, "count": {key, f"{key}.one"}}.get(name, set())
    return found


def test_every_word_is_there() -> None:
    """What the source asks for has a row; what is counted has one for a single thing."""
    asked = _asked()
    joined = {prefix + name for prefix, names in _FAMILIES.items() for name in names}
    assert sorted((asked | joined | _COLUMNS) - _ROWS.keys()) == []
    assert len(asked) > 60


def test_no_row_is_left_over() -> None:
    """Every row is asked for."""
    joined = {prefix + name for prefix, names in _FAMILIES.items() for name in names}
    used = {*_texts(), *_asked(), *joined, *_COLUMNS}
    assert sorted(_ROWS.keys() - used) == []


def test_signs() -> None:
    """Every verdict has its sign."""
    assert SIGNS.keys() == set(get_args(Verdict))


def test_spanish_is_written() -> None:
    """A row is another in Spanish, but where the word is the same."""
    same = {key for key, row in _ROWS.items() if row["en"] == row["es"]}
    assert same == {"count.error.one", "severity.error", "tax.base"}
    blanks = {name for row in _ROWS.values() for _, name, _, _ in Formatter().parse(row["es"]) if name}
    assert blanks == {"version", "count", "total", "currency", "file", "number", "value", "tax", "rounding"}
