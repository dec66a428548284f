"""Find a country's regime: an entry point in the group ``cuadre.regimes``, named by its ISO 3166 code."""

from difflib import get_close_matches
from functools import cache

from cuadre.engine.errors import DefinitionError, UnknownNameError
from cuadre.engine.plugins import load_plugin, plugins
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.texts import say

GROUP = "cuadre.regimes"


@cache
def find_regime(country: str) -> Regime:
    """Load a country's regime.

    Raises UnknownNameError where there is none; its ``detail["near"]`` has the countries that there are.
    Raises DefinitionError, naming the plugin, where it is no regime or is that of another country.
    """
    known = plugins(GROUP)
    if country not in known:
        sentence: str = say("cuadre.engine:no_regime", country=country, known=", ".join(known))
        raise UnknownNameError(sentence, near=get_close_matches(country, known) or list(known))
    regime = load_plugin(GROUP, country)
    if not isinstance(regime, Regime) or regime.country != country:
        sentence = f"{GROUP}: the plugin {country!r} is not a Regime of that country"
        raise DefinitionError(sentence, group=GROUP, plugin=country)
    return regime
