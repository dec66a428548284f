"""Read a page of the HTML report as a browser does: its elements, its links, its policy."""

import base64
import hashlib
import re
import runpy
from collections import Counter
from collections.abc import Callable

from lxml.html import HtmlElement, document_fromstring

from .running import ROOT

invoice: Callable[..., bytes] = runpy.run_path(str(ROOT / "benchmarks" / "generate.py"))["invoice"]
"""Makes an invoice of any number of lines."""
_LOADS = ("src", "srcset", "data", "action", "formaction", "poster", "background", "ping", "style")
_ELEMENTS = (
    "script",
    "link",
    "img",
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "audio",
    "video",
    "image",
    "use",
)


def parse(page: str) -> HtmlElement:
    """Parse a page."""
    return document_fromstring(page)


def words(part: HtmlElement) -> str:
    """Return the text of a part, with single spaces."""
    return " ".join(part.text_content().split())


def faults(page: str) -> list[str]:
    """List what no page may have: things from elsewhere, programs, links to nothing, an id twice."""
    root = parse(page)
    ids = Counter([str(name) for name in root.xpath("//@id")])
    found = [f"{count} × {name}" for name, count in ids.items() if count > 1]
    for one in root.iter():
        if one.tag in _ELEMENTS:
            found.append(f"<{one.tag}>")
        for name, value in _attributes(one):
            if name in _LOADS or name.startswith("on"):
                found.append(f"{one.tag!s} {name}={value}")
            if name in {"href", "xlink:href"} and value.removeprefix("#") not in ids:
                found.append(f"{one.tag!s} {name}={value}")
    return [*found, *_faults_of_the_policy(root)]


def _attributes(one: HtmlElement) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in one.attrib.items()]


def _faults_of_the_policy(root: HtmlElement) -> list[str]:
    (policy,) = [str(one) for one in root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")]
    (style,) = [str(one) for one in root.xpath("//style/text()")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    given = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    wanted = {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return [
        *([] if given == wanted else [policy]),
        *re.findall(r"url\([^)]*\)|@import[^;]*|expression\(", style),
    ]
