"""The roots that are built from ubl/mapping/order.csv give the same verdicts as the official files."""

import csv
import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import _Element

from cuadre.ubl.mapping.namespaces import CBC
from cuadre.ubl.reading.tree import parse_xml
from cuadre.ubl.schema import pieces
from cuadre.ubl.schema.compilation import compile_lxml, root_schema, with_root
from cuadre.ubl.schema.sources import from_carrier, root_file
from cuadre.ubl.schema.validation import load_schemas, validate

_HERE = Path(__file__).parents[2]
_EXAMPLES = [
    _HERE / "examples" / f"{name}.xml" for name in ("invoice", "withholdings-and-discounts", "credit-note")
]
_TEXTS = ("", "12,50", "2026-02-30", "sí", "-1", "1e5", "  1.0  ", "x" * 50)
_NAMES = ("ID", "Note", "Amount", "Percent", "Nonsense")


def _delete(node: _Element, chance: random.Random) -> None:
    del chance
    node.getparent().remove(node)  # type: ignore[union-attr]


def _duplicate(node: _Element, chance: random.Random) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.insert(chance.randrange(len(parent) + 1), deepcopy(node))


def _move(node: _Element, chance: random.Random) -> None:
    parent = node.getparent()
    assert parent is not None
    target = chance.choice([parent, parent, chance.choice(list(node.getroottree().getroot().iter()))])
    if target is not node and node not in target.iterancestors():
        target.insert(chance.randrange(len(target) + 1), node)


def _bad_text(node: _Element, chance: random.Random) -> None:
    node.text = chance.choice(_TEXTS)


def _drop_attributes(node: _Element, chance: random.Random) -> None:
    del chance
    node.attrib.clear()


def _rename_attribute(node: _Element, chance: random.Random) -> None:
    value = node.attrib.pop(chance.choice(sorted(map(str, node.attrib)))) if node.attrib else "COP"
    node.set(chance.choice(("currencyId", "schemeID", "unitCode")), value)


def _rename(node: _Element, chance: random.Random) -> None:
    node.tag = f"{{{CBC}}}{chance.choice(_NAMES)}"


_CHANGES: tuple[Callable[[_Element, random.Random], None], ...] = (
    _delete, _duplicate, _move, _bad_text, _drop_attributes, _rename_attribute, _rename,
)  # fmt: skip


def _mutant(document: _Element, chance: random.Random) -> _Element:
    """Change one to three things in a copy of a document."""
    copy = deepcopy(document)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        nodes = [node for node in copy.iter() if node.getparent() is not None]
        chance.choice(_CHANGES)(chance.choice(nodes), chance)
    return copy


def _faults(schema: etree.XMLSchema) -> list[tuple[str, str | None]]:
    return [(entry.type_name, entry.path) for entry in schema.error_log]


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda path: path.stem)
def test_table_and_official_file_agree_on_mutants(example: Path) -> None:
    """A thousand mutants of each document get the same verdict and the same list of errors from both."""
    chance = random.Random(f"cuadre {example.stem}")  # noqa: S311 - a fixed seed is the point
    document = parse_xml(example.read_bytes())
    root = etree.QName(document).localname
    files = from_carrier().files
    official = compile_lxml(*with_root(files, root))
    ours = compile_lxml({**files, root_file(root): root_schema(root)}, root_file(root))
    assert official.validate(document)
    assert ours.validate(document)
    invalid = 0
    for number in range(1000):
        mutant = _mutant(document, chance)
        verdict = official.validate(mutant)
        assert (number, ours.validate(mutant)) == (number, verdict)
        assert (number, _faults(ours)) == (number, _faults(official))
        invalid += not verdict
    assert 500 < invalid < 950


def _catalogue() -> set[str]:
    """Return the keys that there are sentences for."""
    text = (_HERE / "ubl" / "schema" / "messages.csv").read_text(encoding="utf-8")
    return {row["key"] for row in csv.DictReader(text.splitlines())}


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda path: path.stem)
def test_pieces_give_the_verdict_of_the_whole(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutants that are validated in small pieces get the verdict that the official file has of the whole."""
    monkeypatch.setattr(pieces, "_IS_LARGE", etree.XPath("boolean(descendant::*[4])"))
    monkeypatch.setattr(pieces, "_INSIDE_LARGE_CHILDREN", etree.XPath("*/descendant::*[2]"))
    chance = random.Random(f"pieces {example.stem}")  # noqa: S311 - a fixed seed is the point
    document = parse_xml(example.read_bytes())
    for line in [child for child in document if str(child.tag).endswith("Line")]:
        for copied in (line, line[0], line[-1]):
            for _ in range(2):
                copied.addnext(deepcopy(copied))
    official = compile_lxml(*with_root(from_carrier().files, etree.QName(document).localname))
    several = 0
    for number in range(300):
        mutant = parse_xml(etree.tostring(_mutant(document, chance)))
        faults = validate(mutant, load_schemas())
        assert (number, not faults) == (number, official.validate(mutant))
        several += len(list(pieces.pieces(mutant))) > 1
    assert several > 200


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda path: path.stem)
def test_every_fault_of_a_mutant_is_explained(example: Path) -> None:
    """Mutants that the official file refuses get faults, others none; each has a sentence and a place."""
    chance = random.Random(f"explained {example.stem}")  # noqa: S311 - a fixed seed is the point
    document = parse_xml(example.read_bytes())
    official = compile_lxml(*with_root(from_carrier().files, etree.QName(document).localname))
    schemas = load_schemas()
    known = _catalogue()
    for number in range(150):
        # Through bytes, since only a document that was read has line numbers.
        mutant = parse_xml(etree.tostring(_mutant(document, chance)))
        faults = validate(mutant, schemas)
        assert (number, not faults) == (number, official.validate(mutant))
        assert {fault.message_key for fault in faults} - known == set()
        assert [fault for fault in faults if not (fault.line and fault.xpath and fault.element)] == []
