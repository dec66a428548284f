"""The value of a line: price × quantity or × BaseQuantity, discounts and charges."""

from typing import Any

import pytest

from cuadre.engine.model.document import Line, Price

from .building import charge, discount, document, figure, line

VALUE = "lines[0].line_extension_amount"


def based(price: str, quantity: str | None, base: str | None, value: str | None) -> Line:
    """Make a line whose price has a BaseQuantity."""
    return Line(
        price=Price(price_amount=price, base_quantity=base),
        quantity=quantity,
        line_extension_amount=value,
    )


@pytest.mark.parametrize(
    ("made", "factors", "value"),
    [
        (based("100000.00", "10", "1", "1000000.00"), ["price_amount", "quantity"], "1000000.00"),
        (based("100000.00", "10", "1", "100000.00"), ["price_amount", "base_quantity"], "100000.00"),
        (based("100000.00", "10", "10", "1000000.00"), ["price_amount", "quantity"], "1000000.00"),
        (based("100000.00", "10", "10.000000", "7"), ["price_amount", "quantity"], "1000000.00"),
        (based("100.00", "10", "3", "303.00"), ["price_amount", "base_quantity"], "300.00"),
        (based("100.00", "10", "3", "1001.00"), ["price_amount", "quantity"], "1000.00"),
        (based("100.00", None, "3", "1.00"), ["price_amount", "base_quantity"], "300.00"),
        (based("0.333333", "3", None, None), ["price_amount", "quantity"], "1.00"),
        (based("0.335", "1", None, "0.34"), ["price_amount", "quantity"], "0.34"),
    ],
)
def test_price_and_quantity(made: Line, factors: list[str], value: str) -> None:
    """BaseQuantity multiplies and never divides; the product that the stated value follows is taken."""
    one = figure(document(made), VALUE)
    assert [path[-1] for path, _ in one.computation.factors] == factors
    assert str(one.value) == value


def test_discounts_and_charges() -> None:
    """Discounts of a line are subtracted and its charges added, each with its path."""
    one = figure(
        document(
            line(
                "1000",
                "3",
                "2550.50",
                allowance_charges=[discount("500.00"), charge("50.75"), discount("0.25")],
            )
        ),
        VALUE,
    )
    assert one.difference == 0
    assert [(sign, path[3:], str(value)) for sign, path, value in one.computation.addends] == [
        ("-", (0, "amount"), "500.00"),
        ("-", (2, "amount"), "0.25"),
        ("+", (1, "amount"), "50.75"),
    ]
    assert one.computation.expression() == "1000 × 3 − 500.00 − 0.25 + 50.75"


@pytest.mark.parametrize(
    ("indicator", "value"), [("true", "12.00"), ("1", "12.00"), ("false", "8.00"), ("0", "8.00")]
)
def test_charge_indicator(indicator: str, value: str) -> None:
    """XML Schema writes a boolean in two ways."""
    part = {"charge_indicator": indicator, "amount": "2.00"}
    assert str(figure(document(line("10", "1", None, allowance_charges=[part])), VALUE).value) == value


def test_allowance_without_amount() -> None:
    """A discount that states no amount takes nothing off."""
    part = {"charge_indicator": "false", "multiplier_factor_numeric": "10"}
    assert str(figure(document(line("10", "1", None, allowance_charges=[part])), VALUE).value) == "10.00"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"price": {}},
        {"quantity": "2"},
        {"price": {"base_quantity": "2"}},
        {"price": {"price_amount": "2"}},
    ],
)
def test_not_computable(fields: dict[str, Any]) -> None:
    """A line without price or quantity has no computed value; the document adds its stated one."""
    made = document(Line.model_validate({"line_extension_amount": "7.00", **fields}), total={})
    assert str(figure(made, "legal_monetary_total.line_extension_amount").value) == "7.00"
    with pytest.raises(KeyError):
        figure(made, VALUE)
