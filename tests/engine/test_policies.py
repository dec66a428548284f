"""Rounding policies side by side: their names, their order, and what each makes of the same figures."""

from decimal import Decimal

from cuadre.engine.rounding import MODES, Policy, Rounding, compare_policies, policies

NAMES = [
    "half_up per line",
    "half_up per document",
    "half_even per line",
    "half_even per document",
    "truncate per line",
    "truncate per document",
    "xpath per line",
    "xpath per document",
]


def test_names() -> None:
    """Every mode has a policy per line and one per document, the commonest first."""
    assert [policy.name for policy in policies()] == NAMES
    assert list(dict.fromkeys(policy.rounding.mode for policy in policies())) == list(MODES)


def test_places() -> None:
    """Policies are at the places asked for, 2 by default."""
    assert {policy.rounding.places for policy in policies()} == {2}
    assert {policy.rounding.places for policy in policies(0)} == {0}


def test_totals() -> None:
    """Two halves of a cent: per line they are lost or doubled, per document they are exact."""
    results = compare_policies(["0.125", "0.125"])
    assert {result.policy.name: str(result.total) for result in results} == {
        "half_up per line": "0.26",
        "half_up per document": "0.25",
        "half_even per line": "0.24",
        "half_even per document": "0.25",
        "truncate per line": "0.24",
        "truncate per document": "0.25",
        "xpath per line": "0.26",
        "xpath per document": "0.25",
    }


def test_credits() -> None:
    """Of negative halves, half up goes away from zero and XPath toward zero."""
    totals = {result.policy.name: str(result.total) for result in compare_policies(["-0.125"])}
    assert (totals["half_up per line"], totals["xpath per line"]) == ("-0.13", "-0.12")


def test_candidates() -> None:
    """Only the given candidates are compared, in their order."""
    candidates = [Policy(Rounding("truncate", 0), "document"), Policy(Rounding("half_up", 0), "line")]
    results = compare_policies(["1.6", 1, Decimal("1.6")], candidates)
    assert [(result.policy, str(result.total)) for result in results] == [
        (candidates[0], "4"),
        (candidates[1], "5"),
    ]


def test_no_figures() -> None:
    """Nothing adds up to zero, at the places of the policy."""
    assert {str(result.total) for result in compare_policies([])} == {"0.00"}


def test_figures_may_come_once() -> None:
    """A generator of figures is totalled under every policy, and not only under the first."""
    results = compare_policies(figure for figure in ("1.00", "2.00"))
    assert [result.total for result in results] == [Decimal("3.00")] * len(NAMES)
