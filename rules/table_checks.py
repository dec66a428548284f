"""Checks that are rows of a table: a field is present, in a list, within a limit, equal to a value."""

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import AmountError, DefinitionError
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say
from cuadre.rules.rule import Check, Context, Fault


def table_check(package: str, row: dict[str, str]) -> Check:
    """Make the check of a row of checks.csv; raise DefinitionError where it has an unknown ``test``."""
    make, file, rule = _TESTS.get(row["test"]), f"{package}/checks.csv", row["rule"]
    if make is None:
        sentence = say("cuadre.rules:unknown_test", file=file, rule=rule, test=row["test"])
        raise DefinitionError(sentence, rule=rule)
    try:
        return make(package, row["field"], row["value"])
    except AmountError:
        sentence = say("cuadre.rules:no_limit", file=file, rule=rule, value=row["value"])
        raise DefinitionError(sentence, rule=rule, value=row["value"]) from None


def _present(package: str, field: str, value: str) -> Check:
    del package, value
    get = attrgetter(field)

    def present(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        return None if found or isinstance(found, Decimal) else Fault(field, "missing")

    return present


def _one_of(package: str, field: str, value: str) -> Check:
    get = attrgetter(field)
    codes, shown = _codes(package, value)

    def one_of(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        if not found or found in codes:
            return None
        return Fault(field, "not_in_list", stated=found, detail=shown)

    return one_of


def _codes(package: str, value: str) -> tuple[frozenset[str], str]:
    """Read ``19 5 0`` as codes, and ``units:code`` or ``other.package/taxes:id`` as a column of a table."""
    table, _, column = value.partition(":")
    if not column:
        return frozenset(value.split(" ")), value.replace(" ", ", ")
    folder, _, name = table.rpartition("/")
    rows = load_table(folder or f"{package}.tables", name, (column,))
    return frozenset(row[column] for row in rows), name


def _at_most(package: str, field: str, value: str) -> Check:
    del package
    get = attrgetter(field)
    limit = parse_amount(value)

    def at_most(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        return Fault(field, "above", found, limit) if found is not None and found > limit else None

    return at_most


def _at_least(package: str, field: str, value: str) -> Check:
    del package
    get = attrgetter(field)
    limit = parse_amount(value)

    def at_least(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        return Fault(field, "below", found, limit) if found is not None and found < limit else None

    return at_least


def _equals(package: str, field: str, value: str) -> Check:
    del package
    get = attrgetter(field)
    wanted = parse_amount(value)

    def equals(part: object, context: Context) -> Fault | None:
        del context
        found = get(part)
        if found is None:
            return Fault(field, "missing", expected=wanted)
        return Fault(field, "not_equal", found, wanted) if found != wanted else None

    return equals


_TESTS: dict[str, Callable[[str, str, str], Check]] = {
    "present": _present,
    "one_of": _one_of,
    "at_most": _at_most,
    "at_least": _at_least,
    "equals": _equals,
}
