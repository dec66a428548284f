"""Parse XML that may be hostile: no DTD, no entities, no network, no comments, bounded size and depth."""

import re
from typing import cast

from lxml import etree
from lxml.etree import _Element

from cuadre.engine.amounts import MAX_BYTES
from cuadre.engine.errors import DocumentError


def parse_xml(data: bytes) -> _Element:
    """Parse a document and return its root; raise DocumentError, with the line, for what is refused.

    Comments and processing instructions are removed, since they would split the text of an amount.
    """
    if len(data) > MAX_BYTES:
        sentence = f"the XML has {len(data)} bytes, more than the limit of {MAX_BYTES}"
        raise DocumentError(sentence, problems=[])
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        # Blanks between elements are half of the tree, and nothing reads them.
        remove_blank_text=_is_simple(data),
        collect_ids=False,
    )
    try:
        root = cast("_Element | None", etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        sentence = f"not well-formed XML: {getattr(error, 'msg', None) or error}"
        raise DocumentError(sentence, problems=[], line=line) from None
    if root is None:
        sentence = "the XML has no root element"
        raise DocumentError(sentence, problems=[])
    document = root.getroottree().docinfo
    # An entity can hide in an attribute or cut a text in two, so a document with a DTD is not read at all.
    if document.internalDTD is not None or document.externalDTD is not None or document.doctype:
        sentence = "the XML has a document type declaration (DOCTYPE), which an invoice never needs"
        raise DocumentError(sentence, problems=[], line=_doctype_line(data))
    return root


def _is_simple(data: bytes) -> bool:
    """Tell whether blanks can be left out: before a comment or CDATA libxml2 takes those of texts too."""
    head = data[:_HEAD]
    encoding = _ENCODING.search(head)
    known = b"\0" not in head and (encoding is None or encoding[1].lower() in _LIKE_ASCII)
    return known and not _opens(data, b"!") and not _opens(data, b"?")


def _opens(data: bytes, sign: bytes) -> bool:
    """Find ``<`` and a sign after the declaration: both are rare, and one sign is found ten times as fast."""
    place = data.find(sign, _BOM + 2)
    for _ in range(_MANY):
        if place < 0 or data[place - 1 : place] == b"<":
            return place >= 0
        place = data.find(sign, place + 1)
    return data.find(b"<" + sign, _BOM + 1) >= 0


_HEAD, _BOM, _MANY = 200, 3, 100
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_LIKE_ASCII = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"}


def _doctype_line(data: bytes) -> int | None:
    """Find the line of the declaration where the encoding lets bytes be looked at; else it is not known."""
    without = re.sub(rb"<!--.*?-->", lambda found: b"\n" * found[0].count(b"\n"), data, flags=re.DOTALL)
    position = without.find(b"<!DOCTYPE")
    return None if position < 0 else without.count(b"\n", 0, position) + 1
