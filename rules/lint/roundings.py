"""Cents: figures that agree under another rounding, or when rounded, and those that none explains."""

from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.figures import Figure
from cuadre.engine.rounding import MODES, Rounding, policies
from cuadre.engine.texts import say
from cuadre.rules.registration import explainer
from cuadre.rules.rule import Context, Fault

_CENTS = 2
_TENS = Decimal(10)


@explainer("CUA103")
def other_rounding(figure: Figure, context: Context) -> Fault | None:
    """A figure is not what the regime's rounding gives, and exactly what another one gives."""
    del context
    stated = figure.stated
    if stated is None or figure.is_stated:
        return None
    for mode, to, value in _candidates(figure):
        if value == stated:
            name = say(f"cuadre.rules.lint:{to}", mode=mode)
            return Fault(
                figure.path, "other_rounding", stated, figure.value, detail=name, formula=figure.computation
            )
    return None


@explainer("CUA105")
def tolerated_difference(figure: Figure, context: Context) -> Fault | None:
    """A figure is a little off, within the authority's tolerance, and no rounding explains it."""
    stated = figure.stated
    if stated is None or figure.is_stated or other_rounding(figure, context) is not None:
        return None
    tolerance = context.totals.regime.tolerance(figure)
    if not tolerance.agrees(stated, figure.exact):
        return None
    return Fault(
        figure.path, "tolerated", stated, figure.value, detail=tolerance.name, formula=figure.computation
    )


@explainer("CUA109")
def rounded_sum(figure: Figure, context: Context) -> Fault | None:
    """A sum of finer amounts agrees when it is rounded, and under another rounding it would not."""
    del context
    stated = figure.stated
    if stated is None or figure.is_product or stated == figure.exact or not figure.is_stated:
        return None
    terms = _terms(figure)
    for policy in policies(_CENTS):
        total = policy.total(terms)
        if total != stated:
            name = say(f"cuadre.rules.lint:per_{policy.per}", mode=policy.rounding.mode)
            other = say("cuadre.rules.lint:policy_total", policy=name, total=total)
            return Fault(figure.path, "rounded_sum", stated, figure.exact, other, figure.computation)
    return None


def _candidates(figure: Figure) -> Iterator[tuple[str, str, Decimal]]:
    """What each policy makes of a figure: a product rounded, a sum rounded term by term too.

    Gives the mode, the row of texts.csv that says to what it rounds, and the result.
    """
    for mode in MODES:
        yield mode, "to_cents", Rounding(mode, _CENTS)(figure.exact)
    if figure.is_product:
        for mode in MODES:
            yield mode, "to_units", Rounding(mode, 0)(figure.exact)
        tens = Rounding("half_up", 0)(figure.exact / _TENS) * _TENS
        yield "half_up", "to_tens", tens
    else:
        terms = _terms(figure)
        for policy in policies(_CENTS):
            yield policy.rounding.mode, f"per_{policy.per}", policy.total(terms)


def _terms(figure: Figure) -> list[Decimal]:
    return [value if sign == "+" else -value for sign, _, value in figure.computation.addends]
