"""Tests of checks.csv about texts: their form, their length, their check digit, what a code is called."""

import re
from functools import lru_cache
from operator import attrgetter

from cuadre.engine.errors import DefinitionError
from cuadre.engine.regimes.co.nit import NitError, calc_check_digit
from cuadre.engine.texts import say
from cuadre.rules.code_lists import code_list, folded, pairs, table_of
from cuadre.rules.rule import Check, Context, Fault


def pattern(package: str, field: str, value: str) -> Check:
    """A text has a form: a regular expression, then a colon and an example that a person is shown."""
    del package
    written, _, example = value.rpartition(":")
    try:
        whole = re.compile(written)
    except re.error as error:
        raise DefinitionError(say("cuadre.rules:no_pattern", value=written, error=error)) from None
    get = attrgetter(field)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        return (
            None if found is None or whole.fullmatch(found) else Fault(field, "form", found, detail=example)
        )

    return judge


_digit = lru_cache(1024)(calc_check_digit)
"""The parties of one document have the same NIT several times, and those of one issuer the same for ever."""


def nit_digit(package: str, field: str, value: str) -> Check:
    """The check digit of the NIT that ``value`` names; a number that is no NIT is for other rules."""
    del package
    get, number = attrgetter(field), attrgetter(value)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        stated, nit = get(part), number(part)
        try:
            digit = _digit(nit or "")
        except NitError:
            return None
        return None if stated == digit else Fault(field, "not_equal" if stated else "missing", stated, digit)

    return judge


def paired(package: str, field: str, value: str) -> Check:
    """What a code is called in a table: ``municipalities:code=id:name``.

    Case and accents do not count, nor does the rest of a longer name.
    """
    table, _, columns = value.partition(":")
    key, _, name = columns.partition(":")
    column, _, code_field = key.partition("=")
    place, file = table_of(package, table)
    get, code = attrgetter(field), attrgetter(code_field)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        expected = pairs(place, file, column, name).get(code(part) or "")
        if not found or expected is None or _same(folded(found), folded(expected)):
            return None
        return Fault(field, "not_equal", found, expected)

    return judge


def _same(one: str, other: str) -> bool:
    """Tell whether two names mean one place: Cali is Santiago de Cali, and Bogotá D.C. is Bogotá."""
    return bool(one) and (one in other or other in one)


def each_of(package: str, field: str, value: str) -> Check:
    """Each of several codes, with semicolons between them, is in a list."""
    codes = code_list(package, value)
    get = attrgetter(field)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        if not found:
            return None
        wrong = next((one for one in found.replace(" ", "").split(";") if one not in codes.members), None)
        return None if wrong is None else Fault(field, "not_in_list", wrong or found, detail=codes.shown)

    return judge
