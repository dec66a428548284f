"""The envelope that is written: the elements of the documentation, both parties, secrets, refusals."""

import os
import re
from pathlib import Path

import pytest

from cuadre.engine.errors import CuadreError, DefinitionError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import PayloadError, Reference, Settings, register
from cuadre.senders.delivery.credentials import Credentials
from cuadre.senders.payloads.xml_text import read_xml
from cuadre.senders.ssintegral import PROVIDER, SSIntegral
from cuadre.senders.ssintegral.line_mapping import load_mapping

from .documents import MAPPING, adjustment, header, whole

SEEDS = (
    Path(os.environ.get("CUADRE_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus").parent / "seeds"
)
URL = "https://factura.example"


def text_of(data: bytes, name: str) -> list[str]:
    """Return the text of every element of a name, in the order of the envelope."""
    return re.findall(rf"<{name}>([^<]*)</{name}>", data.decode())


def send(document: Document, **values: str) -> bytes:
    """Return the body of the request that sends a document."""
    return PROVIDER.send_request(document, Settings(URL, values)).body


def test_is_a_provider() -> None:
    """The provider keeps the contract."""
    assert register("ssintegral", PROVIDER).name == "ssintegral"


@pytest.mark.corpus
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"there is no folder {SEEDS}")
@pytest.mark.parametrize(("version", "which"), [("1.1", 0), ("1.2", 2)])
def test_elements_of_the_documentation(version: str, which: int) -> None:
    """Every element that the documentation shows is written, under its name and in its order."""
    seed = next(SEEDS.glob("000_*.txt")).read_text(encoding="utf-8")
    sample = re.findall(r"<soap(?:12)?:Envelope.*?</soap(?:12)?:Envelope>", seed, re.DOTALL)[which]
    body = send(_full(), soap=version, company_code="7", service="1")
    opening = r"<([\w:]+)[ />]"
    assert re.findall(opening, body.decode())[0:] == re.findall(opening, sample)
    assert read_xml(body).name == read_xml(sample.encode()).name


def _full() -> Document:
    note = adjustment()
    return note.model_copy(update={"kind": header().kind})


def test_parties_stand_the_right_way_round() -> None:
    """Who sells is the supplier of the document, and who issues it is the customer."""
    body = send(header())
    root = read_xml(body)
    groups = "Body/EnviarDocumentoSoporteElectronico/datos/strucinvoicedoc"
    seller = root.find(f"{groups}/proveedordocequivalente/NIT")
    issuer = root.find(f"{groups}/empresadocequivalente/NIT")
    digit = root.find(f"{groups}/empresadocequivalente/DigitoVerificacion")
    assert seller is not None
    assert seller.text == "1020304050"
    assert issuer is not None
    assert issuer.text == "900373115"
    assert digit is not None
    assert digit.text == "3"


def test_values() -> None:
    """Totals, dates and numbers have the form of their elements."""
    body = send(header())
    wanted = {
        "TotalReteICA": ["6900.50"],
        "TotalReteIva": ["28500.00"],
        "TotalReteFuente": ["25000.00"],
        "TotalIva": ["190000.00"],
        "TotalDescuento": ["10000.00"],
        "TotalRecargo": ["2500.00"],
        "FechaDocumento": ["2026-11-20T00:00:00"],
        "IssueTime": ["2026-11-20T10:30:00"],
        "FechaIncial": ["2026-01-01"],
        "InvoiceAuthorization": ["18760000001"],
        "NumeroDocumento": ["17"],
        "Prefijo": ["DS", "DS"],
    }
    assert {name: text_of(body, name) for name in wanted} == wanted


def test_secrets_are_placeholders_and_are_filled() -> None:
    """No secret is in the request, and the transport finds a place for each."""
    request = PROVIDER.send_request(header(), Settings(URL, {}))
    secrets = {"NIT": "user", "PASSWORD": "a<b", "CERTIFICATE_PASSWORD": "c&d", "PIN": "9"}
    credentials = Credentials("ssintegral", secrets, PROVIDER.credentials)
    assert Credentials("ssintegral", {}, PROVIDER.credentials).missing(request) == tuple(
        name for name in ("NIT", "PASSWORD", "CERTIFICATE_PASSWORD", "PIN")
    )
    body = credentials.fill(request).body
    found = [text_of(body, name)[0] for name in ("NIT", "Clave", "PasswordCertificado", "Pin")]
    assert found == ["user", "a&lt;b", "c&amp;d", "9"]


@pytest.mark.parametrize(
    ("soap", "content_type", "action"),
    [("1.1", "text/xml; charset=utf-8", True), ("1.2", "application/soap+xml; charset=utf-8", False)],
)
def test_requests(soap: str, content_type: str, *, action: bool) -> None:
    """Both versions of SOAP have their headers, and the service its address."""
    request = PROVIDER.send_request(header(), Settings(URL, {"soap": soap}))
    assert (request.method, request.url) == ("POST", f"{URL}/ServicioSSIntegral.asmx")
    assert request.headers["Content-Type"] == content_type
    assert ("SOAPAction" in request.headers) is action


