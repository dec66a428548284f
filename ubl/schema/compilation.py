"""Compile XSD files from memory, for lxml and for xmlschema; no other file is opened."""

import re
from email.message import Message
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import BaseHandler, OpenerDirector, Request
from urllib.response import addinfourl

from lxml import etree

from cuadre.ubl.mapping.namespaces import CAC, CBC, EXT, MAINDOC, STS, prefixed
from cuadre.ubl.mapping.order import Child, order_of
from cuadre.ubl.schema.sources import DIAN_STRUCTURES, root_file

if TYPE_CHECKING:
    from lxml.etree._docloader import _InputDocument
    from xmlschema import XMLSchema10

_XS = "http://www.w3.org/2001/XMLSchema"
_SCHEME = "cuadre-xsd"
_DRIVER = "cuadre-driver.xsd"
_MODULES = (
    (CAC, "UBL-CommonAggregateComponents-2.1.xsd"),
    (CBC, "UBL-CommonBasicComponents-2.1.xsd"),
    (EXT, "UBL-CommonExtensionComponents-2.1.xsd"),
)


def with_root(files: dict[str, bytes], root: str, *, dian: bool = False) -> tuple[dict[str, bytes], str]:
    """Return the files with a schema for ``root`` among them, and the name of the file to start from.

    A root that the source lacks is built from ubl/mapping/order.csv. With ``dian``, the start is a driver
    that imports DIAN_UBL_Structures.xsd too.
    """
    name = root_file(root)
    complete = files if name in files else {**files, name: root_schema(root)}
    if not dian:
        return complete, name
    driver = _schema(None, ((MAINDOC.format(root), name), (STS, DIAN_STRUCTURES)), "")
    return {**complete, _DRIVER: driver}, _DRIVER


def root_schema(root: str) -> bytes:
    """Write the schema of a root element, from ubl/mapping/order.csv, over UBL's common modules."""
    children = "".join(map(_particle, order_of(root)))
    body = (
        f'<xs:element name="{root}" type="d:{root}Type"/>'
        f'<xs:complexType name="{root}Type"><xs:sequence>{children}</xs:sequence></xs:complexType>'
    )
    return _schema(MAINDOC.format(root), _MODULES, body)


def _particle(child: Child) -> str:
    maximum = "unbounded" if child.maximum is None else child.maximum
    return f'<xs:element ref="{prefixed(child.name)}" minOccurs="{child.minimum}" maxOccurs="{maximum}"/>'


def _schema(target: str | None, imports: tuple[tuple[str, str], ...], body: str) -> bytes:
    own = f' targetNamespace="{target}" xmlns:d="{target}"' if target else ""
    lines = "".join(f'<xs:import namespace="{name}" schemaLocation="{file}"/>' for name, file in imports)
    prefixes = f'xmlns:xs="{_XS}" xmlns:cac="{CAC}" xmlns:cbc="{CBC}" xmlns:ext="{EXT}"'
    return f'<xs:schema {prefixes}{own} elementFormDefault="qualified">{lines}{body}</xs:schema>'.encode()


def compile_lxml(files: dict[str, bytes], start: str) -> etree.XMLSchema:
    """Compile with libxml2; raise lxml.etree.LxmlError where the files are not a schema."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    parser.resolvers.add(_FilesOnly(files))
    return etree.XMLSchema(etree.fromstring(files[start], parser, base_url=f"{_SCHEME}:///{start}"))


class _FilesOnly(etree.Resolver):
    """Answers each schemaLocation by its file name, and none that is not among the files."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> "_InputDocument":
        """Return the file; raise LookupError, which stops the compiler, for any other."""
        del public_id
        name = _name(system_url or "")
        return self.resolve_string(self._files[name], context, base_url=f"{_SCHEME}:///{name}")


def compile_xmlschema(files: dict[str, bytes], start: str) -> "XMLSchema10":
    """Build with xmlschema, which explains; raise XMLSchemaException where the files are not a schema."""
    from xmlschema import XMLSchema10  # noqa: PLC0415 - 0.1 s, and only a document with faults needs it

    opener = OpenerDirector()
    opener.add_handler(_FromMemory(files))
    # What DTD there is has no external part, and expat stops entities that expand without end.
    return XMLSchema10(f"{_SCHEME}:///{start}", validation="skip", opener=opener, defuse="never", allow="all")


class _FromMemory(BaseHandler):
    """Opens ``cuadre-xsd:`` addresses; the opener has no other handler, so no other can be opened."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def default_open(self, request: Request) -> addinfourl:
        """Return the file that the address ends with; raise URLError for any other."""
        data = self._files.get(_name(request.full_url))
        if data is None:
            raise URLError(request.full_url)
        return addinfourl(BytesIO(data), Message(), request.full_url, 200)


def _name(url: str) -> str:
    """Return the file name that an address ends with; xmlschema writes some as ``cuadre-xsd:name``."""
    return re.split(r"[/\\:]", url)[-1]
