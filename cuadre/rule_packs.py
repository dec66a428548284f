"""Which rules there are: each folder of rules/ is a pack, named by its country; ``lint`` is everybody's."""

import pkgutil
from functools import cache
from importlib.resources import files

from cuadre import rules
from cuadre.rules.pack import Pack, load_catalogue, load_pack
from cuadre.rules.rule import Rule
from cuadre.senders.contract import GROUP

LINT = "lint"


@cache
def packs(country: str | None = None) -> tuple[Pack, ...]:
    """Load the packs that hold in a country (ISO 3166), or all of them, once."""
    folders = [module.name for module in pkgutil.iter_modules(rules.__path__) if module.ispkg]
    wanted = folders if country is None else [country.lower(), LINT]
    return tuple([load_pack(f"cuadre.rules.{name}") for name in wanted if name in folders])


@cache
def pack_rules() -> tuple[Rule, ...]:
    """List the rules of every pack."""
    return tuple([rule for pack in packs() for rule in pack.rules])


@cache
def all_rules() -> tuple[Rule, ...]:
    """List the rules of every pack, and those of providers that keep ``codes.csv`` beside their code."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and only a list of all rules needs it

    found = list(pack_rules())
    for package in sorted({entry.module for entry in entry_points(group=GROUP)}):
        if files(package).joinpath("codes.csv").is_file():
            found.extend(load_catalogue(package)[1])
    return tuple(found)


@cache
def has_rules(country: str, kind: str, group: str | None = None) -> bool:
    """Tell whether the authority's own rules, or those of a group, are known for a kind of document."""
    return any(
        group in {None, rule.group}
        for pack in packs(country)
        if pack.name != LINT
        for rule in pack.plan(kind).rules.values()
    )
