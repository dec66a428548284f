"""What a code that cuadre does not judge is about: a title, and advice where somebody wrote some."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from cuadre.engine.element_names import element_name, meaning
from cuadre.engine.source import Place
from cuadre.engine.tables import load_table
from cuadre.rules.catalogue import LANGUAGES
from cuadre.rules.rule import Rule

UNKNOWN = "unknown"
"""What a code asks whose condition is not known."""
_WRITTEN = tuple([f"{text}_{one}" for text in ("title", "advice") for one in LANGUAGES])


class Texts(NamedTuple):
    """The title and the advice of a code, by language."""

    title: Mapping[str, str]
    advice: Mapping[str, str]


def texts_of(package: str, row: Mapping[str, str], rule: Rule | None) -> Texts:
    """Find the texts of a row of ``catalogue.csv``; ``rule`` is the same rule in another kind of document.

    The first that there is: what ``catalogue_texts.csv`` has for the code, or for the rule; the texts of the
    rule; a title made of the element and of what is asked of it.
    """
    texts = written(package)
    mine = texts.get(row["code"]) or texts.get(row["rule"])
    if mine:
        return Texts(_by_language(mine, "title"), _by_language(mine, "advice"))
    if rule and row["asks"] != UNKNOWN:
        return Texts(rule.title, rule.advice)
    return Texts({language: _title(row, language) for language in LANGUAGES}, dict.fromkeys(LANGUAGES, ""))


@cache
def written(package: str) -> Mapping[str, dict[str, str]]:
    """Load the texts that a package has for codes or rules of its catalogue."""
    return {row["of"]: row for row in load_table(package, "catalogue_texts", ("of",), _WRITTEN)}


def group_name(group: str, language: str) -> str:
    """Name a group of rules in a language; a group of somebody else's pack keeps its name."""
    rows = {row["group"]: row[language] for row in load_table(__package__, "groups", ("group",), LANGUAGES)}
    return rows.get(group, group)


def decided_name(decided: str, language: str) -> str:
    """Name in a language who decides a code."""
    return _decided(decided)[f"name_{language}"]


def decided_advice(decided: str, language: str) -> str:
    """Say what a person does about a code, by who decides it."""
    return _decided(decided)[f"advice_{language}"]


def decided_meaning(decided: str, language: str) -> str:
    """Say in a language what it is that decides a code."""
    return _decided(decided)[f"meaning_{language}"]


def decided_values() -> list[str]:
    """List the values of ``decided``, the most telling first."""
    return [row["decided"] for row in load_table(__package__, "decided", ("decided",))]


def _decided(decided: str) -> dict[str, str]:
    return {row["decided"]: row for row in load_table(__package__, "decided", ("decided",))}[decided]


def _by_language(row: Mapping[str, str], text: str) -> Mapping[str, str]:
    return {language: row[f"{text}_{language}"] for language in LANGUAGES}


def _title(row: Mapping[str, str], language: str) -> str:
    """Write ``Supplier: Country/Name is stated``; in Spanish the element has its meaning."""
    asks = {one["asks"]: one[language] for one in load_table(__package__, "asks", ("asks",), LANGUAGES)}
    said = asks[row["asks"]].format(element=_element(row["element"], language))
    group = group_name(row["group"], language)
    return f"{group[:1].upper()}{group[1:]}: {said}"


def _element(xpath: str, language: str) -> str:
    place = Place("", xpath=xpath)
    around = xpath.rpartition("/")[0].rpartition("/")[2].rpartition(":")[2]
    name = element_name(place)
    shown = name.lstrip("/") if "/" in name or not around else f"{around}/{name}"
    meant = meaning(place) if language == "es" else None
    return f"{shown} ({meant})" if meant else shown