def test_adjustment_goes_to_the_other_operation() -> None:
    """A note is sent by the operation for notes, with what it corrects."""
    request = PROVIDER.send_request(adjustment(), Settings(f"{URL}/x.asmx", {}))
    assert request.url == f"{URL}/x.asmx"
    assert (
        request.headers["SOAPAction"] == '"https://factura.ssintegral.com/EnviarDocumentoAjusteElectronico"'
    )
    assert text_of(request.body, "ReferenceID") == ["DS16"]
    assert text_of(request.body, "UUID") == ["a" * 96]


def test_options_of_the_account() -> None:
    """What belongs to the account comes from the settings, in every element that asks for it."""
    body = send(header(), company_code="7", service="1", server="2", notify_dian="S", ciiu="0123")
    assert text_of(body, "CodigoEmpresa") == ["7", "7"]
    assert [text_of(body, name) for name in ("Servicio", "server", "notificarDIAN", "CIIU")] == [
        ["1"],
        ["2"],
        ["S"],
        ["0123"],
    ]


def test_lines_by_mapping(tmp_path: Path) -> None:
    """With a mapping the lines and the rates are written under its names; without it they are refused."""
    with pytest.raises(PayloadError) as refused:
        PROVIDER.write(whole())
    assert refused.value.detail["pointer"] == "/datos/strucinvoicedoc/documentoSE/detallesivas"
    body = send(whole(), line_mapping=str(MAPPING))
    assert text_of(body, "Descripcion") == ["Café pergamino"]
    assert text_of(body, "Tarifa") == ["19"]
    file = tmp_path / "one.csv"
    file.write_text("array,member,element,value\ndetallesivas,,,\n", encoding="utf-8")
    with pytest.raises(PayloadError) as refused:
        send(whole(), line_mapping=str(file))
    assert str(refused.value.detail["pointer"]).endswith("DocumentoEquivalenteDetalles")


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("lineas,Linea,Codigo,id", 2),
        ("allowancecharge,Cargo,Valor,amounts", 2),
        ("allowancecharge,Cargo,Valor,", 2),
        ("allowancecharge,Cargo,Valor,amount\nallowancecharge,Otro,Base,base_amount", 3),
        ("DocumentoEquivalenteDetalles,Linea,Precio,price.amount", 2),
    ],
)
def test_wrong_mappings(row: str, line: int, tmp_path: Path) -> None:
    """A row that leads nowhere is named by its line."""
    file = tmp_path / "lines.csv"
    file.write_text(f"array,member,element,value\n{row}\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_mapping(str(file))
    assert refused.value.detail["line"] == line


def test_wrong_columns(tmp_path: Path) -> None:
    """A table with other columns is refused."""
    file = tmp_path / "lines.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DefinitionError):
        load_mapping(str(file))


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"uuid": None}, "/datos/strucinvoicedoc/CUDS"),
        ({"kind": "invoice", "uuid": "x"}, ""),
        ({"id": None, "uuid": "x"}, "/datos/strucinvoicedoc/documentoSE/NumeroDocumento"),
        ({"id": "XX17"}, "/datos/strucinvoicedoc/documentoSE/Prefijo"),
        ({"issue_time": "10:30:00Z"}, "/datos/strucinvoicedoc/documentoSE/IssueTime"),
        ({"legal_monetary_total": None, "uuid": "x"}, "/datos/strucinvoicedoc/documentoSE/TotalDocumento"),
        ({"prepaid_payments": [{"paid_amount": "1"}]}, "/datos/strucinvoicedoc/documentoSE/TotalDocumento"),
        (
            {
                "tax_totals": [
                    {"tax_amount": "5", "tax_subtotals": [{"tax_scheme_id": "04", "tax_amount": "5"}]}
                ]
            },
            "/datos/strucinvoicedoc/documentoSE",
        ),
        ({"payment_means": [{"id": "1"}, {"id": "2"}]}, "/datos/strucinvoicedoc/documentoSE"),
        (
            {"allowance_charges": [{"charge_indicator": "false", "amount": "1"}]},
            "/datos/strucinvoicedoc/documentoSE/allowancecharge",
        ),
        (
            {"dian_extensions": {"invoice_control": {"invoice_authorization": "1.876E10"}}},
            "/datos/strucinvoicedoc/resoluciondocequivalente/InvoiceAuthorization",
        ),
        ({"note": ["\x01"]}, "/datos/strucinvoicedoc/documentoSE/Notas"),
    ],
)
def test_refusals(changes: dict[str, object], pointer: str) -> None:
    """What the envelope cannot hold, or lacks, is refused at its element."""
    with pytest.raises(PayloadError) as refused:
        PROVIDER.write(header(**changes))
    assert refused.value.detail["pointer"] == pointer


def test_unknown_soap() -> None:
    """There is no third version of SOAP."""
    with pytest.raises(PayloadError) as refused:
        PROVIDER.send_request(header(), Settings(URL, {"soap": "2.0"}))
    assert refused.value.detail["setting"] == "soap"


def test_no_query() -> None:
    """A question is refused, and the ZipKey is named."""
    with pytest.raises(CuadreError) as refused:
        PROVIDER.query_request(Reference("DS17", "support_document", track_id="zip-1"), Settings(URL))
    assert refused.value.detail["track_id"] == "zip-1"


def test_own_mapping_writes_without_options() -> None:
    """A provider that was made with a mapping needs no option."""
    assert text_of(SSIntegral(load_mapping(str(MAPPING))).write(whole()), "Codigo") == ["01", "CAF"]
