"""Pesos by the TRM and back, and the PaymentExchangeRate that DIAN asks for."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.errors import AmountError, CuadreError, DocumentError
from cuadre.engine.exchange import from_pesos, to_pesos
from cuadre.engine.regimes.co.exchange_rate import payment_exchange_rate
from cuadre.engine.rounding import MODES

from .test_rounding_refusals import NUMBERS, refuses

DAY = dt.date(2026, 11, 20)


def test_to_pesos() -> None:
    """The product is exact before it is rounded once, by the mode and the places that are asked for."""
    assert str(to_pesos("1250.50", "4012.37")) == "5017468.69"
    assert [str(to_pesos("0.5", "4012.37", mode)) for mode in MODES] == [
        "2006.19",
        "2006.18",
        "2006.18",
        "2006.19",
    ]
    assert str(to_pesos("1250.50", "4012.37", "half_up", 0)) == "5017469"
    assert str(to_pesos("-0.5", "4012.37")) == "-2006.19"


def test_from_pesos() -> None:
    """The quotient is rounded once, from its exact remainder."""
    assert str(from_pesos("5017468.69", "4012.37")) == "1250.50"
    assert str(from_pesos("20", "4000", "half_even")) == "0.00"
    assert [str(from_pesos("60", "4000", mode)) for mode in MODES] == ["0.02", "0.02", "0.01", "0.02"]
    assert str(from_pesos("1000000", "3999.99", places=6)) == "250.000625"


@pytest.mark.parametrize("rate", [0, "-4012.37", *NUMBERS[:17]])
def test_rates_that_are_refused(rate: object) -> None:
    """A rate is a finite number above zero, and no float."""
    assert refuses(to_pesos, "1.00", rate) == "refused"
    assert refuses(from_pesos, "1.00", rate) == "refused"


@given(
    st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents).scaleb(-2)),
    st.integers(100_01, 10_000_00).map(lambda cents: Decimal(cents).scaleb(-2)),
)
def test_there_and_back(amount: Decimal, trm: Decimal) -> None:
    """An amount in a currency worth more than a peso comes back from pesos as it was."""
    assert from_pesos(to_pesos(amount, trm), trm) == amount


def test_payment_exchange_rate() -> None:
    """Both base rates are 1.00, the target is the peso, and the rate keeps its digits."""
    rate = payment_exchange_rate("USD", "4012.37", DAY)
    assert rate.model_dump(exclude_none=True, exclude_defaults=True, mode="json") == {
        "source_currency_code": "USD",
        "source_currency_base_rate": "1.00",
        "target_currency_code": "COP",
        "target_currency_base_rate": "1.00",
        "calculation_rate": "4012.37",
        "date": "2026-11-20",
    }


@pytest.mark.parametrize(
    ("currency", "trm", "error"),
    [
        ("COP", "1", DocumentError),
        ("usd", "4012.37", DocumentError),
        ("", "4012.37", DocumentError),
        ("USD", "0", AmountError),
        ("USD", "-1", AmountError),
        ("USD", "4.012,37", AmountError),
        ("USD", "NaN", AmountError),
    ],
)
def test_exchange_rates_that_are_refused(currency: str, trm: str, error: type[CuadreError]) -> None:
    """The currency is another than the peso, and the rate a positive amount."""
    with pytest.raises(error):
        payment_exchange_rate(currency, trm, DAY)
