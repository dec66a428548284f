"""Refuse XML documents with too many elements, attributes or aggregates; the limits are in ``limits``."""

import re
from itertools import islice
from typing import Never, cast

from lxml import etree
from lxml.etree import _Element

from cuadre.engine.errors import DocumentError
from cuadre.engine.limits import MAX_BYTES, MAX_PARTS, MAX_VALUES
from cuadre.engine.texts import Text, say
from cuadre.ubl.mapping.namespaces import CAC
from cuadre.ubl.reading.lines import line_of

_MOST_SIGNS = 2 * MAX_VALUES
_VALUES = etree.XPath("count(/descendant::*) + count(/descendant::*/@*)")
_AGGREGATES = etree.XPath("count(/descendant::cac:*)", namespaces={"cac": CAC})


def count_signs(data: bytes) -> int:
    """Count ``<`` and ``=``: one for each attribute, one or two for each element; raise DocumentError.

    What has two million of them, or 20 MB, is refused before it is parsed. A document with fewer bytes than
    any limit is within them all, so that its bytes are the answer.
    """
    size = len(data)
    if size < MAX_PARTS:
        return size
    if size > MAX_BYTES:
        sentence = say("cuadre.ubl:too_large", size=size, limit=MAX_BYTES)
        raise DocumentError(sentence, problems=[])
    signs = data.count(b"<") + data.count(b"=")
    if signs > _MOST_SIGNS:
        (first,) = islice(re.finditer(rb"[<=]", data), _MOST_SIGNS, _MOST_SIGNS + 1)
        _refuse(say("cuadre.ubl:tags", limit=_MOST_SIGNS), data.count(b"\n", 0, first.start()) + 1)
    return signs


def refuse_large(root: _Element, signs: int) -> None:
    """Raise DocumentError, with the line, for a tree above the limits; few signs need no count."""
    if signs > MAX_VALUES and cast("float", _VALUES(root)) > MAX_VALUES:
        left = MAX_VALUES
        for element in root.iter():
            left -= 1 + len(element.keys())
            if left < 0:
                _refuse(say("cuadre.ubl:elements", limit=MAX_VALUES), line_of(element))
    if signs > MAX_PARTS and cast("float", _AGGREGATES(root)) > MAX_PARTS:
        (aggregate,) = islice(root.iter(f"{{{CAC}}}*"), MAX_PARTS, MAX_PARTS + 1)
        _refuse(say("cuadre.ubl:aggregates", limit=MAX_PARTS), line_of(aggregate))


def _refuse(what: Text, line: int | None) -> Never:
    sentence = what if line is None else say("cuadre.ubl:first_above", what=what, line=line)
    raise DocumentError(sentence, problems=[], line=line)
