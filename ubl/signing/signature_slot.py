"""Where a signature goes into the bytes of a document, and which documents have such a place."""

from xml.parsers import expat

from lxml import etree
from lxml.etree import _Element, _ProcessingInstruction

from cuadre.engine.errors import CuadreError
from cuadre.engine.texts import say
from cuadre.ubl.mapping.extensions import CONTENT, EXTENSION, EXTENSIONS, SIGNATURE
from cuadre.ubl.reading.lines import line_of

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ENCODINGS = {"UTF-8", "US-ASCII"}


class SigningError(CuadreError):
    """A document that cannot be signed; ``detail["reason"]`` is one word for why."""

    code = "signing"


def require_unsigned(root: _Element) -> _Element:
    """Return the UBLExtensions of a document that can be signed."""
    if not str(root.tag).startswith(f"{{{_UBL}}}"[:-1]):
        sentence = say("cuadre.ubl:sign_root", root=etree.QName(root).localname)
        raise SigningError(sentence, reason="not_ubl", root=str(root.tag))
    extensions = root.find(EXTENSIONS)
    if extensions is None:
        sentence = say("cuadre.ubl:sign_no_extensions")
        raise SigningError(sentence, reason="no_extensions")
    signature = next(root.iter(SIGNATURE), None)
    if signature is not None:
        line = line_of(signature)
        sentence = say("cuadre.ubl:signed_already", line=line)
        raise SigningError(sentence, reason="signed", line=line)
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in _ENCODINGS:
        sentence = say("cuadre.ubl:sign_encoding", encoding=encoding)
        raise SigningError(sentence, reason="encoding", encoding=encoding)
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    if any(isinstance(node, _ProcessingInstruction) for node in outside):
        # By the standard they are signed too, but signxml looks at the root element only.
        sentence = say("cuadre.ubl:sign_instruction")
        raise SigningError(sentence, reason="instruction")
    return extensions


def require_nothing_inherited(prepared: _Element) -> None:
    """Refuse xml:lang and the like around the signature: canonical XML copies them into it, lxml does not."""
    for ancestor in next(prepared.iter(SIGNATURE)).iterancestors():
        if any(str(name).startswith(_XML) for name in ancestor.attrib):
            sentence = say("cuadre.ubl:sign_attribute", element=etree.QName(ancestor).localname)
            raise SigningError(sentence, reason="xml_attribute", element=str(ancestor.tag))


def gap(xml: bytes, root: _Element, extensions: _Element) -> tuple[bytes, bytes]:
    """Return the bytes that come before the signature, and those that follow it."""
    contents = extensions.findall(f"{EXTENSION}/{CONTENT}")
    empty = [content for content in contents if not len(content) and not (content.text or "").strip()]
    if empty:
        return _split(xml, root, empty[-1])
    before, after = _split(xml, root, extensions)
    prefix = f"{extensions.prefix}:" if extensions.prefix else ""
    start = f"<{prefix}UBLExtension><{prefix}ExtensionContent>"
    end = f"</{prefix}ExtensionContent></{prefix}UBLExtension>"
    return before + start.encode(), end.encode() + after


def _split(xml: bytes, root: _Element, element: _Element) -> tuple[bytes, bytes]:
    """Split the bytes of a document just before the end tag of an element; give it one if it has none."""
    end = _end(xml, str(element.tag), list(root.iter(str(element.tag))).index(element))
    bare = not len(element) and element.text is None and xml[:end].endswith(b"/>")
    if not bare:
        return xml[:end], xml[end:]
    name = f"{element.prefix}:" if element.prefix else ""
    name += etree.QName(element).localname
    return xml[: end - 2] + b">", f"</{name}>".encode() + xml[end:]


def _end(xml: bytes, tag: str, wanted: int) -> int:
    """Find the byte where the end tag of an element begins, with expat, since lxml does not give it."""
    name = tag[1:].replace("}", " ")
    found: list[int] = []
    open_elements: list[int] = []
    count = -1

    def start(tag: str, _: object) -> None:
        nonlocal count
        count += tag == name
        open_elements.append(count if tag == name else -1)

    def end(_: str) -> None:
        if open_elements.pop() == wanted:
            found.append(parser.CurrentByteIndex)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(xml, True)  # noqa: FBT003 - the C function takes no keyword
    return found[0]
