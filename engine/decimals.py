"""The two decimal contexts of the engine: one that may not lose a digit and one that rounds."""

from decimal import Context, DivisionByZero, FloatOperation, Inexact, InvalidOperation, Overflow

# Amounts have at most 30 digits (amounts.py); a product of three factors has 90, and a sum of ten
# million of those has 97. Precision is nearly free in libmpdec, so there is room to spare.
_PRECISION = 120
_EXPONENT = 150
_TRAPS = [InvalidOperation, DivisionByZero, Overflow, FloatOperation]

EXACT = Context(prec=_PRECISION, Emax=_EXPONENT, Emin=-_EXPONENT, traps=[*_TRAPS, Inexact])
"""Adds and multiplies; raises ``decimal.Inexact`` rather than lose a digit."""

ROUNDING = Context(prec=_PRECISION, Emax=_EXPONENT, Emin=-_EXPONENT, traps=_TRAPS)
"""The only context in which digits are dropped, and only through ``quantize``."""
