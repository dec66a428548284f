"""Which rules there are: those of every pack, and those of providers that remark on their own payloads."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from cuadre.engine.errors import UnknownNameError
from cuadre.engine.plugins import plugins
from cuadre.engine.texts import say
from cuadre.rules.catalogue import load_catalogue
from cuadre.rules.pack import Pack
from cuadre.rules.registry import GROUP as RULES
from cuadre.rules.registry import packs
from cuadre.rules.rule import Rule
from cuadre.senders.contract import GROUP


def pack_rules() -> tuple[Rule, ...]:
    """List the rules of every pack."""
    return tuple([rule for pack in packs() for rule in pack.rules])


def all_rules() -> tuple[Rule, ...]:
    """List the rules of every pack, and those of providers that keep ``codes.csv`` beside their code."""
    return (*pack_rules(), *provider_rules())


@cache
def provider_rules() -> tuple[Rule, ...]:
    """List the rules of providers that keep ``codes.csv`` beside their code."""
    found: list[Rule] = []
    for package in sorted({point.module for point in plugins(GROUP).values()}):
        if _has_codes(package):
            found.extend(load_catalogue(package, package.rpartition(".")[2])[1])
    return tuple(found)


def rules_by_code() -> Mapping[str, Rule]:
    """Map each code to its rule."""
    return _by_code(packs())


@cache
def _by_code(known: tuple[Pack, ...]) -> Mapping[str, Rule]:
    """Map once for the packs that there are now: a folder may bring one more."""
    rules = [rule for pack in known for rule in pack.rules]
    return {rule.code: rule for rule in (*rules, *provider_rules())}


def find_rules(name: str) -> list[Rule]:
    """Find every code of a rule, by one of them or by the rule: FAU14 and AU14 are the same.

    The list is empty where there is none.
    """
    rules = all_rules()
    wanted = name.lower()
    found = [rule for rule in rules if wanted in {rule.code.lower(), rule.rule.lower()}]
    return [rule for rule in rules if rule.rule == found[0].rule] if found else []


def rules_named(name: str) -> list[Rule]:
    """Find the same; raise UnknownNameError, with the nearest codes, where there is none."""
    found = find_rules(name)
    if not found:
        raise unknown_code(name, [rule.code for rule in all_rules()])
    return found


def unknown_code(name: str, codes: Iterable[str]) -> UnknownNameError:
    """Make the error for a code that is none of ``codes``, with the nearest of them."""
    near = get_close_matches(name.upper(), set(codes), n=3)
    sentence = say("cuadre:no_rule", code=name)
    if near:
        sentence = say("cuadre:did_you_mean", sentence=sentence, near=tuple(near))
    return UnknownNameError(sentence, near=near)


@cache
def is_ours(pack: str) -> bool:
    """Tell whether a pack is one of cuadre's own, and not of another distribution or a folder."""
    point = plugins(RULES).get(pack)
    return point is not None and point.module.startswith("cuadre.")


def _has_codes(package: str) -> bool:
    """Tell whether a provider is a package with codes of its own; it may be a single module, too."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        return False
    return files(package).joinpath("codes.csv").is_file()
