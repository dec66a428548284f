"""A rule pack: a catalogue and the checks that carry it out, held against each other when it is loaded."""

import pkgutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import NamedTuple

from cuadre.engine.errors import DefinitionError
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import DocumentKind
from cuadre.engine.sentences import register
from cuadre.engine.tables import load_table
from cuadre.rules.parts import PARTS
from cuadre.rules.rule import Check, Glance, Judgement, Lens, Rule
from cuadre.rules.table_checks import table_check

LANGUAGES = ("en", "es")
_KINDS = {"any", *(kind.value for kind in DocumentKind)}


Checks = Mapping[str, tuple[tuple[Rule, Check], ...]]
"""By the part that they are about."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What there is to check in one kind of document."""

    rules: Mapping[str, Rule]
    """By rule."""
    figures: Mapping[str, Rule]
    """The rule that judges a figure, by the figure's kind."""
    checks: Checks
    beyond: Checks
    """Those of the checks that a glance does not answer for."""
    glances: tuple[Glance, ...]
    lenses: tuple[tuple[Rule, Lens], ...]
    milder: Mapping[str, Judgement]
    """By rule: functions that may soften it for one figure."""


@cache
def merge(plans: tuple[Plan, ...]) -> Plan:
    """Make one plan of several, once."""
    checks: defaultdict[str, tuple[tuple[Rule, Check], ...]] = defaultdict(tuple)
    beyond: defaultdict[str, tuple[tuple[Rule, Check], ...]] = defaultdict(tuple)
    for plan in plans:
        for at, some in plan.checks.items():
            checks[at] += some
        for at, some in plan.beyond.items():
            beyond[at] += some
    return Plan(
        rules={name: rule for plan in plans for name, rule in plan.rules.items()},
        figures={figure: rule for plan in plans for figure, rule in plan.figures.items()},
        checks=dict(checks),
        beyond=dict(beyond),
        glances=tuple([glance for plan in plans for glance in plan.glances]),
        lenses=tuple([lens for plan in plans for lens in plan.lenses]),
        milder={name: function for plan in plans for name, function in plan.milder.items()},
    )


class Pack(NamedTuple):
    """The rules of one authority, or our own."""

    name: str
    rules: tuple[Rule, ...]
    plan: Callable[[str], Plan]
    """The plan of one kind of document, made once."""


@cache
def load_pack(package: str) -> Pack:
    """Load the pack in ``package``: ``codes.csv``, ``rules.csv``, ``checks.csv`` and its modules.

    Raises DefinitionError, naming the rule, where a code has no row, a row no check, a check no row, or
    a title is missing.
    """
    register(package)
    texts, rules = load_catalogue(package)
    checks, lenses, milder, glances = _functions(package)
    for row in load_table(package, "checks", ("rule", "at", "field", "test")):
        _known_part(package, row["rule"], row["at"], row["field"])
        checks[row["rule"]].append((row["at"], table_check(package, row)))
    figures = {row["figure"]: name for name, row in texts.items() if row["figure"]}
    for figure, name in figures.items():
        part, _, field = figure.rpartition(".")
        _known_part(package, name, part, field)
    _compare(package, texts, rules, {*checks, *lenses, *milder, *figures.values()})
    for name, parts in checks.items():
        for at, _ in parts:
            _known_part(package, name, at)

    @cache
    def plan(kind: str) -> Plan:
        mine = {rule.rule: rule for rule in rules if rule.kind in {kind, "any"}}
        by_part: defaultdict[str, list[tuple[Rule, Check]]] = defaultdict(list)
        for name, rule in mine.items():
            for at, function in checks.get(name, ()):
                by_part[at].append((rule, function))
        parts = {at: tuple(functions) for at, functions in by_part.items()}
        return Plan(
            rules=mine,
            figures={figure: mine[name] for figure, name in figures.items() if name in mine},
            checks=parts,
            beyond={} if glances else parts,
            glances=tuple(glances),
            lenses=tuple((mine[name], function) for name, function in lenses.items() if name in mine),
            milder=milder,
        )

    return Pack(package.rpartition(".")[2], rules, plan)


