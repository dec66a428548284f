"""A rule pack: a catalogue and the checks that carry it out, compared with each other when it is loaded."""

import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from types import ModuleType

from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.fields import field_of
from cuadre.engine.sentences import register
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say
from cuadre.rules.catalogue import load_catalogue
from cuadre.rules.parts import Checks, Node, part_type, tree
from cuadre.rules.registration import registered
from cuadre.rules.rule import Check, Explainer, Rule, SeverityOverride
from cuadre.rules.table_checks import table_check

_COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True)
class Plan:
    """What there is to check in one kind of document."""

    rules: Mapping[str, Rule]
    """By rule."""
    figures: Mapping[str, Rule]
    """The rule that judges a figure, by the figure's name."""
    checks: Mapping[str, Checks]
    """By the part that they are about."""
    explainers: Sequence[tuple[Rule, Explainer]]
    severity_overrides: Mapping[str, SeverityOverride]
    """By rule."""

    @cached_property
    def parts(self) -> Node:
        """The parts that have checks, as a tree."""
        return tree(self.checks)


def merge(plans: Sequence[Plan]) -> Plan:
    """Make one plan of several; raise DefinitionError where two packs judge one figure."""
    owners: dict[str, Rule] = {}
    for plan in plans:
        for figure, rule in plan.figures.items():
            other = owners.setdefault(figure, rule)
            if other is not rule:
                sentence = say(
                    "cuadre.rules:figure_twice",
                    figure=figure,
                    one=rule.code,
                    one_pack=rule.pack,
                    other=other.code,
                    other_pack=other.pack,
                )
                raise DefinitionError(sentence, rule=rule.rule, figure=figure, plugin=rule.pack)
    checks: defaultdict[str, Checks] = defaultdict(tuple)
    for plan in plans:
        for at, some in plan.checks.items():
            checks[at] += some
    return Plan(
        rules={name: rule for plan in plans for name, rule in plan.rules.items()},
        figures=owners,
        checks=dict(checks),
        explainers=[one for plan in plans for one in plan.explainers],
        severity_overrides={name: one for plan in plans for name, one in plan.severity_overrides.items()},
    )


@dataclass(frozen=True, eq=False)
class Pack:
    """The rules of one authority, or our own."""

    name: str
    countries: frozenset[str]
    """ISO 3166 codes of the countries whose documents it judges; empty: every country's."""
    rules: tuple[Rule, ...]
    sources: Mapping[str, Sequence[str]]
    """By rule: the functions and tables that carry it out; none for what a figure's formula says."""
    plan: Callable[[str], Plan]
    """The plan of one kind of document, made once."""


@dataclass
class _Functions:
    checks: defaultdict[str, list[tuple[str, Check]]]
    explainers: dict[str, Explainer]
    overrides: dict[str, SeverityOverride]


@cache
def load_pack(package: str, name: str | None = None) -> Pack:
    """Load the pack in ``package`` once; see ``read_pack``."""
    return read_pack(package, name or package.rpartition(".")[2])


def read_pack(package: str, name: str) -> Pack:
    """Read the pack in ``package``: ``codes.csv``, ``rules.csv``, ``checks.csv`` and its modules.

    The package may say ``COUNTRIES = ("CO",)``; without it, the pack judges the documents of every country.
    Raises DefinitionError, naming the rule, where a code has no row, a row no check, a check no row, a
    title is missing, or a part or a field does not exist.
    """
    register(package)
    module = import_module(package)
    texts, rules = load_catalogue(package, name)
    functions = _functions(package, module.__path__)
    for row in load_table(package, "checks", ("rule", "at", "field", "test"), ("value",)):
        _require_field(package, row["rule"], row["at"], row["field"])
        functions.checks[row["rule"]].append((row["at"], table_check(package, row, part_type(row["at"]))))
    figures = {row["figure"]: rule for rule, row in texts.items() if row["figure"]}
    for figure, rule in figures.items():
        part, _, field = figure.rpartition(".")
        _require_field(package, rule, part, field)
    for rule, parts in functions.checks.items():
        for at, _ in parts:
            _require_field(package, rule, at)
    implemented = {*functions.checks, *functions.explainers, *functions.overrides, *figures.values()}
    _compare(package, texts, rules, implemented)
    return Pack(
        name,
        _countries(module),
        rules,
        {rule: _sources(package, functions, rule) for rule in texts},
        cache(lambda kind: _plan(rules, figures, functions, kind)),
    )


