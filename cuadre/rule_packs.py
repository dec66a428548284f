"""Which rules there are: those of every pack, and those of providers that remark on their own payloads."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from cuadre.engine.plugins import plugins
from cuadre.rules.catalogue import load_catalogue
from cuadre.rules.registry import packs
from cuadre.rules.rule import Rule
from cuadre.senders.contract import GROUP


@cache
def pack_rules() -> tuple[Rule, ...]:
    """List the rules of every pack."""
    return tuple([rule for pack in packs() for rule in pack.rules])


@cache
def all_rules() -> tuple[Rule, ...]:
    """List the rules of every pack, and those of providers that keep ``codes.csv`` beside their code."""
    found = list(pack_rules())
    for package in sorted({point.module for point in plugins(GROUP).values()}):
        if _has_codes(package):
            found.extend(load_catalogue(package, package.rpartition(".")[2])[1])
    return tuple(found)


@cache
def rules_by_code() -> Mapping[str, Rule]:
    """Map each code to its rule."""
    return {rule.code: rule for rule in all_rules()}


def _has_codes(package: str) -> bool:
    """Tell whether a provider is a package with codes of its own; it may be a single module, too."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        return False
    return files(package).joinpath("codes.csv").is_file()