def _known_part(package: str, rule: str, at: str, field: str | None = None) -> None:
    part = PARTS.get(at)
    if part is None:
        sentence = f"{package}: rule {rule} is about {at!r}, which is no part of a document"
        raise DefinitionError(sentence, rule=rule, at=at)
    if field is not None and field not in part.model_fields:
        sentence = f"{package}: rule {rule} is about {field!r}, which {at} does not have"
        raise DefinitionError(sentence, rule=rule, at=at, field=field)


def load_catalogue(package: str) -> tuple[dict[str, dict[str, str]], tuple[Rule, ...]]:
    """Load ``rules.csv``, by rule, and ``codes.csv``; raise DefinitionError where they do not fit."""
    texts = {row["rule"]: row for row in load_table(package, "rules", ("rule",))}
    codes = load_table(package, "codes", ("code", "kind"))
    return texts, tuple([_rule(package, row, texts) for row in codes])


def _rule(package: str, row: dict[str, str], texts: Mapping[str, dict[str, str]]) -> Rule:
    text = texts.get(row["rule"])
    if text is None:
        sentence = f"{package}/codes.csv: {row['code']} belongs to rule {row['rule']}, which rules.csv lacks"
        raise DefinitionError(sentence, rule=row["rule"])
    title = {language: text[f"title_{language}"] for language in LANGUAGES}
    if not all(title.values()):
        sentence = f"{package}/rules.csv: rule {row['rule']} has no title in every language"
        raise DefinitionError(sentence, rule=row["rule"])
    if row["kind"] not in _KINDS or row["severity"] not in set(Severity):
        sentence = (
            f"{package}/codes.csv: {row['code']} has kind {row['kind']!r} and severity {row['severity']!r}"
        )
        raise DefinitionError(sentence, rule=row["rule"], kind=row["kind"], severity=row["severity"])
    return Rule(
        code=row["code"],
        rule=row["rule"],
        severity=Severity(row["severity"]),
        element=row["element"],
        group=text["group"],
        title=title,
        advice={language: text[f"advice_{language}"] for language in LANGUAGES},
        formula=text["formula"],
        basis=row["basis"],
        source=row["source"],
        kind=row["kind"],
    )


def _functions(
    package: str,
) -> tuple[defaultdict[str, list[tuple[str, Check]]], dict[str, Lens], dict[str, Judgement], list[Glance]]:
    checks: defaultdict[str, list[tuple[str, Check]]] = defaultdict(list)
    lenses: dict[str, Lens] = {}
    milder: dict[str, Judgement] = {}
    glances: list[Glance] = []
    for module in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        for function in vars(import_module(module.name)).values():
            # A function that was imported from another module of the pack is registered there.
            own = getattr(function, "__module__", None) == module.name
            marks = getattr(function, "__dict__", {}) if own else {}
            for rule, at in marks.get("checks", ()):
                checks[rule].append((at, function))
            if "lens" in marks:
                lenses[marks["lens"]] = function
            if "milder" in marks:
                milder[marks["milder"]] = function
            if "glance" in marks:
                glances.append(function)
    return checks, lenses, milder, glances


def _compare(package: str, texts: Mapping[str, object], rules: Iterable[Rule], implemented: set[str]) -> None:
    rules = list(rules)
    pairs = Counter((rule.rule, rule.kind) for rule in rules)
    for (name, kind), count in pairs.items():
        if count > 1:
            sentence = f"{package}: rule {name} has {count} codes for {kind}"
            raise DefinitionError(sentence, rule=name, kind=kind)
    known = {rule.rule for rule in rules}
    for names, fault in (
        (texts.keys() - known, "has a text and no code"),
        (known - implemented, "has a code and nothing that checks it"),
        (implemented - known, "is checked and has no code"),
    ):
        if names:
            sentence = f"{package}: rule {min(names)} {fault}"
            raise DefinitionError(sentence, rule=min(names))
