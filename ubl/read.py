"""Read a UBL invoice, credit note or debit note into a Document, in one pass over the tree."""

from typing import Any

from lxml.etree import QName, _Element
from pydantic import ValidationError

from cuadre.engine.document import Document, DocumentKind, Path
from cuadre.engine.element import Element
from cuadre.engine.errors import DocumentError
from cuadre.ubl.extensions import DIAN_EXTENSIONS, SIGNATURE, signing_time
from cuadre.ubl.namespaces import CBC, EXT, prefixed
from cuadre.ubl.shapes import AMOUNT, FOLD, MANY, QUANTITY, ROOTS, TEXTS, Shape
from cuadre.ubl.source import XmlSource

_CURRENCY = f"{{{CBC}}}DocumentCurrencyCode"
_EXTENSIONS = f"{{{EXT}}}UBLExtensions"
_EXTENSION_CONTENT = f"{{{EXT}}}ExtensionContent"
_SUPPORT_DOCUMENTS = {"05"}
_EQUIVALENT_DOCUMENTS = {"20", "25", "27", "30", "35", "40", "45", "50", "55", "60"}
_NOTES = {
    "95": DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT,
    "94": DocumentKind.EQUIVALENT_DOCUMENT_CREDIT_NOTE,
    "93": DocumentKind.EQUIVALENT_DOCUMENT_DEBIT_NOTE,
}


def read_document(
    root: _Element, file: str | None = None, line_offset: int = 0
) -> tuple[Document, XmlSource]:
    """Read the tree of a UBL document, and the places that its figures stood at.

    ``line_offset`` is added to line numbers, for a document inside another. Raises DocumentError: its
    ``detail["problems"]`` lists every figure that cannot be understood, each with its place.
    """
    name = QName(root).localname
    shape = ROOTS.get(name)
    source = XmlSource(root, shape or {}, file, line_offset)
    if shape is None:
        sentence = f"the root element is {name}: not an Invoice, a CreditNote or a DebitNote"
        raise DocumentError(sentence, problems=[], root=name, line=root.sourceline)
    fields = _Reading((root.findtext(_CURRENCY) or "").strip()).document(root, shape)
    fields["kind"] = _kind(name, str(fields.get("type_code", "")).strip())
    try:
        return Document.model_validate(fields), source
    except ValidationError as error:
        problems = [
            {"place": source.place(fault["loc"]), "sentence": _sentence(fault), "value": fault["input"]}
            for fault in error.errors(include_url=False)
        ]
        first = problems[0]
        sentence = f"{first['place'].path}: {first['sentence']}"
        raise DocumentError(sentence, problems=problems) from None


def _sentence(fault: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    return str(fault["msg"]).removeprefix("Value error, ")


def _kind(root: str, type_code: str) -> DocumentKind:
    if root == "DebitNote":
        return DocumentKind.DEBIT_NOTE
    if root == "CreditNote":
        return _NOTES.get(type_code, DocumentKind.CREDIT_NOTE)
    if type_code in _SUPPORT_DOCUMENTS:
        return DocumentKind.SUPPORT_DOCUMENT
    if type_code in _EQUIVALENT_DOCUMENTS:
        return DocumentKind.EQUIVALENT_DOCUMENT
    return DocumentKind.INVOICE


class _Reading:
    """One pass over one document; the currency tells which currencyID is worth a word."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.foreign: list[dict[str, object]] = []

    def document(self, root: _Element, shape: Shape) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        extensions = root.find(_EXTENSIONS)
        self._children(root, shape, fields, ())
        if extensions is not None:
            self._extensions(extensions, fields)
        if self.foreign:
            fields["foreign_currencies"] = self.foreign
        return fields

    def _extensions(self, extensions: _Element, fields: dict[str, Any]) -> None:
        for content in extensions.iterchildren(f"{{{EXT}}}UBLExtension"):
            for part in content.iterchildren(_EXTENSION_CONTENT):
                inner: dict[str, Any] = {}
                for signature in part.iterchildren(SIGNATURE):
                    signing_time(signature, fields)
                self._children(part, DIAN_EXTENSIONS, inner, ())
                control = inner.get("invoice_control")
                if control is not None:
                    fields.setdefault("invoice_control", control)

    def _children(  # noqa: C901, PLR0912 - one loop, because a call for each element would cost a third more
        self, node: _Element, shape: Shape, fields: dict[str, Any], path: Path
    ) -> None:
        """Read the children of ``node`` into ``fields``; this is where the time goes, so it is one loop."""
        for child in node:
            step = shape.get(child.tag)  # type: ignore[arg-type]
            if step is None:
                if child.tag != SIGNATURE:
                    fields.setdefault("other", []).append(_carry(child))
                continue
            take, field, inner = step
            if take <= QUANTITY:
                if field in fields:
                    raise _repeated(child, path)
                fields[field] = child.text or ""
                if take == AMOUNT:
                    if child.get("currencyID") != self.currency:
                        self.foreign.append({"path": (*path, field), "currency_id": child.get("currencyID")})
                elif take == QUANTITY:
                    fields[f"{field}_unit_code"] = child.get("unitCode")
                elif child.attrib:
                    fields.setdefault("attributes", {})[field] = dict(child.attrib)
            elif take == FOLD:
                self._children(child, inner, fields, path)
            elif take == TEXTS:
                fields.setdefault(field, []).append(child.text or "")
            else:
                part: dict[str, Any] = {}
                if take == MANY:
                    many = fields.setdefault(field, [])
                    where: Path = (*path, field, len(many))
                    many.append(part)
                elif field in fields:
                    raise _repeated(child, path)
                else:
                    where = (*path, field)
                    fields[field] = part
                self._children(child, inner, part, where)


def _repeated(element: _Element, path: Path) -> DocumentError:
    sentence = f"{prefixed(str(element.tag))} stands twice where UBL allows one"
    return DocumentError(sentence, problems=[], line=element.sourceline, path=path)


def _carry(element: _Element) -> Element:
    children = tuple([_carry(child) for child in element])
    text = element.text or ""
    if children and not text.strip():
        text = ""
    return Element(str(element.tag), text, dict(element.attrib), children)
