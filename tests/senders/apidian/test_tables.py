"""The tables of ids: the starter's, and an installation's own."""

from pathlib import Path

import pytest

from cuadre.engine.errors import DefinitionError
from cuadre.senders.apidian import PROVIDER, Apidian
from cuadre.senders.apidian.kinds import KINDS
from cuadre.senders.apidian.tables import NAMES, load_folder, starter_tables

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
    assert starter_tables()[table].codes[identity] == code


def test_a_code_with_several_ids_is_written_with_the_lowest(tmp_path: Path) -> None:
    """A unit that stands twice in an installation's table has its ids in order."""
    (tmp_path / "unit_measures.csv").write_text("id,code\n844,MGM\n843,MGM\n", encoding="utf-8")
    assert load_folder(tmp_path)["units"].ids == {"MGM": [843, 844]}


def test_every_type_of_document_is_a_kind() -> None:
    """What the table of documents has is known to the reader."""
    assert set(starter_tables()["documents"].codes.values()) <= set(KINDS)


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
        load_folder(tmp_path)
    assert caught.value.detail["line"] == line
