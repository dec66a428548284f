"""Tests of checks.csv about a value alone: it is present, in a list, within a limit, equal to a number."""

from decimal import Decimal
from operator import attrgetter

from cuadre.engine.amounts import parse_amount
from cuadre.rules.code_lists import code_list
from cuadre.rules.rule import Check, Context, Fault


def present(package: str, field: str, value: str) -> Check:
    """It is stated; zero is."""
    del package, value
    get = attrgetter(field)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        return None if found or isinstance(found, Decimal) else Fault(field, "missing")

    return judge


def one_of(package: str, field: str, value: str) -> Check:
    """What is stated is in a list: ``19 5 0``, or ``units:code``, a column of a table."""
    get = attrgetter(field)
    codes = code_list(package, value)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        if not found or found in codes.members:
            return None
        return Fault(field, "not_in_list", stated=found, detail=codes.shown)

    return judge


def at_most(package: str, field: str, value: str) -> Check:
    """An amount is within a limit."""
    del package
    get = attrgetter(field)
    limit = parse_amount(value)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        return Fault(field, "above", found, limit) if found is not None and found > limit else None

    return judge


def at_least(package: str, field: str, value: str) -> Check:
    """An amount is not below a limit."""
    del package
    get = attrgetter(field)
    limit = parse_amount(value)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        return Fault(field, "below", found, limit) if found is not None and found < limit else None

    return judge


def equals(package: str, field: str, value: str) -> Check:
    """An amount is stated, and is this one."""
    del package
    get = attrgetter(field)
    wanted = parse_amount(value)

    def judge(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        if found is None:
            return Fault(field, "missing", expected=wanted)
        return Fault(field, "not_equal", found, wanted) if found != wanted else None

    return judge
