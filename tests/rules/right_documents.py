"""Documents whose totals are right, made by seed, to make mistakes in."""

import random
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from cuadre.engine.fill import fill
from cuadre.engine.model.document import Document, Line
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.rounding import round_half_up

ZERO = Decimal(0)
_TAXES: dict[str, list[tuple[str, str] | None]] = {
    "CO": [("01", "19.00"), ("01", "19.00"), ("01", "5.00"), ("01", "0.00"), ("04", "8.00"), None],
    "EC": [("2-4", "15"), ("2-4", "15"), ("2-5", "5"), ("2-0", "0"), ("2-4", "15")],
}
_WITHHELD = [("05", "15.00"), ("06", "2.50"), ("07", "9.66")]


@cache
def right_document(seed: int, country: str) -> Document:
    """Make a document of 3 to 9 lines whose every total is right."""
    chance = random.Random(f"{seed} {country}")  # noqa: S311 - the same documents in every run are the point
    withheld = chance.sample(_WITHHELD, chance.randint(1, 3)) if country == "CO" else []
    lines = [_line(chance, country, withheld) for _ in range(chance.randint(3, 9))]
    data: dict[str, Any] = {
        "kind": "invoice",
        "country": country,
        "id": f"SETP{seed}",
        "issue_date": "2026-11-20",
        "lines": lines,
        "allowance_charges": _allowances(chance, chance.randint(0, 2), chance.randint(0, 2), 30_000),
        "prepaid_payments": [{"paid_amount": _money(chance, 90_000)} for _ in range(chance.randint(0, 2))],
        "tax_totals": [],
        "withholding_tax_totals": [],
    }
    if country == "CO" and chance.random() < 0.3:
        data["legal_monetary_total"] = {"payable_rounding_amount": str(chance.randint(-40, 40))}
    regime = find_regime(country)
    document = fill(Document.model_validate(data), regime)
    if country == "EC":
        document = fill(_with_ice(document), regime)
    total = document.legal_monetary_total
    assert total is not None
    if country == "CO" and chance.random() < 0.5:
        total = total.model_copy(update={"prepaid_amount": None})
    return document.model_copy(update={"legal_monetary_total": total})


def _line(chance: random.Random, country: str, withheld: Sequence[tuple[str, str]]) -> dict[str, Any]:
    quantity = chance.choice([1, 1, 2, 3, 5, 12, 40])
    line: dict[str, Any] = {
        "quantity": str(quantity),
        "price": {"price_amount": _money(chance, 120_000)},
        "allowance_charges": _allowances(
            chance, int(chance.random() < 0.4), int(chance.random() < 0.2), 900, low=100
        ),
    }
    tax = chance.choice(_TAXES[country])
    if country == "CO" and chance.random() < 0.2:
        line |= {
            "free_of_charge_indicator": "true",
            "line_extension_amount": "0.00",
            "pricing_reference": {"price_amount": line["price"]["price_amount"], "price_type_code": "01"},
            "allowance_charges": [],
        }
        tax = ("01", "19.00")
    if country == "EC" and chance.random() < 0.3:
        line["tax_totals"] = [_tax("3-3092", "10")]
    if tax is not None:
        line["tax_totals"] = [*line.get("tax_totals", []), _tax(*tax)]
    if tax is not None and "pricing_reference" not in line:
        line["withholding_tax_totals"] = [_tax(*one) for one in withheld]
    return line


def _with_ice(document: Document) -> Document:
    """Put each line's ICE into the base of its IVA, which filling keeps."""
    lines = tuple([_line_with_ice(line) for line in document.lines])
    return document.model_copy(update={"lines": lines, "tax_totals": ()})


def _line_with_ice(line: Line) -> Line:
    if len(line.tax_totals) == 1 or not line.tax_totals:
        return line
    ice, iva = line.tax_totals
    base = (line.line_extension_amount or ZERO) + (ice.tax_amount or ZERO)
    parts = tuple([part.model_copy(update={"taxable_amount": base}) for part in iva.tax_subtotals])
    return line.model_copy(update={"tax_totals": (ice, iva.model_copy(update={"tax_subtotals": parts}))})


def _tax(identity: str, percent: str) -> dict[str, Any]:
    return {"tax_subtotals": [{"tax_scheme_id": identity, "percent": percent}]}


def _allowances(
    chance: random.Random, discounts: int, charges: int, high: int, low: int = 500
) -> list[dict[str, str]]:
    signs = ["false"] * discounts + ["true"] * charges
    return [
        {"charge_indicator": sign, "amount": _money(chance, high, low), "id": str(number)}
        for number, sign in enumerate(signs, start=1)
    ]


def _money(chance: random.Random, high: int, low: int = 500) -> str:
    """Write an amount: with cents, in pesos, or in hundreds, as prices are."""
    step = chance.choice([1, 1, 100, 10_000])
    cents = chance.randint(low * 100, high * 100) // step * step
    return f"{Decimal(cents or step).scaleb(-2):.2f}"


@cache
def gross_priced(seed: int, country: str) -> Document:
    """Make a document of round prices with IVA in them; the net price of a unit has two decimals."""
    chance = random.Random(f"gross {seed} {country}")  # noqa: S311 - the same documents in every run are the point
    lines = []
    for _ in range(chance.randint(2, 12)):
        price = (
            Decimal(chance.randint(2, 90) * 50) if country == "CO" else Decimal(chance.randint(5, 300)) / 10
        )
        tax, percent = ("01", "19.00") if country == "CO" else ("2-4", "15")
        net = round_half_up(price * 100 / (100 + int(Decimal(percent))), 2)
        quantity = str(chance.randint(5, 150))
        lines.append(
            {"quantity": quantity, "price": {"price_amount": str(net)}, "tax_totals": [_tax(tax, percent)]}
        )
    return _filled(country, lines)


@cache
def finely_priced(seed: int, country: str) -> Document:
    """Make a document of quantities and prices with three decimals, as fuel and food by weight have."""
    chance = random.Random(f"fine {seed} {country}")  # noqa: S311 - the same documents in every run are the point
    lines = [
        {
            "quantity": str(Decimal(chance.randint(100, 9000)).scaleb(-3)),
            "price": {"price_amount": str(Decimal(chance.randint(100, 90_000)).scaleb(-3))},
            "tax_totals": [_tax(*("01", "19.00") if country == "CO" else ("2-4", "15"))],
        }
        for _ in range(chance.randint(20, 120) if country == "CO" else chance.randint(3, 12))
    ]
    return _filled(country, lines)


def _filled(country: str, lines: Sequence[dict[str, Any]]) -> Document:
    data = {"kind": "invoice", "country": country, "issue_date": "2026-11-20", "lines": lines}
    return fill(Document.model_validate(data), find_regime(country))
