"""The arithmetic of a country, as data and small functions: one folder a country, named by its ISO code."""

from functools import cache
from importlib import import_module

from cuadre.engine.errors import UnknownNameError
from cuadre.engine.regimes.regime import Regime


@cache
def find_regime(country: str) -> Regime:
    """Load a country's regime: ``co/__init__.py`` has ``CO``. Raises UnknownNameError where there is none."""
    name = f"cuadre.engine.regimes.{country.lower()}"
    try:
        regime = getattr(import_module(name), country.upper(), None)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        regime = None
    if not isinstance(regime, Regime):
        sentence = f"there is no regime for the country {country!r}"
        raise UnknownNameError(sentence, near=[])
    return regime
