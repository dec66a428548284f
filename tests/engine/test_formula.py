"""Formulas as text: long sums, signs, and nothing at all."""

from decimal import Decimal

from cuadre.engine.computation import Computation

from .building import charge, computed, discount, document, line


def test_long_sums_are_cut() -> None:
    """Eight terms are shown; of more, seven and how many there are."""
    eight, nine = (
        computed(document(*[line("1", "1", "1.00")] * count, total={}))
        .figure("legal_monetary_total.line_extension_amount")
        .computation
        for count in (8, 9)
    )
    assert eight.expression() == " + ".join(["1.00"] * 8)
    assert nine.expression() == " + ".join(["1.00"] * 7) + " + … (9 terms)"
    assert nine.expression(most=None) == " + ".join(["1.00"] * 9)


def test_signs() -> None:
    """Negative amounts stand in parentheses, so that no two signs meet."""
    made = line("-2.50", "3", None, allowance_charges=[discount("-1.00"), charge("-0.50")])
    formula = computed(document(made)).figures[0].computation
    assert formula.expression() == "(−2.50) × 3 − (−1.00) + (−0.50)"
    assert formula.exact() == Decimal("-7.00")


def test_nothing_to_add() -> None:
    """A formula without inputs is zero, and one that begins with a subtraction says so."""
    assert Computation("nothing").expression() == "0"
    assert Computation("less", addends=[("-", ("note",), Decimal("1.50"))]).expression() == "− 1.50"
