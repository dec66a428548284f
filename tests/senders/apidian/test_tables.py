"""The tables of ids: those that ship, and an installation's own."""

import re
from pathlib import Path

import pytest

from cuadre.engine.errors import DefinitionError
from cuadre.engine.tables import load_table
from cuadre.senders.apidian import PROVIDER, Apidian
from cuadre.senders.apidian.kinds import KINDS
from cuadre.senders.apidian.tables import NAMES, Table, Tables, load_folder, shipped_tables, table_name

from .bodies import load


@pytest.mark.parametrize(
    ("table", "identity", "code"),
    [
        ("documents", "4", "91"),
        ("documents", "24", "60"),
        ("operations", "12", "20"),
        ("taxes", "1", "01"),
        ("taxes", "16", "30"),
        ("units", "70", "94"),
        ("identifications", "6", "31"),
        ("liabilities", "117", "R-99-PN"),
        ("municipalities", "822", "63130"),
        ("discounts", "10", "09"),
        ("item_identifications", "4", "999"),
    ],
)
def test_ids(table: str, identity: str, code: str) -> None:
    """The ids that come with cuadre have their codes."""
    assert shipped_tables()[table].codes[identity] == code


def test_a_code_with_several_ids_is_written_with_the_lowest(tmp_path: Path) -> None:
    """A unit that stands twice in an installation's table has its ids in order."""
    (tmp_path / "unit_measures.csv").write_text("id,code\n844,MGM\n843,MGM\n", encoding="utf-8")
    assert load_folder(tmp_path)["units"].ids == {"MGM": [843, 844]}


def test_every_type_of_document_is_a_kind() -> None:
    """What the table of documents has is known to the reader, but payrolls, containers and events."""
    others = {"1", "2", "88", "89", "96"}
    assert set(shipped_tables()["documents"].codes.values()) == set(KINDS) | others


_SIZES = {
    "documents": 25,
    "operations": 19,
    "health_operations": 7,
    "taxes": 23,
    "units": 1093,
    "currencies": 179,
    "identifications": 12,
    "organizations": 2,
    "regimes": 2,
    "liabilities": 5,
    "municipalities": 1122,
    "countries": 249,
    "payment_forms": 2,
    "payment_methods": 75,
    "item_identifications": 4,
    "reference_prices": 3,
    "discounts": 12,
    "credit_reasons": 5,
    "debit_reasons": 4,
    "adjustment_reasons": 5,
}


def test_the_tables_are_whole() -> None:
    """Every table ships with all ids of the public fork that its server keeps."""
    assert {name: len(table.codes) for name, table in shipped_tables().items()} == _SIZES


@pytest.mark.parametrize(
    ("table", "package", "listed", "column"),
    [
        ("units", "cuadre.rules.co.tables", "units", "code"),
        ("currencies", "cuadre.rules.co.tables", "currencies", "code"),
        ("taxes", "cuadre.engine.regimes.co", "taxes", "id"),
    ],
)
def test_the_codes_are_dians(table: str, package: str, listed: str, column: str) -> None:
    """A code that ships is in DIAN's own list, where cuadre has that list, but those of a few ids."""
    known = {row[column] for row in load_table(package, listed, (column,))}
    assert set(shipped_tables()[table].codes.values()) - known == _NOT_LISTED.get(table, set())


_NOT_LISTED = {
    "units": {"1ª", "2ª", "4ª", "4º", "5ª", "COMO", "SÍ", "G K", "ÉL", "MGM", "Pi"},
    "currencies": {"VES7"},
    "taxes": {"ZA"},
}
"""What the public fork has all the same, and so writes; ZA is a party's tax scheme."""


@pytest.mark.parametrize(("table", "shape"), [("municipalities", "[0-9]{5}"), ("countries", "[A-Z]{2}")])
def test_the_codes_have_their_shape(table: str, shape: str) -> None:
    """A municipality has five digits, its zero included, and a country two letters."""
    assert [code for code in shipped_tables()[table].codes.values() if not re.fullmatch(shape, code)] == []


def test_a_table_is_loaded_when_it_is_looked_up() -> None:
    """A body without an address loads no municipalities."""
    loaded: list[str] = []

    def load_one(name: str) -> Table:
        loaded.append(name)
        return shipped_tables()[name]

    found = Apidian(Tables(load_one)).read(b'{"number":1,"type_document_id":1,"tax_totals":[{"tax_id":1}]}')
    assert (found.document.type_code, loaded) == ("01", ["documents", "taxes"])


@pytest.mark.parametrize(
    ("table", "given", "near"),
    [
        ("municipalities", "11001", ("149",)),
        ("municipalities", "5001", ("1",)),
        ("municipalities", "0149", ("149",)),
        ("countries", "co", ("46",)),
        ("units", "MGM", ("843", "844")),
        ("units", "000", ()),
        ("units", "nothing", ()),
    ],
)
def test_what_may_have_been_meant(table: str, given: str, near: tuple[str, ...]) -> None:
    """A code instead of an id names its ids, also where JSON took its zero."""
    assert shipped_tables()[table].near(given) == near


def test_the_names_of_a_server() -> None:
    """Each table is known by its own name too, and another name is none."""
    assert [table_name(name) for name in NAMES] == list(NAMES)
    assert (table_name("unit_measures"), table_name("languages")) == ("units", None)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A misspelt folder is an error and does not stand for the shipped tables."""
    with pytest.raises(DefinitionError) as caught:
        load_folder(tmp_path / "none")
    assert caught.value.detail["file"] == str(tmp_path / "none")


@pytest.mark.parametrize(("identity", "code"), [("x", "01"), ("1", ""), ("9" * 19, "1")])
def test_rows_that_are_none(identity: str, code: str) -> None:
    """A table is checked when it is made: ids are numbers, and each has a code."""
    with pytest.raises(DefinitionError) as caught:
        Table("taxes", [{"id": identity, "code": code}])
    assert caught.value.detail["id"] == identity


def test_rows_of_another_profile(tmp_path: Path) -> None:
    """A file that was saved for several profiles gives the rows of one."""
    rows = "profile,id,code,name\napidian,1,48,x\nother,1,04,x\n"
    (tmp_path / "type_regimes.csv").write_text(rows, encoding="utf-8")
    assert load_folder(tmp_path)["regimes"].codes == {"1": "48"}


def test_own_tables(tmp_path: Path) -> None:
    """A folder's tables replace the shipped ones; the others stay."""
    (tmp_path / "taxes.csv").write_text("id,code,name\n7,01,IVA\n", encoding="utf-8")
    own = Apidian(load_folder(tmp_path))
    data = b'{"number":1,"tax_totals":[{"tax_id":7,"tax_amount":"1.00"}],"type_document_id":1}'
    found = own.read(data).document
    assert found.tax_totals[0].tax_scheme_id == "01"
    assert load(own.write(found)) == load(data)
    written = PROVIDER.write(found.model_copy(update={"provider_options": None}))
    assert load(written)["tax_totals"][0]["tax_id"] == 1
    assert set(own.tables) == set(NAMES)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("taxes.csv", "id,code\n1,01\n1,02\n", 3),
        ("taxes.csv", "id,code\nx,01\n", 2),
        ("taxes.csv", "id,code\n1,\n", 2),
        ("taxes.csv", "tax\n1\n", 2),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, text: str, line: int) -> None:
    """A table that cannot be right is refused, with its line."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_folder(tmp_path)["taxes"]
    assert caught.value.detail["line"] == line
