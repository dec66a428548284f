"""The arithmetic of the utilities' tree (``spd_extensions``), which no rule of DIAN looks at."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

from cuadre.engine.computation import Computation, Sign
from cuadre.engine.decimals import EXACT, ROUNDING
from cuadre.engine.model.scalars import Path
from cuadre.senders.contract import PayloadError
from cuadre.senders.emision.spellings import member
from cuadre.senders.payloads.payload import Steps
from cuadre.senders.payloads.reading import PayloadValue

_CENT = Decimal("0.01")
_DECIMALS = 6
_THOUSAND = 3
_DAY = dt.timedelta(days=1)


class Identity(NamedTuple):
    """A figure of the tree that others give, whether it agrees with them or not.

    The computed value is the formula's × 10^``shift`` ÷ ``divisor``. Paths are steps in the body.
    """

    code: str
    steps: Steps
    stated: Decimal
    formula: Computation
    computed: Decimal
    holds: bool
    shift: int = 0
    divisor: int = 1
    dates: str = ""
    """The formula with its dates, where those are what enters it: they are no amounts."""
    fault: str | None = None
    """Why it could not be examined: one of its figures is no figure."""

    @property
    def difference(self) -> Decimal:
        """Stated minus computed: positive is too much."""
        return EXACT.subtract(self.stated, self.computed)

    @property
    def expression(self) -> str:
        """Write the formula with its numbers, or with its dates."""
        if self.dates:
            return self.dates
        text = self.formula.expression()
        return text if self.divisor == 1 else f"({text}) / {self.divisor}"


def examine(body: PayloadValue) -> list[Identity]:
    """Examine every consumption of every subscriber, and what they come to.

    CUA201 value = quantity × price; CUA202 payable = value + debits − credits; CUA203 quantity = readings'
    difference, in units or thousands; CUA204 average of the history; CUA205 the document's amount to pay
    = sum of the consumptions of the issuer itself; CUA206 days of a period. What lacks a figure is not
    examined; what has a value that is no figure has a ``fault``.
    """
    with localcontext(EXACT):
        return list(_examine(body))


def _examine(body: PayloadValue) -> Iterator[Identity]:
    for section in _sections(body, "spd_extensions"):
        for part in _below(section, _PARTIAL):
            for code, check in _OF_PARTS:
                yield from _guarded(code, part, check)
        for history in _below(section, "consumption_histories"):
            yield from _guarded("CUA204", history, _average)
            for month in _below(history, "consum_months", "period"):
                yield from _guarded("CUA206", month, _days_of_month)
    yield from _guarded("CUA205", body, _sum_of_consumptions)


_PARTIAL = "spd_debit_partial_consumptions"


def _sections(node: PayloadValue, *names: str) -> Iterator[PayloadValue]:
    """Find the sections of the consumptions of extensions: beside the subscribers, or inside them."""
    for extension in _below(node, *names):
        yield from _below(extension, "subscriber_consumptions", "consumption_sections")
        yield from _below(extension, "subscriber_parties", "subscriber_consumptions", "consumption_sections")


def _below(node: PayloadValue, *names: str) -> Iterator[PayloadValue]:
    """Walk down by names: every member of a list, or the object instead of it."""
    if not names:
        yield node
        return
    found = member(node, names[0]) if isinstance(node.value, dict) else None
    if found is not None and isinstance(found.value, (dict, list)):
        for part in found.items():
            yield from _below(part, *names[1:])


_Check = Callable[[PayloadValue], Iterable[Identity]]


def _guarded(code: str, node: PayloadValue, check: _Check) -> Iterator[Identity]:
    try:
        yield from (found._replace(code=code) for found in check(node))
    except PayloadError as error:
        zero = Decimal(0)
        yield Identity(code, node.steps, zero, Computation(""), zero, holds=False, fault=str(error))


def _at(node: PayloadValue | None, *names: str) -> PayloadValue | None:
    for name in names:
        node = member(node, name) if node is not None and isinstance(node.value, dict) else None
    return node


def _value(part: PayloadValue) -> Iterable[Identity]:
    stated = _at(part, "consumption_price", "partial_line_extension_amount")
    quantity, price = (
        _at(part, "consumption_price", "quantity"),
        _at(part, "unstructured_price", "price_amount"),
    )
    if stated is None or quantity is None or price is None:
        return
    factors = [(found.steps, found.amount()) for found in (quantity, price)]
    yield _money(stated, Computation("Quantity × PriceAmount", factors))


def _payable(part: PayloadValue) -> Iterable[Identity]:
    stated, value = (
        _at(part, "consumption_payable_amount"),
        _at(part, "consumption_price", "partial_line_extension_amount"),
    )
    if stated is None or value is None:
        return
    addends: list[tuple[Sign, Path, Decimal]] = [("+", value.steps, value.amount())]
    groups: tuple[tuple[Sign, str], ...] = (("+", "item_debit_charges"), ("-", "item_credit_discounts"))
    for sign, name in groups:
        amounts = [found for item in _below(part, name) if (found := _at(item, "amount"))]
        addends += [(sign, amount.steps, amount.amount()) for amount in amounts]
    text = "PartialLineExtensionAmount + Σ ItemDebitCharges − Σ ItemCreditDiscounts"
    yield _money(stated, Computation(text, addends=addends))


def _reading(part: PayloadValue) -> Iterable[Identity]:
    stated = _at(part, "total_metered_quantity") or _at(part, "consumption_price", "quantity")
    latest, previous = (
        _at(part, "utility_meter", f"{which}_meter_quantity") for which in ("latest", "previous")
    )
    if stated is None or latest is None or previous is None:
        return
    quantity = stated.amount()
    addends: list[tuple[Sign, Path, Decimal]] = [
        ("+", latest.steps, latest.amount()),
        ("-", previous.steps, previous.amount()),
    ]
    formula = Computation("LatestMeterQuantity − PreviousMeterQuantity", addends=addends)
    exact = formula.exact()
    # Some meters count in thousands of the unit that is sold, and a body does not say which do.
    shift = _THOUSAND if quantity != exact and quantity == exact.scaleb(_THOUSAND) else 0
    computed = exact.scaleb(shift)
    yield Identity("", stated.steps, quantity, formula, computed, quantity == computed, shift)


def _average(history: PayloadValue) -> Iterable[Identity]:
    stated = _at(history, "consum_average", "consumption_average")
    months = [
        found
        for month in _below(history, "consum_months")
        if (found := _at(month, "total_invoiced_quantity"))
    ]
    if stated is None or not months:
        return
    addends: list[tuple[Sign, Path, Decimal]] = [("+", month.steps, month.amount()) for month in months]
    formula = Computation("Σ TotalInvoicedQuantity / months", addends=addends)
    average, exact = stated.amount(), formula.exact()
    mean = ROUNDING.divide(exact, Decimal(len(months)))
    # An average is written with as many decimals as the company likes.
    holds = _rounded(mean, -int(average.as_tuple().exponent)) == average
    yield Identity("", stated.steps, average, formula, _rounded(mean, _DECIMALS), holds, divisor=len(months))


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, ROUNDING)


def _sum_of_consumptions(body: PayloadValue) -> Iterable[Identity]:
    stated = _at(body, "legal_monetary_totals", "payable_amount")
    addends: list[tuple[Sign, Path, Decimal]] = []
    for extension in _below(body, "spd_extensions"):
        of_another = _at(extension, "other_company")
        if of_another is None or not of_another.flag():
            amounts = [
                found
                for section in _sections(extension)
                for part in _below(section, _PARTIAL)
                if (found := _at(part, "consumption_payable_amount"))
            ]
            addends += [("+", amount.steps, amount.amount()) for amount in amounts]
    if stated is not None and addends:
        yield _money(stated, Computation("Σ ConsumptionPayableAmount", addends=addends))


def _days_of_month(period: PayloadValue) -> Iterable[Identity]:
    start, end, stated = (_at(period, name) for name in ("start_date", "end_date", "duration_measure"))
    if start is not None and end is not None and stated is not None:
        yield _days(stated, start.date(), end.date(), both=True)


def _days_between_readings(part: PayloadValue) -> Iterable[Identity]:
    meter = _at(part, "utility_meter")
    dates = [_at(meter, f"{which}_meter_reading_date") for which in ("previous", "latest")]
    start, end, stated = *dates, _at(meter, "duration_measure")
    if start is not None and end is not None and stated is not None:
        yield _days(stated, start.date(), end.date(), both=False)


def _days(stated: PayloadValue, start: dt.date, end: dt.date, *, both: bool) -> Identity:
    """Count the days of a period: a month has its first and its last, between two readings lies one less."""
    count = Decimal((end - start) // _DAY + both)
    more = " + 1" if both else ""
    formula, dates = Computation(f"EndDate − StartDate{more}"), f"{end} − {start}{more}"
    amount = stated.amount()
    return Identity("", stated.steps, amount, formula, count, amount == count, dates=dates)


def _money(stated: PayloadValue, formula: Computation) -> Identity:
    amount, computed = stated.amount(), formula.exact()
    return Identity("", stated.steps, amount, formula, computed, abs(amount - computed) <= _CENT)


_OF_PARTS: tuple[tuple[str, _Check], ...] = (
    ("CUA201", _value),
    ("CUA202", _payable),
    ("CUA203", _reading),
    ("CUA206", _days_between_readings),
)
