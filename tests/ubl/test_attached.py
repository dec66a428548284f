"""AttachedDocument: the invoice inside, its lines in the outer file, and what the authority answered."""

from xml.sax.saxutils import escape

import pytest

import cuadre
from cuadre.engine.authority import Authority, Message

from .writing import changed, checked, example, refused_at, write

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PAYABLE = ">626838.06</cbc:PayableAmount>"
_FORMS = ["cdata", "escaped"]
_INVOICE_LINE = 5
"""Where the invoice's first line stands in the files that these tests make."""


def _response(code: str = "02", messages: tuple[tuple[str, str], ...] = ()) -> str:
    lines = "".join(
        "<cac:LineResponse><cac:LineReference><cbc:LineID>1</cbc:LineID></cac:LineReference><cac:Response>"
        f"<cbc:ResponseCode>{rule}</cbc:ResponseCode><cbc:Description>{text}</cbc:Description>"
        "</cac:Response></cac:LineResponse>"
        for rule, text in messages
    )
    return write(
        f"<cac:DocumentResponse><cac:Response><cbc:ResponseCode>{code}</cbc:ResponseCode>"
        "<cbc:Description>Documento procesado</cbc:Description></cac:Response>"
        "<cac:DocumentReference><cbc:ID>SETP990000101</cbc:ID></cac:DocumentReference>"
        f"{lines}</cac:DocumentResponse>",
        "ApplicationResponse",
    ).decode()


def _held(text: str, form: str) -> str:
    return f"<![CDATA[{text}]]>" if form == "cdata" else escape(text)


def _attach(invoice: str | None, response: str | None = None, form: str = "cdata") -> bytes:
    body = ""
    if invoice is not None:
        held = _held(invoice, form)
        body += (
            "<cac:Attachment>\n<cac:ExternalReference>\n"
            f"<cbc:Description>{held}</cbc:Description></cac:ExternalReference></cac:Attachment>\n"
        )
    if response is not None:
        body += (
            "<cac:ParentDocumentLineReference><cac:DocumentReference><cac:Attachment><cac:ExternalReference>"
            f"<cbc:Description>{_held(response, form)}</cbc:Description>"
            "</cac:ExternalReference></cac:Attachment></cac:DocumentReference></cac:ParentDocumentLineReference>\n"
        )
    return write(body, "AttachedDocument")


_NOTIFIED = (
    ("0000", "0"),
    ("FAJ43b", "Regla: FAJ43b, Notificación: Nombre informado No corresponde al registrado"),
    ("FAK57", "Regla: FAK57, Notificacion: otra"),
    ("RUT01", "La validación del estado del RUT"),
)
_REFUSED = (("FAU14", "Regla: FAU14, Rechazo: Valor a pagar"), ("90", "Documento procesado anteriormente"))


@pytest.mark.parametrize("form", _FORMS)
def test_notifications(form: str) -> None:
    """The invoice is checked, and the authority's notifications stand beside it."""
    report = checked(_attach(example(), _response("02", _NOTIFIED), form))
    assert (report.kind, report.id, report.verdict) == ("invoice", "SETP990000101", "accepted")
    messages = (
        Message("FAJ43b", "notify", _NOTIFIED[1][1]),
        Message("FAK57", "notify", _NOTIFIED[2][1]),
        Message("RUT01", None, _NOTIFIED[3][1]),
    )
    assert report.authority == Authority("02", "Documento procesado", "SETP990000101", messages)
    assert [layer.ran for layer in report.layers if layer.name == "authority"] == [True]


@pytest.mark.parametrize("form", _FORMS)
def test_rejections(form: str) -> None:
    """The authority's rejections are told, and our own verdict is our own."""
    report = checked(_attach(example(), _response("04", _REFUSED), form))
    assert report.verdict == "accepted"
    assert report.authority is not None
    assert report.authority.response_code == "04"
    assert [(message.code, message.severity) for message in report.authority.messages] == [
        ("FAU14", "reject"),
        ("90", None),
    ]


def test_lines_before_the_invoice() -> None:
    """Empty lines between the element and the invoice in it are counted too."""
    text = changed(example(), _PAYABLE, ">1.00</cbc:PayableAmount>")
    data = _attach(text, None, "cdata")
    moved = data.replace(b"<![CDATA[<?xml", b"\n\n\n<![CDATA[<?xml", 1)
    assert moved != data
    (finding,) = checked(moved).findings
    assert finding.place.line == 207 + _INVOICE_LINE - 1 + 3


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("head", ["", "\n\n  ", "\n" * 40])
def test_lines_count_in_the_outer_file(form: str, head: str) -> None:
    """The lines of findings count from the first of the outer file."""
    text = changed(example(), _PAYABLE, ">1.00</cbc:PayableAmount>")
    data = _attach(head + text, None, form)
    (finding,) = checked(data).findings
    assert finding.code == "FAU14"
    assert finding.place.line is not None
    assert "PayableAmount" in data.decode().splitlines()[finding.place.line - 1]
    assert finding.place.line == 207 + _INVOICE_LINE - 1 + head.count("\n")


