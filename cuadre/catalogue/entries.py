"""The catalogue: each code of each kind of document, and who decides it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cuadre.catalogue.titles import texts_of
from cuadre.engine.findings import Severity
from cuadre.engine.plugins import plugins
from cuadre.engine.tables import load_table
from cuadre.rule_packs import all_rules, unknown_code
from cuadre.rules.pack import Pack
from cuadre.rules.registry import GROUP, packs
from cuadre.rules.rule import Rule
from cuadre.selection import OWN_CODES

HERE = "here"
"""What decides a code that a pack that is loaded has; no table says it."""
_COLUMNS = ("rule", "severity", "element", "group", "asks", "decided", "judged_as", "source")


class Entry(NamedTuple):
    """A code of the catalogue, for one kind of document."""

    code: str
    rule: str
    """The code without the letters of the document's kind."""
    kind: str
    severity: Severity
    decided: str
    """Who decides it: a row of ``decided.csv``."""
    source: str
    title: Mapping[str, str]
    """By language."""
    advice: Mapping[str, str]
    """By language; empty where there is no more to say than who decides."""
    element: str
    group: str
    pack: str
    judged_as: str
    """The code that cuadre gives instead; empty where it is the same, or there is none."""


def entries() -> tuple[Entry, ...]:
    """List the rules of all packs, then the codes of their ``catalogue.csv`` that none of them has."""
    return _entries(packs())


@cache
def _entries(_known: tuple[Pack, ...]) -> tuple[Entry, ...]:
    """List once for the packs that there are now: a folder may bring one more."""
    rules = all_rules()
    return (*map(_decided_here, rules), *_others(rules))


def _decided_here(rule: Rule) -> Entry:
    return Entry(
        rule.code,
        rule.rule,
        rule.kind,
        rule.severity,
        HERE,
        rule.source,
        rule.title,
        rule.advice,
        rule.element,
        rule.group,
        rule.pack,
        "",
    )


def _others(rules: Sequence[Rule]) -> Iterator[Entry]:
    pairs = {(rule.code, rule.kind) for rule in rules} | {(rule.code, "any") for rule in rules}
    known = {rule.rule: rule for rule in rules}
    codes = {*OWN_CODES, *(rule.code for rule in rules)}
    for package, pack in packages():
        for row in listed(package):
            if (row["code"], row["kind"]) in pairs:
                continue
            texts = texts_of(package, row, known.get(row["rule"]))
            yield Entry(
                row["code"],
                row["rule"],
                row["kind"],
                Severity(row["severity"]),
                HERE if row["judged_as"] in codes else row["decided"],
                row["source"],
                texts.title,
                texts.advice,
                row["element"],
                row["group"],
                pack,
                row["judged_as"],
            )


@cache
def packages() -> tuple[tuple[str, str], ...]:
    """List the packages of rules that have a ``catalogue.csv``, each with the name of its pack."""
    found = {name: point.module for name, point in plugins(GROUP).items()}
    return tuple(
        [
            (package, name)
            for name, package in found.items()
            if files(package).joinpath("catalogue.csv").is_file()
        ]
    )


def listed(package: str) -> tuple[dict[str, str], ...]:
    """Load the codes that a package lists beside those that it judges."""
    return load_table(package, "catalogue", ("code", "kind"), _COLUMNS)


def entries_named(name: str) -> list[Entry]:
    """Find every code of a rule, by one of them, by the rule, or by what cuadre finds it as.

    It is looked for in the whole catalogue, and those with the name come first. Raises UnknownNameError,
    with the nearest codes, where there is none.
    """
    everything = entries()
    wanted = name.lower()
    found = [entry for entry in everything if wanted in _names(entry)]
    if found:
        first = found[0]
        others = [entry for entry in everything if entry.rule == first.rule and entry not in found]
        return [*found, *others]
    raise unknown_code(name, [entry.code for entry in everything])


def _names(entry: Entry) -> set[str]:
    return {name.lower() for name in (entry.code, entry.rule, entry.judged_as) if name}
