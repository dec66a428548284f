"""Find rule packs: packages named by entry points in the group ``cuadre.rules``, and those that are added."""

from collections.abc import Collection, Sequence
from functools import cache
from types import ModuleType

from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.document import DocumentKind
from cuadre.engine.plugins import load_plugin, plugins
from cuadre.engine.texts import say
from cuadre.rules.pack import Pack, Plan, load_pack, merge
from cuadre.rules.rule import Rule

GROUP = "cuadre.rules"


_ADDED: list[Pack] = []


def packs(country: str | None = None) -> tuple[Pack, ...]:
    """Load the packs that judge a country's documents (ISO 3166), or all packs.

    A country's own packs come first. Raises DefinitionError, naming the plugin, where one is no package,
    or where two packs have the same code for one kind of document.
    """
    return _packs(country, tuple(_ADDED))


def add(pack: Pack) -> None:
    """Add a pack that no entry point names; it judges every document that is checked from now on.

    Raises DefinitionError, and adds nothing, where another pack has one of its codes, or judges one of its
    figures in a country.
    """
    added = (*_ADDED, pack)
    for country in {country for one in _packs(None, added) for country in one.countries}:
        for kind in DocumentKind:
            merge([one.plan(kind.value) for one in _packs(country, added)])
    _ADDED.append(pack)


@cache
def _packs(country: str | None, added: tuple[Pack, ...]) -> tuple[Pack, ...]:
    found = []
    for name in plugins(GROUP):
        package = _package(name)
        if _judges(country, getattr(package, "COUNTRIES", ())):
            found.append(_loaded(package.__name__, name))
    found += [pack for pack in added if _judges(country, pack.countries)]
    _require_distinct(found)
    return tuple(sorted(found, key=lambda pack: not pack.countries))


def _judges(country: str | None, countries: Collection[str]) -> bool:
    return country is None or not countries or country in countries


def _loaded(package: str, name: str) -> Pack:
    try:
        return load_pack(package, name)
    except DefinitionError as error:
        sentence = f"the pack {name!r}: {error}"
        raise DefinitionError(sentence, group=GROUP, plugin=name, **error.detail) from None


def _package(name: str) -> ModuleType:
    package = load_plugin(GROUP, name)
    if not isinstance(package, ModuleType) or not hasattr(package, "__path__"):
        sentence = f"{GROUP}: the plugin {name!r} is no package of rules"
        raise DefinitionError(sentence, group=GROUP, plugin=name)
    return package


def _require_distinct(found: Sequence[Pack]) -> None:
    owners: dict[tuple[str, str], str] = {}
    for pack in found:
        for rule in pack.rules:
            owner = owners.setdefault((rule.code, rule.kind), pack.name)
            if owner != pack.name:
                sentence = say("cuadre.rules:code_twice", code=rule.code, one=owner, other=pack.name)
                raise DefinitionError(sentence, group=GROUP, plugin=pack.name, rule=rule.code)


def plan_of(country: str, kind: str) -> Plan:
    """Return what there is to check in a kind of document of a country."""
    return _plan(packs(country), kind)


@cache
def _plan(found: tuple[Pack, ...], kind: str) -> Plan:
    return merge([pack.plan(kind) for pack in found])


@cache
def has_rules(country: str, kind: str, group: str | None = None) -> bool:
    """Tell whether the country's own rules, or those of a group, are known for a kind of document.

    A pack that was added is not asked: it comes beside the rules of an authority, and never instead.
    """
    rules: list[Rule] = [
        rule for pack in _packs(country, ()) if pack.countries for rule in pack.plan(kind).rules.values()
    ]
    return any(group in {None, rule.group} for rule in rules)
