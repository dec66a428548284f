"""A rule's page says what is computed: its formulas, tolerance and source are those of the code."""

from importlib import import_module
from pathlib import Path

import pytest

from cuadre.engine.formula import Formula
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.totals import recompute
from cuadre.reading import read
from cuadre.rule_pages import page
from cuadre.rules.pack import Pack
from cuadre.rules.registry import packs
from cuadre.rules.rule import Rule

_ROOT = Path(__file__).parents[2]
_FILES = sorted([*(_ROOT / "examples").rglob("*.xml"), *(_ROOT / "examples").rglob("*.json")])


def _figure_rules() -> list[tuple[Pack, Rule]]:
    found = {(pack.name, rule.rule): (pack, rule) for pack in packs() for rule in pack.rules if rule.figure}
    return list(found.values())


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.name)
def test_what_computes_is_listed(file: Path) -> None:
    """Every formula that a figure of a document follows is among those of the regime's table."""
    document = read(file.read_bytes(), str(file)).document
    assert document is not None
    regime = find_regime(document.country)
    followed = [one for one in recompute(document, regime).figures if isinstance(one.formula, Formula)]
    assert followed
    assert [one.path for one in followed if one.formula not in regime.formulas[one.name]] == []


@pytest.mark.parametrize(
    ("pack", "rule"),
    [pytest.param(pack, rule, id=f"{pack.name}-{rule.rule}") for pack, rule in _figure_rules()],
)
def test_page_of_a_figure(pack: Pack, rule: Rule) -> None:
    """The page prints each formula and each tolerance of the figure."""
    shown = page([rule], "en")
    for country in pack.countries:
        regime = find_regime(country)
        formulas = regime.formulas[rule.figure]
        assert [one.written for one in formulas if f"= {one}\n" not in shown] == []
        tolerances = regime.tolerances.get(rule.figure, regime.tolerances[""])
        assert [one.name for one in tolerances if one.name not in shown] == []
    assert rule.condition == ""


def test_sources_are_there() -> None:
    """Every rule names what carries it out, and that exists; what a figure says has the regime's module."""
    missing = []
    for pack in packs():
        for rule in pack.rules:
            sources = pack.sources[rule.rule]
            if not sources and not rule.figure:
                missing.append(rule.code)
            for source in sources:
                module, _, function = source.partition(":")
                if function and not hasattr(import_module(module), function.partition(".")[0]):
                    missing.append(f"{rule.code} {source}")
    assert missing == []
