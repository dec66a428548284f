"""The elements of the page. Texts go in as text, so nothing that a document says becomes markup."""

from collections.abc import Callable, Iterable

from lxml.builder import ElementMaker
from lxml.etree import _Element
from lxml.html import html_parser

from cuadre.formats.words import plain

Child = _Element | str | None
_MAKER = ElementMaker(makeelement=html_parser.makeelement)


def element(tag: str, *children: Child | Iterable[Child], **attributes: str | None) -> _Element:
    """Make an element; None is no child and no attribute, ``class_`` is class, ``aria_label`` aria-label."""
    made = _MAKER(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), plain(value))
    for child in children:
        for one in [child] if child is None or isinstance(child, (str, _Element)) else child:
            _add(made, one)
    return made


def _add(around: _Element, child: Child) -> None:
    if child is None:
        return
    if isinstance(child, _Element):
        around.append(child)
    elif len(around):
        around[-1].tail = (around[-1].tail or "") + plain(child)
    else:
        around.text = (around.text or "") + plain(child)


def cut(value: str, longest: int = 200) -> str:
    """Cut a text of a document: a description may have megabytes."""
    return value if len(value) <= longest else f"{value[: longest - 1]}…"


def one_line(value: str, longest: int = 200) -> str:
    """Write a text of a document in one line."""
    return cut(" ".join(value[: 2 * longest].split()), longest)


def link(target: str, *children: Child, **attributes: str | None) -> _Element:
    """Make a link to an element of the page, by its id."""
    return element("a", *children, href=f"#{target}", **attributes)


def heading_row(columns: Iterable[str], word: Callable[[str], str]) -> _Element:
    """Make the heading of a table; the name of a column that begins with ``>`` is above figures."""
    cells = [
        element("th", word(name.lstrip(">")), scope="col", class_="n" if name.startswith(">") else None)
        for name in columns
    ]
    return element("thead", element("tr", cells))


def amount_cell(value: str, *more: Child) -> _Element:
    """Make a cell of a figure; one that is too long for a column may be broken."""
    return element("td", value, *more, class_="n" if len(value) <= _LONGEST_UNBROKEN else "n long")


_LONGEST_UNBROKEN = 20