def _countries(module: ModuleType) -> frozenset[str]:
    given = getattr(module, "COUNTRIES", ())
    if not isinstance(given, (tuple, list, set, frozenset)) or not all(map(_is_country, given)):
        sentence = say("cuadre.rules:no_countries", package=module.__name__, given=repr(given))
        raise DefinitionError(sentence, countries=given)
    return frozenset(given)


def _is_country(code: object) -> bool:
    return isinstance(code, str) and _COUNTRY.fullmatch(code) is not None


def _sources(package: str, functions: _Functions, rule: str) -> Sequence[str]:
    """List ``module:function`` for each function of a rule, and ``package/checks.csv`` for its rows."""
    called: list[Callable[..., object]] = [function for _, function in functions.checks.get(rule, ())]
    called += [some[rule] for some in (functions.explainers, functions.overrides) if rule in some]
    names = [f"{one.__module__}:{one.__qualname__}" for one in called]
    return sorted({f"{package}/checks.csv" if name.startswith(_OF_TABLES) else name for name in names})


_OF_TABLES = tuple(
    [__name__.replace("pack", f"{name}:") for name in ("table_checks", "value_tests", "text_tests")]
)


def _plan(rules: Sequence[Rule], figures: Mapping[str, str], functions: _Functions, kind: str) -> Plan:
    mine = {rule.rule: rule for rule in rules if rule.kind in {kind, "any"}}
    checks: defaultdict[str, list[tuple[Rule, Check]]] = defaultdict(list)
    for name, rule in mine.items():
        for at, function in functions.checks.get(name, ()):
            checks[at].append((rule, function))
    return Plan(
        rules=mine,
        figures={figure: mine[name] for figure, name in figures.items() if name in mine},
        checks={at: tuple(some) for at, some in checks.items()},
        explainers=[(mine[name], one) for name, one in functions.explainers.items() if name in mine],
        severity_overrides=functions.overrides,
    )


def _require_field(package: str, rule: str, at: str, field: str | None = None) -> None:
    try:
        part = part_type(at)
        if field is not None:
            field_of(part, field)
    except DefinitionError as error:
        sentence = say("cuadre.rules:of_rule", package=package, rule=rule, fault=error)
        raise DefinitionError(sentence, rule=rule, at=at, field=field) from None


_TESTS = ("test_", "conftest")
"""Modules beside those of a pack that are tests of it."""


def _functions(package: str, folders: Iterable[str]) -> _Functions:
    found = _Functions(defaultdict(list), {}, {})
    for module in pkgutil.iter_modules(list(folders), f"{package}."):
        if module.name.removeprefix(f"{package}.").startswith(_TESTS):
            continue
        import_module(module.name)
        mine = registered(module.name)
        for rule, at, function in mine.checks:
            found.checks[rule].append((at, function))
        found.explainers.update(mine.explainers)
        found.overrides.update(mine.severity_overrides)
    return found


def _compare(package: str, texts: Mapping[str, object], rules: Sequence[Rule], implemented: set[str]) -> None:
    pairs = Counter((rule.rule, rule.kind) for rule in rules)
    for (name, kind), count in pairs.items():
        if count > 1:
            sentence = say("cuadre.rules:codes_of_kind", package=package, rule=name, count=count, kind=kind)
            raise DefinitionError(sentence, rule=name, kind=kind)
    known = {rule.rule for rule in rules}
    for names, fault in (
        (texts.keys() - known, "without_code"),
        (known - implemented, "without_check"),
        (implemented - known, "unknown_rule"),
    ):
        if names:
            sentence = say(f"cuadre.rules:{fault}", package=package, rule=min(names))
            raise DefinitionError(sentence, rule=min(names))
