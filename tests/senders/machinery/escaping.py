"""The ways in which a server may write a text that it repeats."""

import json
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable
from html import escape
from html.entities import codepoint2name
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape as escape_xml


def _mixed(text: str) -> str:
    """Write each character as a reference: decimal with zeros, hexadecimal in both cases, or by its name."""
    parts = []
    for code in map(ord, text):
        name = codepoint2name.get(code, f"#{code}")
        parts.append((f"&#00{code};", f"&#x{code:x};", f"&#X{code:X};", f"&{name};")[code % 4])
    return "".join(parts)


def _units(text: str) -> list[int]:
    data = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


WRITERS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "json": json.dumps,
    "json as it is": lambda text: json.dumps(text, ensure_ascii=False),
    "php's json": lambda text: json.dumps(text).replace("/", "\\/"),
    "json, each character": lambda text: "".join(f"\\u{unit:04X}" for unit in _units(text)),
    "javascript": lambda text: "".join(
        f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{{{ord(c):x}}}" for c in text
    ),
    "xml": escape_xml,
    "xml, quotes too": lambda text: escape_xml(text, {'"': "&quot;", "'": "&apos;"}),
    "html": escape,
    "decimal references": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal references": lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    "mixed references": _mixed,
    "cdata": lambda text: f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>",
    "url": lambda text: quote(text, safe=""),
    "url, each byte": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "form": quote_plus,
    "old javascript": lambda text: "".join(f"%u{unit:04x}" for unit in _units(text)),
}
"""Escapes, by name."""
ENCODERS: dict[str, Callable[[str], str]] = {
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64 in lines": lambda text: encodebytes(text.encode()).decode(),
    "base64 for urls": lambda text: urlsafe_b64encode(text.encode()).decode(),
}
"""What hides a text as a whole; a secret in it begins anywhere in a group of three bytes."""