_ID = "<cbc:ID>SETP990000101</cbc:ID>"
_FAULTS = {
    "amount": (_PAYABLE, ">12,50</cbc:PayableAmount>", 207),
    "repeated": (_ID, f"{_ID}\n{_ID}", 50),
    "not closed": ("</cac:LegalMonetaryTotal>", "", 294),
    "declaration of two lines": (' encoding="UTF-8"', '\nencoding="UTF-8"', None),
}


@pytest.mark.parametrize(("old", "new", "line"), _FAULTS.values(), ids=_FAULTS)
def test_lines_of_refusals(old: str, new: str, line: int | None) -> None:
    """The line of what cannot be read counts in the outer file too."""
    text = changed(example(), old, new)
    if line is None:
        text, line = changed(text, _PAYABLE, ">1,0</cbc:PayableAmount>"), 208
    assert refused_at(_attach(text)) == line + _INVOICE_LINE - 1


def test_line_of_another_root() -> None:
    """What is no invoice inside is refused at its own line, not at the first."""
    assert refused_at(_attach("<a/>")) == _INVOICE_LINE


def test_without_response() -> None:
    """Without an answer of the authority the layer says that it did not run, and why."""
    report = checked(_attach(example()))
    assert (report.verdict, report.authority) == ("accepted", None)
    assert [(layer.ran, bool(layer.reason)) for layer in report.layers if layer.name == "authority"] == [
        (False, True)
    ]


@pytest.mark.parametrize("response", ["rubbish", "", "  ", "<a", "<a/>", example(), "<!DOCTYPE a><a/>"])
def test_rubbish_beside(response: str) -> None:
    """What stands where the answer should be does not keep the invoice from being checked."""
    report = checked(_attach(example(), response))
    assert (report.verdict, report.authority) == ("accepted", None)


def test_response_without_verdict_beside() -> None:
    """An answer that answers nothing does not keep the invoice from being checked either."""
    response = write("", "ApplicationResponse").decode()
    report = checked(_attach(example(), response))
    assert (report.verdict, report.authority) == ("accepted", None)


@pytest.mark.parametrize("inner", ["rubbish", "<a", "<Invoice/>trailing", "\ufeff", "&lt;a/&gt;"])
def test_rubbish_inside(inner: str) -> None:
    """Rubbish inside is refused at its line."""
    assert refused_at(_attach(inner)) == _INVOICE_LINE


@pytest.mark.parametrize("form", _FORMS)
def test_nothing_inside(form: str) -> None:
    """An AttachedDocument that holds no document is refused."""
    assert refused_at(_attach("", None, form)) is not None
    assert refused_at(_attach(None)) is not None
    assert refused_at(_attach(None, _response())) is not None


@pytest.mark.parametrize("form", _FORMS)
def test_doctype_inside(form: str) -> None:
    """A document type declaration inside is refused like one outside."""
    attack = '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    head, body = example().split("\n", 1)
    text = f"{head}{attack}\n{body}".replace(">SETP990000101<", ">&x;<")
    assert refused_at(_attach(text, None, form)) == _INVOICE_LINE


def test_attached_inside_attached() -> None:
    """A wrapper is opened once."""
    assert refused_at(_attach(_attach(example()).decode(), None, "escaped")) is not None


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "klingon"])
def test_encoding_inside(encoding: str) -> None:
    """The declaration inside says how the text was once written, which no longer matters."""
    assert checked(_attach(changed(example(), "UTF-8", encoding))).verdict == "accepted"


def test_mark_of_order_inside() -> None:
    """A byte order mark that was copied with the text is no part of it."""
    assert checked(_attach("\ufeff" + example())).verdict == "accepted"


ANSWERS = [
    ("02", (), "accepted"),
    ("02", (("0000", "0"),), "accepted"),
    ("02", _NOTIFIED, "accepted_with_observations"),
    ("04", _REFUSED, "rejected"),
    ("04", (), "rejected"),
    ("030", (), "accepted"),
]


@pytest.mark.parametrize(("code", "messages", "verdict"), ANSWERS)
def test_response_alone(code: str, messages: tuple[tuple[str, str], ...], verdict: str) -> None:
    """An ApplicationResponse by itself gives the authority's own verdict, and nothing is computed."""
    report = checked(_response(code, messages))
    assert (report.kind, report.id, report.verdict) == ("application_response", "SETP990000101", verdict)
    assert report.findings == ()
    assert [(layer.name, layer.ran) for layer in report.layers] == [
        ("read", True),
        ("totals", False),
        ("authority", True),
    ]


def test_response_that_answers_nothing() -> None:
    """An ApplicationResponse without a DocumentResponse is refused at its root."""
    assert refused_at(write("", "ApplicationResponse")) == 2


@pytest.mark.parametrize("form", _FORMS)
def test_totals(form: str) -> None:
    """The figures of the invoice inside are recomputed; an answer alone has none."""
    assert (
        cuadre.recompute(_attach(example(), _response(), form)).figures
        == cuadre.recompute(example().encode()).figures
    )
    with pytest.raises(cuadre.CuadreError):
        cuadre.recompute(_response().encode())
