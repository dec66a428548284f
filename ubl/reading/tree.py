"""Parse XML that may be hostile: no DTD, no entities, no network, no comments, limited size and depth."""

import re
from typing import cast

from lxml import etree
from lxml.etree import _Element

from cuadre.engine.errors import DocumentError
from cuadre.engine.texts import say
from cuadre.ubl.reading.encoding import declared_encoding
from cuadre.ubl.reading.size import count_signs, refuse_large


def parse_xml(data: bytes) -> _Element:
    """Parse a document and return its root; raise DocumentError, with the line, for what is refused.

    Comments and processing instructions are removed, since they would split the text of an amount.
    """
    signs = count_signs(data)
    encoding = declared_encoding(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        # Blanks between elements are half of the tree, and are not read.
        remove_blank_text=_is_simple(data, encoding),
        collect_ids=False,
    )
    try:
        root = cast("_Element | None", etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        sentence = say("cuadre.ubl:not_well_formed", fault=getattr(error, "msg", None) or str(error))
        raise DocumentError(sentence, problems=[], line=line) from None
    if root is None:
        sentence = say("cuadre.ubl:no_root")
        raise DocumentError(sentence, problems=[])
    document = root.getroottree().docinfo
    # An entity can be in an attribute or divide a text, so a document with a DTD is not read at all.
    if document.internalDTD is not None or document.externalDTD is not None or document.doctype:
        sentence = say("cuadre.ubl:doctype")
        raise DocumentError(sentence, problems=[], line=_doctype_line(data))
    refuse_large(root, signs)
    return root


def _is_simple(data: bytes, encoding: str | None) -> bool:
    """Tell whether blanks can be left out: next to comments and CDATA libxml2 would remove text too."""
    known = b"\0" not in data[:_HEAD] and (encoding is None or encoding in _LIKE_ASCII)
    return known and not _has_tag(data, b"!") and not _has_tag(data, b"?")


def _has_tag(data: bytes, sign: bytes) -> bool:
    """Find ``<`` and a sign after the declaration; a search for the sign alone is ten times as fast."""
    place = data.find(sign, _BOM + 2)
    for _ in range(_MANY):
        if place < 0 or data[place - 1 : place] == b"<":
            return place >= 0
        place = data.find(sign, place + 1)
    return data.find(b"<" + sign, _BOM + 1) >= 0


_HEAD, _BOM, _MANY = 8, 3, 100
_LIKE_ASCII = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}


def _doctype_line(data: bytes) -> int | None:
    """Find the line of the declaration; None in encodings with other bytes than ASCII."""
    found = _BEFORE_DOCTYPE.match(data)
    return None if found is None else found[0].count(b"\n") + 1


_BEFORE_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<!--.*?-->|<\?.*?\?>)*+(?=<!DOCTYPE)", re.DOTALL)
