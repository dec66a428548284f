"""Write a figure as the document wrote the old one: the same decimals, with the white space around it."""

import re
from decimal import Decimal

from cuadre.engine.decimals import EXACT

_FIGURE = re.compile(r"(\s*)([+-]?(?:[0-9]+(?:\.([0-9]*))?|\.([0-9]+)))(\s*)", re.ASCII)
_CENTS = 2


def rewritten(old: str, stated: Decimal, value: Decimal) -> str | None:
    """Return the text ``old`` with ``value`` in place of its figure, which must be ``stated``.

    The old number of decimals stays where it is enough for ``value``. None where ``old`` is more than
    plain digits, such as a number with an exponent, or is another figure.

    >>> rewritten(" 129.00 ", Decimal("129"), Decimal("109.5"))
    ' 109.50 '
    >>> rewritten("129", Decimal("129"), Decimal("109.00"))
    '109'
    """
    found = _FIGURE.fullmatch(old)
    if found is None or Decimal(found[2]) != stated:
        return None
    places = len(found[3] or found[4] or "")
    return found[1] + _written(value, places) + found[5]


def _written(value: Decimal, places: int) -> str:
    exponent = value.normalize(EXACT).as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    if needed > places:
        places = max(needed, _CENTS)
    return f"{value.quantize(Decimal(1).scaleb(-places), context=EXACT):f}"
