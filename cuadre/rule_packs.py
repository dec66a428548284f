"""Which rule packs there are: each folder of rules/ is one, named by its country; ``lint`` is everybody's."""

import pkgutil
from functools import cache

from cuadre import rules
from cuadre.rules.pack import Pack, load_pack

LINT = "lint"


@cache
def packs(country: str | None = None) -> tuple[Pack, ...]:
    """Load the packs that hold in a country (ISO 3166), or all of them, once."""
    folders = [module.name for module in pkgutil.iter_modules(rules.__path__) if module.ispkg]
    wanted = folders if country is None else [country.lower(), LINT]
    return tuple([load_pack(f"cuadre.rules.{name}") for name in wanted if name in folders])


def has_rules(country: str, kind: str) -> bool:
    """Tell whether the authority's own rules are known for a kind of document."""
    return any(pack.plan(kind).rules for pack in packs(country) if pack.name != LINT)
