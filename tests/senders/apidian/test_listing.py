"""An installation's listing, read into tables."""

import json

import pytest

from cuadre.senders.apidian import PROVIDER
from cuadre.senders.apidian.tables import shipped_tables
from cuadre.senders.contract import PayloadError
from cuadre.senders.own_tables import OwnTable, TakesTables


def _take(value: object, file: str = "listing.json") -> dict[str, OwnTable]:
    data = json.dumps(value, ensure_ascii=False).encode()
    return {table.name: table for table in PROVIDER.take_tables({file: data})}


_ROWS = [{"id": 1, "name": "x", "code": "48"}, {"id": "2", "code": 49}]


@pytest.mark.parametrize(
    ("value", "file"),
    [
        ({"type_regimes": _ROWS}, "listing.json"),
        ({"regimes": _ROWS}, "listing.json"),
        ({"TypeRegime": _ROWS}, "listing.json"),
        ({"success": True, "data": {"type_regimes": _ROWS}}, "listing.json"),
        ({"type_regimes": {"1": {"code": "48"}, "2": {"code": "49"}}}, "listing.json"),
        (_ROWS, "some/type_regimes.json"),
    ],
)
def test_shapes(value: object, file: str) -> None:
    """Every way in which servers list a table gives the same ids."""
    assert _take(value, file)["regimes"].codes == {"1": "48", "2": "49"}


def test_models_are_named_by_one_row() -> None:
    """The server's models are tables: Municipality, Country, UnitMeasure, Tax and Discount."""
    row = [{"id": 1, "code": "x"}]
    names = ("Municipality", "Country", "UnitMeasure", "Tax", "Discount", "Language")
    assert list(_take(dict.fromkeys(names, row))) == [
        "taxes",
        "units",
        "municipalities",
        "countries",
        "discounts",
    ]


def test_what_differs_is_told() -> None:
    """Ids with another code, new and missing ones, unseen codes, and ids without a code."""
    listed = [
        {"id": 3, "code": "48"},
        {"id": 1, "code": "04"},
        {"id": 9, "code": None},
    ]
    table = _take({"type_regimes": listed})["regimes"]
    assert list(table.codes) == ["1", "3"]
    assert (table.changed, table.added, table.missing) == (("1",), ("3",), ("2",))
    assert (table.unseen, table.without_code) == (("1",), 1)


def test_the_shipped_tables_come_back() -> None:
    """A listing with exactly the shipped ids differs in nothing, whatever signs the codes have."""
    listing = {
        name: [{"id": int(one), "code": code} for one, code in table.codes.items()]
        for name, table in shipped_tables().items()
    }
    taken = _take(listing)
    assert taken.keys() == set(shipped_tables())
    assert [table for table in taken.values() if table.changed or table.added or table.missing] == []


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"Country": {"1": "Colombia"}}, "/Country/1"),
        ({"taxes": [{"id": 1, "name": "IVA"}]}, "/taxes"),
        ({"taxes": ["IVA"]}, "/taxes/0"),
        ({"taxes": [{"code": "01"}]}, "/taxes/0"),
        ({"taxes": [{"id": "x", "code": "01"}]}, "/taxes/0"),
        ({"taxes": [{"id": "1234567890123456789", "code": "01"}]}, "/taxes/0"),
        ({"taxes": [{"id": True, "code": "01"}]}, "/taxes/0/id"),
        ({"taxes": [{"id": 1, "code": ["01"]}]}, "/taxes/0/code"),
        ({"taxes": [{"id": 1, "code": "=1+1"}]}, "/taxes/0"),
        ({"taxes": [{"id": 1, "code": "01"}, {"id": 1, "code": "02"}]}, "/taxes/1"),
        ({"taxes": [{"id": 1, "code": "01"}], "Tax": [{"id": 1, "code": "01"}]}, "/Tax"),
        ({"taxes": 3}, "/taxes"),
        ({"languages": [{"id": 1, "code": "es"}]}, ""),
        ([{"id": 1, "code": "es"}], ""),
    ],
)
def test_what_is_no_listing(value: object, pointer: str) -> None:
    """Nothing is guessed: a listing that cannot be right is refused with its place."""
    with pytest.raises(PayloadError) as caught:
        _take(value)
    assert caught.value.detail["pointer"] == pointer
    assert caught.value.message("es") != caught.value.message("en") or pointer == "/taxes"


def test_the_provider_takes_tables() -> None:
    """The command finds it by the contract."""
    assert isinstance(PROVIDER, TakesTables)
