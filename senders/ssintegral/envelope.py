"""SS Integral's envelope: its elements in their order (envelope.csv), between XML and nested dictionaries.

An element with text is text, one that is nil is None, one with children is a dictionary, and children
of one name are a list.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cuadre.engine.model.element import Element
from cuadre.engine.tables import load_table
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.payload import Json
from cuadre.senders.payloads.xml_text import NIL, escaped_text

NAMESPACE = "https://factura.ssintegral.com/"
_XSI, _XSD = "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/2001/XMLSchema"
_TRUE = {"true", "1"}


class Soap(NamedTuple):
    """A version of SOAP."""

    prefix: str
    namespace: str
    content_type: str


SOAP = {
    "1.1": Soap("soap", "http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8"),
    "1.2": Soap("soap12", "http://www.w3.org/2003/05/soap-envelope", "application/soap+xml; charset=utf-8"),
}


class Row(NamedTuple):
    """An element of the envelope: where it is, what it holds, and where that comes from."""

    steps: tuple[str, ...]
    """From the operation down: ``("datos", "strucinvoicedoc", "CUDS")``."""
    type: str
    value: str
    """A path in the Document; ``=`` a constant, ``$`` a secret, ``!`` one that stays empty, ``@`` code."""
    setting: str


def _rows() -> Iterator[Row]:
    groups: dict[str, tuple[str, ...]] = {"": ()}
    for row in load_table("cuadre.senders.ssintegral", "envelope", ("element", "group")):
        steps = (*groups[row["group"]], row["element"])
        if row["type"] == _GROUP:
            groups[row["element"]] = steps
        yield Row(steps, row["type"], row["value"], row["setting"])


_GROUP = "group"
_TABLE = tuple(_rows())
ROWS = tuple([row for row in _TABLE if row.type != _GROUP])
"""The elements that hold values."""
SETTINGS = tuple(dict.fromkeys(row.setting for row in ROWS if row.setting))
_ORDER = {row.steps: number for number, row in enumerate(_TABLE)}


def nested(values: Mapping[tuple[str, ...], Json]) -> dict[str, Json]:
    """Put values into dictionaries, in the order in which they come."""
    body: dict[str, Json] = {}
    for steps, value in values.items():
        holder = body
        for step in steps[:-1]:
            inner = holder.setdefault(step, {})
            if not isinstance(inner, dict):
                break
            holder = inner
        holder[steps[-1]] = value
    return body


def plain(element: Element) -> Json:
    """Read an element as nested dictionaries."""
    if element.attributes.get(NIL) in _TRUE:
        return None
    if not element.children:
        return element.text
    found: dict[str, Json] = {}
    for child in element.children:
        name, value = child.local_name, plain(child)
        if name not in found:
            found[name] = value
            continue
        members = found[name]
        # One list for all children of a name: two of them make it, the others join.
        found[name] = [*members, value] if isinstance(members, list) else [members, value]
    return found


def at(body: Json, steps: tuple[str, ...]) -> Json:
    """Return the value at ``steps``; None where there is none."""
    for step in steps:
        body = body.get(step) if isinstance(body, dict) else None
    return body


def write_envelope(operation: str, body: Mapping[str, Json], version: str) -> bytes:
    """Write a call as SOAP 1.1 or 1.2; raise PayloadError for a character that XML cannot hold."""
    soap = SOAP[version]
    spaces = f'xmlns:xsi="{_XSI}" xmlns:xsd="{_XSD}" xmlns:{soap.prefix}="{soap.namespace}"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<{soap.prefix}:Envelope {spaces}>",
        f"  <{soap.prefix}:Body>",
        f'    <{operation} xmlns="{NAMESPACE}">',
        *_lines(sorted_body(body), "      ", ""),
        f"    </{operation}>",
        f"  </{soap.prefix}:Body>",
        f"</{soap.prefix}:Envelope>",
    ]
    return ("\n".join(lines) + "\n").encode()


def sorted_body(body: Mapping[str, Json], steps: tuple[str, ...] = ()) -> dict[str, Json]:
    """Put the elements of a body into the envelope's order; those that are not in it come last."""
    names = sorted(body, key=lambda name: _ORDER.get((*steps, name), len(_TABLE)))
    result: dict[str, Json] = {}
    for name in names:
        value = body[name]
        result[name] = sorted_body(value, (*steps, name)) if isinstance(value, dict) else value
    return result


def _lines(body: Mapping[str, Json], indent: str, pointer: str) -> Iterator[str]:
    for name, value in body.items():
        for member in value if isinstance(value, list) else [value]:
            yield from _element(name, member, indent, f"{pointer}/{name}")


def _element(name: str, value: Json, indent: str, pointer: str) -> Iterator[str]:
    if value is None:
        yield f'{indent}<{name} xsi:nil="true" />'
    elif isinstance(value, dict):
        yield f"{indent}<{name}>"
        yield from _lines(value, f"{indent}  ", pointer)
        yield f"{indent}</{name}>"
    elif value == "":
        yield f"{indent}<{name} />"
    else:
        yield f"{indent}<{name}>{_escaped(str(value), pointer)}</{name}>"


def _escaped(text: str, pointer: str) -> str:
    try:
        return escaped_text(text)
    except ValueError as error:
        sentence = f"{pointer}: {error}"
        raise PayloadError(sentence, pointer=pointer) from None
