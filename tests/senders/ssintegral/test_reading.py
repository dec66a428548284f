"""An envelope read back: the same document, the same envelope, no secret, and refusals with their place."""

import pytest

from cuadre.engine.errors import DocumentError
from cuadre.engine.regimes.co.keys import document_key
from cuadre.engine.secrets import Secrets
from cuadre.senders.contract import PayloadError, Settings
from cuadre.senders.ssintegral import PROVIDER, SSIntegral
from cuadre.senders.ssintegral.line_mapping import load_mapping

from .documents import MAPPING, PIN, adjustment, header, whole

SHARED = {
    "kind",
    "id",
    "uuid",
    "issue_date",
    "issue_time",
    "due_date",
    "note",
    "order_reference",
    "payment_means",
    "tax_totals",
    "legal_monetary_total",
    "accounting_supplier_party",
    "discrepancy_responses",
    "billing_references",
    "lines",
}


def said(data: bytes, old: str, new: str) -> bytes:
    """Replace one text of an envelope."""
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize("make", [header, adjustment])
def test_document_comes_back(make: object) -> None:
    """What the header says is what the document said, and nothing is left over."""
    given = make()  # type: ignore[operator]
    read = PROVIDER.read(PROVIDER.write(given)).document
    assert read.model_dump(include=SHARED) == given.model_dump(include=SHARED)
    assert read.provider_options is None
    assert document_key(read, Secrets(pin=PIN)) == given.uuid


def test_withholdings_come_back() -> None:
    """Each total of a withholding is one of the document."""
    read = PROVIDER.read(PROVIDER.write(header())).document
    assert {total.tax_scheme_id: str(total.tax_amount) for total in read.withholding_tax_totals} == {
        "05": "28500.00",
        "06": "25000.00",
        "07": "6900.50",
    }


@pytest.mark.parametrize("soap", ["1.1", "1.2"])
def test_envelope_comes_back(soap: str) -> None:
    """An envelope of either version is written as it was read, with what the model does not say."""
    given = PROVIDER.send_request(
        header(), Settings("u", {"soap": soap, "server": "3", "company_code": "7"})
    ).body
    given = said(given, "<Nombres />", "<Nombres>Pedro</Nombres>")
    given = said(given, "<TotalRecargo>2500.00<", "<TotalRecargo>2500.0000<")
    given = said(given, '<detallesivas xsi:nil="true" />', "<detallesivas><X>1</X><X>2</X></detallesivas>")
    assert _compact(PROVIDER.write(PROVIDER.read(given).document)) == _compact(given)


def _compact(data: bytes) -> str:
    return "".join(line.strip() for line in data.decode().splitlines())


def test_changed_figure_is_written() -> None:
    """A figure that was corrected since is not overwritten by what was kept."""
    given = said(PROVIDER.write(header()), "<TotalRecargo>2500.00<", "<TotalRecargo>2500.0<")
    read = PROVIDER.read(given).document
    assert read.legal_monetary_total is not None
    total = read.legal_monetary_total.model_copy(update={"charge_total_amount": read.line_count_numeric})
    changed = read.model_copy(update={"legal_monetary_total": total})
    assert b"<TotalRecargo>0</TotalRecargo>" in PROVIDER.write(changed)


def test_no_secret_is_kept() -> None:
    """The account's secrets are in no Document and come back as placeholders."""
    given = PROVIDER.write(header())
    for name, secret in {
        "${nit}": "user-1",
        "${password}": "hush-2",
        "${certificate_password}": "hush-3",
        "${pin}": "hush-4",
        "<ClaveTecnica />": "<ClaveTecnica>hush-5</ClaveTecnica>",
    }.items():
        given = said(given, name, secret)
    document = PROVIDER.read(given).document
    dumped = document.model_dump_json()
    assert "hush" not in dumped
    assert "user-1" not in dumped
    assert "${" not in dumped
    assert PROVIDER.write(document) == PROVIDER.write(header())


def test_lines_with_a_mapping() -> None:
    """With a mapping lines and rates are read too, and nothing is left over."""
    provider = SSIntegral(load_mapping(str(MAPPING)))
    given = whole()
    read = provider.read(provider.write(given)).document
    assert read.model_dump(include={"lines", "tax_totals"}) == given.model_dump(
        include={"lines", "tax_totals"}
    )
    assert read.provider_options is None


def test_places() -> None:
    """A figure is found by its element and its line."""
    given = PROVIDER.write(header())
    source = PROVIDER.read(given, "call.xml").source
    place = source.place(("legal_monetary_total", "payable_amount"))
    line = 1 + given[: given.index(b"<TotalDocumento>")].count(b"\n")
    assert (place.file, place.line) == ("call.xml", line)
    assert place.xpath == "//datos/strucinvoicedoc/documentoSE/TotalDocumento"
    tax = source.place(("tax_totals", 0, "tax_amount"))
    assert tax.xpath == "//datos/strucinvoicedoc/documentoSE/TotalIva"


def test_resolution_without_point() -> None:
    """The number of the resolution, a decimal to SS Integral, is read and written without a point."""
    given = said(PROVIDER.write(header()), "18760000001<", "18760000001.00<")
    control = PROVIDER.read(given).document.invoice_control
    assert control is not None
    assert control.invoice_authorization == "18760000001"


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ("<TotalIva>190000.00<", "<TotalIva>decimal<", "TotalIva"),
        ("<TotalDocumento>1182500.00<", "<TotalDocumento>1e3<", "TotalDocumento"),
        ("<FechaDocumento>2026-11-20T", "<FechaDocumento>20/11/2026T", "FechaDocumento"),
        ("<IssueTime>2026-11-20T10:30:00<", "<IssueTime>10:30<", "IssueTime"),
        ("<From>1<", "<From>1.5<", "From"),
    ],
)
def test_wrong_values(old: str, new: str, element: str) -> None:
    """A value that is not of its element's type is refused at its place."""
    with pytest.raises(PayloadError) as refused:
        PROVIDER.read(said(PROVIDER.write(header()), old, new))
    assert str(refused.value.detail["pointer"]).endswith(f"/{element}")


def test_first_day_of_all_is_none() -> None:
    """.NET's default date says nothing."""
    given = said(PROVIDER.write(header()), "<FechaVencimiento>2026-12-20", "<FechaVencimiento>0001-01-01")
    read = PROVIDER.read(given).document
    assert read.due_date is None
    assert PROVIDER.write(read) == given


@pytest.mark.parametrize(
    "data",
    [
        b"<a/>",
        b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>',
        (
            b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
            b"<EnviarDocumentoSoporteElectronico/></e:Body></e:Envelope>"
        ),
    ],
)
def test_other_calls(data: bytes) -> None:
    """What is no call of the two operations is refused."""
    with pytest.raises(PayloadError):
        PROVIDER.read(data)
    assert not PROVIDER.recognises(data)


@pytest.mark.parametrize("data", [b"", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_no_xml(data: bytes) -> None:
    """What is no XML, or is dangerous, is refused as such."""
    with pytest.raises(DocumentError):
        PROVIDER.read(data)


def test_recognises_its_own() -> None:
    """An envelope is known at a look."""
    assert PROVIDER.recognises(PROVIDER.write(header()))
