"""Checks that are rows of a table: what is tested, where, and when."""

from collections.abc import Callable

from cuadre.engine.errors import AmountError, DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.texts import say
from cuadre.rules import text_tests, value_tests
from cuadre.rules.conditions import condition
from cuadre.rules.rule import Check, Context, FaultsOf


def table_check(package: str, row: dict[str, str], part: type[Aggregate]) -> Check:
    """Make the check of a row of checks.csv, which is about parts of a type.

    Raises DefinitionError, naming the rule, for an unknown ``test``, or a ``value`` or ``when`` that the
    test cannot take.
    """
    make, file, rule = _TESTS.get(row["test"]), f"{package}/checks.csv", row["rule"]
    if make is None:
        sentence = say("cuadre.rules:unknown_test", file=file, rule=rule, test=row["test"])
        raise DefinitionError(sentence, rule=rule)
    try:
        check = make(package, row["field"], row["value"])
        return _where(row.get("when") or "", check, part)
    except AmountError:
        sentence = say("cuadre.rules:no_limit", file=file, rule=rule, value=row["value"])
        raise DefinitionError(sentence, rule=rule, value=row["value"]) from None
    except DefinitionError as error:
        sentence = say("cuadre.rules:of_rule", package=file, rule=rule, fault=error)
        raise DefinitionError(sentence, rule=rule, **error.detail) from None


def _where(written: str, check: Check, part: type[Aggregate]) -> Check:
    if not written:
        return check
    holds = condition(written, part)

    def judge(found: object, context: Context) -> FaultsOf:
        # Most parts break no rule, so that the condition is seldom asked.
        fault = check(found, context)
        return fault if fault is not None and holds(found, context) else None

    return judge


_TESTS: dict[str, Callable[[str, str, str], Check]] = {
    "present": value_tests.present,
    "one_of": value_tests.one_of,
    "at_most": value_tests.at_most,
    "at_least": value_tests.at_least,
    "equals": value_tests.equals,
    "pattern": text_tests.pattern,
    "nit_digit": text_tests.nit_digit,
    "paired": text_tests.paired,
    "each_of": text_tests.each_of,
}
