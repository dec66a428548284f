"""Amounts for people, in the way of their country; never for documents, and never read back."""

from collections.abc import Callable
from decimal import Decimal, localcontext

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from cuadre.engine.decimals import ROUNDING
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.texts import say


def find_locale(name: str) -> Locale:
    """Find a locale such as ``es_CO``; raise UnknownNameError where babel knows none of that name."""
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        sentence = say("cuadre:no_locale", name=name)
        raise UnknownNameError(sentence, near=["es_CO", "es_EC"]) from None


def localised(value: Decimal, locale: Locale) -> str:
    """Write an amount with all its decimals and the locale's separators: 1.234.567,90 in es_CO."""
    places = max(0, -int(value.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    # babel quantises in the current context, whose 28 digits may be too few.
    with localcontext(ROUNDING):
        return format_decimal(value, format=pattern, locale=locale)


def country_writer(language: str, country: str) -> Callable[[Decimal], str]:
    """Choose how amounts are written in a language for people of a country (ISO 3166), with all decimals.

    A country that babel does not know is written as the language is.
    """
    try:
        locale = Locale.parse(f"{language}_{country}")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language)
    # babel takes a hundred times as long for an amount as to put its separators in.
    signs = str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "-": "−"})
    return lambda value: f"{value:,f}".translate(signs)
