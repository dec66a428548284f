"""Render an input as UBL XML: fill what is not stated, complete what DIAN derives, refuse what is wrong."""

from typing import Literal

from cuadre.checking import check, fill
from cuadre.engine.errors import CuadreError, DocumentError
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.secrets import Secrets
from cuadre.engine.texts import say
from cuadre.reading import read
from cuadre.recognition import is_xml
from cuadre.report import DocumentReport
from cuadre.ubl.writing.render import render


class RefusedError(CuadreError):
    """A document whose stated figures would be rejected; ``findings`` says why."""

    code = "refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(say("cuadre:would_be_rejected", code=findings[0].code), findings=findings)
        self.findings = findings


class NotCheckedError(CuadreError):
    """A document that could not be checked whole; ``detail["layers"]`` names what failed."""

    code = "not_checked"


def refuse(report: DocumentReport) -> None:
    """Raise RefusedError where a report has a rejection, and NotCheckedError where a layer of it failed."""
    wrong = tuple([finding for finding in report.findings if finding.severity in _STOPS])
    if wrong:
        raise RefusedError(wrong)
    failed = [layer.name for layer in report.layers if layer.status == "failed"]
    if failed:
        sentence = say("cuadre:not_checked", layers=tuple(failed))
        raise NotCheckedError(sentence, layers=failed)


_STOPS = {Severity.REJECT, Severity.ERROR}


def prepare(document: Document, secrets: Secrets | None = None) -> Document:
    """Make a document ready for sending: totals where it states none, and what DIAN derives from the rest."""
    stated = document.legal_monetary_total
    if stated is None or any(getattr(stated, name) is None for name in _ALWAYS):
        filled = fill(document)
        total = filled.legal_monetary_total
        if stated is not None and total is not None:
            kept = {name: value for name, value in stated if value is not None}
            filled = filled.model_copy(update={"legal_monetary_total": total.model_copy(update=kept)})
        document = filled
    return find_regime(document.country).complete(document, secrets or Secrets())


_ALWAYS = ("line_extension_amount", "tax_exclusive_amount", "tax_inclusive_amount", "payable_amount")
"""The totals that a document cannot be without."""


def render_document(
    data: bytes, secrets: Secrets, *, as_stated: bool = False, to: Literal["xml", "json"] = "xml"
) -> bytes:
    """Read ``data`` and render it; XML is rendered as it was read, the model's JSON is made ready first.

    Raises RefusedError where a stated figure would be rejected, and NotCheckedError where a layer of the
    check failed, unless ``as_stated`` is set; CuadreError where a payload has an id whose code is not known.
    """
    reading = read(data)
    document = reading.document
    if document is None:
        sentence = say("cuadre:answer_only_document")
        raise CuadreError(sentence)
    if reading.unknown:
        first = reading.unknown[0]
        sentence = say("cuadre:unknown_code", place=first.place.pointer, given=first.stated)
        raise CuadreError(sentence, pointer=first.place.pointer)
    if not is_xml(data):
        document = prepare(document, secrets)
    rendered = render(document)
    if not as_stated:
        (report,) = check(rendered).documents
        refuse(report)
    return rendered if to == "xml" else _json(document)


def _json(document: Document) -> bytes:
    try:
        return document.model_dump_json(exclude_defaults=True, indent=2).encode() + b"\n"
    except ValueError as error:
        sentence = say("cuadre:no_json", error=error)
        raise DocumentError(sentence, problems=[]) from None
