"""The arithmetic of the utilities' tree, and its two spellings."""

from decimal import Decimal
from typing import Any

import pytest

from cuadre.engine.findings import Severity
from cuadre.engine.tables import load_table
from cuadre.senders.emision import PROVIDER, Identity, documented, examine
from cuadre.senders.payloads.reading import parse

from .bodies import body, changed, value

GAS = [
    ("CUA201", "41200.75", "41200.5", "0.25"),
    ("CUA202", "40000.5", "40200.75", "-200.25"),
    ("CUA203", "15", "0.016", "14.984"),
    ("CUA206", "31", "30", "1"),
    ("CUA204", "14.5", "13.666667", "0.833333"),
    ("CUA206", "30", "28", "2"),
    ("CUA205", "41200.5", "40000.5", "1200.0"),
]


def examined(data: bytes) -> list[Identity]:
    """Examine a body."""
    return examine(parse(data.decode()))


def part(tree: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the consumption of the gas body."""
    consumption = tree["spd_extensions"][0]["subscriber_consumptions"][0]
    return consumption["consumption_sections"][0]["spd_debit_partial_consumptions"][0]


def one(data: bytes, code: str) -> Identity:
    """Return the first identity with a code."""
    return next(identity for identity in examined(data) if identity.code == code)


def test_everything_holds() -> None:
    """A body that adds up has every identity, each of which holds, and no remark."""
    found = examined(body("water"))
    assert [identity.code for identity in found] == [
        "CUA201",
        "CUA202",
        "CUA203",
        "CUA206",
        "CUA204",
        "CUA206",
        "CUA206",
        "CUA205",
    ]
    assert [identity for identity in found if not identity.holds] == []
    assert PROVIDER.remarks(body("water")) == []


def test_nothing_holds() -> None:
    """Each difference is stated minus computed, to the digit."""
    found = [
        (identity.code, identity.stated, identity.computed, identity.difference)
        for identity in examined(body("gas"))
    ]
    assert found == [(code, *map(Decimal, figures)) for code, *figures in GAS]


def test_remarks_are_findings() -> None:
    """Each remark is a lint at the place of the stated figure, with the trace as data."""
    findings = PROVIDER.remarks(body("gas"), "gas.json")
    assert [(one.code, one.difference) for one in findings] == [(row[0], Decimal(row[3])) for row in GAS]
    assert {(finding.severity, finding.message_key) for finding in findings} == {(Severity.LINT, "figure")}
    total = findings[-1].place
    assert (total.path, total.pointer) == (
        "legal_monetary_total.payable_amount",
        "/legal_monetary_totals/payable_amount",
    )
    payable = findings[1]
    base = (
        "/spd_extensions/0/subscriber_consumptions/0/consumption_sections/0/spd_debit_partial_consumptions/0"
    )
    assert (payable.place.pointer, payable.place.file) == (
        f"{base}/consumption_payable_amount",
        "gas.json",
    )
    assert payable.place.line is not None
    assert b"consumption_payable_amount" in body("gas").splitlines()[payable.place.line - 1]
    assert (payable.stated, payable.expected, payable.expression) == (
        Decimal("40000.5"),
        Decimal("40200.75"),
        "41200.75 − 1000",
    )
    assert [(addend.sign, addend.path[-1], addend.value) for addend in payable.inputs] == [
        ("+", "partial_line_extension_amount", Decimal("41200.75")),
        ("-", "amount", Decimal(1000)),
    ]


def test_dates_are_shown() -> None:
    """Days are counted from dates, which the expression has."""
    found = [identity for identity in examined(body("gas")) if identity.code == "CUA206"]
    assert [identity.expression for identity in found] == [
        "2026-09-30 − 2026-08-31",
        "2026-02-28 − 2026-02-01 + 1",
    ]
    assert found[1].formula.text == "EndDate − StartDate + 1"


@pytest.mark.parametrize(
    ("latest", "holds", "shift"), [(2.125, True, 3), (17.11, True, 0), (2.1251, False, 0), (2.11, False, 0)]
)
def test_meter_in_thousands(latest: float, holds: bool, shift: int) -> None:  # noqa: FBT001 - a table
    """A reading's difference is the quantity, in its unit or in thousands of it, and nothing near it."""
    data = changed("gas", lambda tree: part(tree)["utility_meter"].update(latest_meter_quantity=latest))
    found = one(data, "CUA203")
    assert (found.holds, found.shift) == (holds, shift)


@pytest.mark.parametrize(
    ("stated", "holds"), [(13.67, True), (14, True), (13.7, True), (13.66, False), (13, False)]
)
def test_average_has_its_own_decimals(stated: float, holds: bool) -> None:  # noqa: FBT001 - a table
    """An average is right to the decimals that it is written with."""

    def change(tree: Any) -> None:  # noqa: ANN401 - any JSON
        section = tree["spd_extensions"][0]["subscriber_consumptions"][0]["consumption_sections"][0]
        section["consumption_histories"][0]["consum_averages"]["consumption_average"] = stated

    found = one(changed("gas", change), "CUA204")
    assert (found.holds, found.divisor, found.expression) == (holds, 3, "(13 + 14 + 14) / 3")


@pytest.mark.parametrize(("stated", "holds"), [(41200.5, True), (41200.51, True), (41200.52, False)])
def test_a_cent_is_nothing(stated: float, holds: bool) -> None:  # noqa: FBT001 - a table
    """Money agrees to the cent."""
    data = changed(
        "gas",
        lambda tree: part(tree)["consumption_price"].update(partial_line_extension_amount=stated),
    )
    assert one(data, "CUA201").holds is holds


def test_services_of_another_company() -> None:
    """What is collected for another company is no part of the document's amount to pay."""
    own = one(body("gas"), "CUA205")
    both = one(changed("gas", lambda tree: tree["spd_extensions"][1].update(other_company=False)), "CUA205")
    assert (own.computed, both.computed) == (Decimal("40000.5"), Decimal("48000.5"))


def test_quantity_of_the_price() -> None:
    """Without a metered quantity, the readings are compared with the quantity that is sold."""
    found = one(changed("gas", lambda tree: part(tree).pop("total_metered_quantity")), "CUA203")
    assert found.steps[-2:] == ("consumption_price", "quantity")


def test_what_is_absent_is_not_examined() -> None:
    """Identities that lack a figure are left out; an empty tree has none."""
    data = changed("gas", lambda tree: part(tree).clear())
    assert [identity.code for identity in examined(data)] == ["CUA204", "CUA206"]
    for empty in (b"{}", b'{"spd_extensions": null}', b'{"spd_extensions": ["x", 3]}'):
        assert examined(empty) == []


def test_no_figure() -> None:
    """A value that is no figure is a remark too, and hides no other."""
    data = changed("gas", lambda tree: part(tree).update(consumption_payable_amount="mucho"))
    findings = PROVIDER.remarks(data)
    said = [(finding.code, finding.message_key, finding.stated) for finding in findings]
    assert said[1] == ("CUA202", "unreadable", None)
    assert [code for code, _, _ in said] == [
        "CUA201",
        "CUA202",
        "CUA203",
        "CUA206",
        "CUA204",
        "CUA206",
        "CUA205",
    ]
    assert (findings[1].detail or "").startswith("/spd_extensions/0/")


def test_documented_spelling() -> None:
    """The sample's keys become the documented ones in their holders, and nowhere else."""
    tree = documented(value(body("gas")))
    assert isinstance(tree, dict)
    extension: Any = tree["spd_extensions"]
    subscriber = extension[0]["subscriber_parties"][0]
    assert subscriber == {
        "name": "Marta Solano",
        "street_name": "Calle 3",
        "additional_street_name": "Casa 4",
    }
    section = extension[0]["subscriber_consumptions"][0]["consumption_sections"][0]
    assert section["consumption_histories"][0]["consum_average"] == {"consumption_average": Decimal("14.5")}
    assert section["quantity_wastes"] == [{"history_wastes": [{"period": {"type": "NotUsable"}}]}]
    assert section["sub_invoice_lines"] == [
        {
            "item_good_services": {"gs_name": "Estufa"},
            "balance": {"debit_line_amount": 9, "adjustment_accounting": {"item_discount": 0}},
        }
    ]
    assert documented({"address": "Calle 1"}, "customer") == {"address": "Calle 1"}


def test_documented_spelling_comes_first() -> None:
    """Where both spellings stand, the documented one is read; what is documented stays as it is."""
    both = {"balances": {"a": 1}, "balance": {"b": 2}}
    assert documented(both, "sub_invoice_lines") == {"balance": {"b": 2}}
    assert documented(value(body("water"))) == value(body("water"))


def test_each_code_is_explained() -> None:
    """Every code that can be found has a title, a formula and advice in both languages."""
    rows = load_table("cuadre.senders.emision", "rules", ("rule",))
    assert {row["rule"] for row in rows} == {row[0] for row in GAS}
    columns = ("title_en", "title_es", "condition", "advice_en", "advice_es")
    assert [row["rule"] for row in rows if not all(row[column] for column in columns)] == []
