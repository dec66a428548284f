"""Sign a UBL document as DIAN asks (XAdES-EPES, enveloped in an extension of its own), and verify one."""

import datetime as dt
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from lxml.builder import ElementMaker
from lxml.etree import _Element

from cuadre.engine.errors import CuadreError
from cuadre.engine.texts import say
from cuadre.ubl.mapping.extensions import CONTENT, EXTENSION, EXTENSIONS, SIGNATURE
from cuadre.ubl.mapping.namespaces import DS, XADES
from cuadre.ubl.reading.tree import parse_xml
from cuadre.ubl.signing.signature_slot import SigningError, gap, require_nothing_inherited, require_unsigned

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate
    from signxml.xades.xades import XAdESSigner

POLICY = "https://facturaelectronica.dian.gov.co/politicadefirma/v2/politicadefirmav2.pdf"
POLICY_TITLE = "Política de firma para facturas electrónicas de la República de Colombia."
POLICY_SHA256 = "dMoMvtcG5aIzgYo0tIsSQeVJBDnUnfSOfBpxXrmor0Y="
"""Digest of DIAN's signature policy, version 2, in base64."""
SMALLEST_KEY = 2048
"""Bits of an RSA key."""
BOGOTA = dt.timezone(dt.timedelta(hours=-5))

_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_PLACEHOLDER = f'<ds:Signature xmlns:ds="{DS}" Id="placeholder"/>'.encode()
_CERTIFICATE = f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate"
_WHOLE = f"{{{DS}}}SignedInfo/{{{DS}}}Reference[@URI='']"
_TIME = f"{{{XADES}}}SigningTime"
_IDENTIFIER = f".//{{{XADES}}}SigPolicyId/{{{XADES}}}Identifier"


class CertificateError(CuadreError):
    """A certificate that cannot sign; ``detail["reason"]`` is one word for why."""

    code = "certificate"


class SignatureError(CuadreError):
    """A signature that is not valid, or missing; ``detail["reason"]`` is one word for why."""

    code = "signature"


class Pkcs12(NamedTuple):
    """A private key and the certificate of its owner."""

    key: "RSAPrivateKey"
    certificate: "Certificate"


class Verification(NamedTuple):
    """What a valid signature says. Whether its certificate can be trusted is for the caller to decide."""

    certificate: "Certificate"
    signing_time: dt.datetime
    policy: str | None


def load_pkcs12(data: bytes, password: str | None) -> Pkcs12:
    """Open a PKCS #12 file (.p12, .pfx); raise CertificateError where it has nothing to sign with."""
    _require_signxml()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - of the extra `sign`
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415 - as above

    secret = None if password is None else password.encode()
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, secret)
    except ValueError as error:
        # From None, since the first error's frames have the password.
        if "password" in str(error):
            sentence = say("cuadre.ubl:certificate_password")
            raise CertificateError(sentence, reason="password") from None
        sentence = say("cuadre.ubl:certificate_form")
        raise CertificateError(sentence, reason="not_pkcs12") from None
    except UnsupportedAlgorithm:
        sentence = say("cuadre.ubl:certificate_encryption")
        raise CertificateError(sentence, reason="unsupported") from None
    if key is None:
        sentence = say("cuadre.ubl:no_private_key")
        raise CertificateError(sentence, reason="no_private_key")
    if certificate is None:
        sentence = say("cuadre.ubl:no_certificate")
        raise CertificateError(sentence, reason="no_certificate", others=len(others))
    if not isinstance(key, RSAPrivateKey):
        sentence = say("cuadre.ubl:not_rsa")
        raise CertificateError(sentence, reason="not_rsa")
    if key.key_size < SMALLEST_KEY:
        sentence = say("cuadre.ubl:weak_key", bits=key.key_size, smallest=SMALLEST_KEY)
        raise CertificateError(sentence, reason="weak_key", bits=key.key_size, smallest=SMALLEST_KEY)
    return Pkcs12(key, certificate)


def sign(xml: bytes, certificate: Pkcs12, *, signing_time: dt.datetime) -> bytes:
    """Sign a UBL document in UTF-8; outside the new extension, every byte stays as it is.

    ``signing_time`` needs a time zone, and is written in Bogotá's. The signature fills the last empty
    ext:ExtensionContent, or else a new ext:UBLExtension. Raises DocumentError for XML that is refused (a
    DTD), SigningError where the document is no UBL, has no UBLExtensions or is signed already, and
    CertificateError where the certificate is not valid at ``signing_time``.
    """
    _require_signxml()
    if signing_time.utcoffset() is None:
        sentence = say("cuadre.ubl:no_time_zone", time=signing_time.isoformat())
        raise SigningError(sentence, reason="time_zone", signing_time=signing_time)
    _require_valid(certificate.certificate, signing_time)
    root = _parse(xml)
    before, after = gap(xml, root, require_unsigned(root))
    prepared = _parse(before + _PLACEHOLDER + after)
    require_nothing_inherited(prepared)
    signer = _signer(certificate.certificate, signing_time.astimezone(BOGOTA))
    signed = signer.sign(
        prepared,
        key=certificate.key,
        cert=[certificate.certificate],
        always_add_key_value=False,
        exclude_c14n_transform_element=True,
    )
    signature = next(signed.iter(SIGNATURE))
    # Written outside the document, it has no namespaces of its parents.
    parent = signature.getparent()
    assert parent is not None  # noqa: S101 - the placeholder had one
    parent.remove(signature)
    return before + etree.tostring(signature, with_tail=False) + after


def verify(xml: bytes) -> Verification:
    """Verify the signature of a UBL document with the certificate inside it, as of its own signing time.

    Raises DocumentError for XML that is refused, and SignatureError where there is no signature, it does
    not cover the whole document, or it is not valid.
    """
    _require_signxml()
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415 - of the extra `sign`
    from signxml.algorithms import CanonicalizationMethod  # noqa: PLC0415 - as above
    from signxml.exceptions import SignXMLException  # noqa: PLC0415 - as above
    from signxml.xades.xades import (  # noqa: PLC0415 - as above
        XAdESSignatureConfiguration,
        XAdESVerifier,
        XAdESVerifyResult,
    )

    root = _parse(xml)
    location = f"./{EXTENSIONS}/{EXTENSION}/{CONTENT}/"
    signature = root.find(f"{location}{SIGNATURE}")
    if signature is None:
        sentence = say("cuadre.ubl:no_signature")
        raise SignatureError(sentence, reason="absent")
    if signature.find(_WHOLE) is None:
        sentence = say("cuadre.ubl:signature_part")
        raise SignatureError(sentence, reason="part")
    try:
        owner = load_der_x509_certificate(b64decode(signature.findtext(_CERTIFICATE) or ""))
        time = dt.datetime.fromisoformat(next(signature.iter(_TIME)).text or "")
        configuration = XAdESSignatureConfiguration(
            location=location,
            expect_references=True,
            verification_time=time,
            default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
        )
        results = XAdESVerifier().verify(root, x509_cert=owner, expect_config=configuration)
        properties = next(
            result.signed_properties for result in results if isinstance(result, XAdESVerifyResult)
        )
        signed_time = dt.datetime.fromisoformat(properties.findtext(_TIME) or "")
    # The document comes from others, and signxml does not catch all errors that it can cause.
    except (SignXMLException, etree.LxmlError, LookupError, StopIteration) as error:
        raise _invalid(error) from None
    except (ValueError, TypeError, AttributeError, OverflowError, NotImplementedError) as error:
        raise _invalid(error) from None
    return Verification(owner, signed_time, properties.findtext(_IDENTIFIER))


def _invalid(error: Exception) -> SignatureError:
    sentence = say("cuadre.ubl:signature_invalid", fault=str(error) or type(error).__name__)
    return SignatureError(sentence, reason="invalid", cause=str(error))


def _require_signxml() -> None:
    try:
        import signxml.xades.xades  # noqa: F401, PLC0415 - of the extra `sign`
    except ImportError:
        sentence = say("cuadre.ubl:needs_signxml")
        raise SigningError(sentence, reason="not_installed", extra="sign") from None


def _require_valid(certificate: "Certificate", moment: dt.datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if first <= moment <= last:
        return
    expired = moment > last
    bound = (last if expired else first).astimezone(BOGOTA).isoformat()
    sentence = say(
        "cuadre.ubl:certificate_expired" if expired else "cuadre.ubl:certificate_not_yet",
        bound=bound,
        time=moment.isoformat(),
    )
    reason = "expired" if expired else "not_yet_valid"
    raise CertificateError(sentence, reason=reason, not_before=first, not_after=last, signing_time=moment)


def _parse(xml: bytes) -> _Element:
    """Parse the document as it is, with its comments and instructions, which a signature may cover."""
    parse_xml(xml)  # refuses a DTD, too many bytes, and what is not well-formed
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(xml, parser)


def _signer(certificate: "Certificate", time: dt.datetime) -> "XAdESSigner":
    """Make a signer that writes what DIAN asks for: SigningCertificate, not V2, and no other property."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - of the extra `sign`
    from cryptography.x509 import NameOID  # noqa: PLC0415 - as above
    from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm  # noqa: PLC0415 - as above
    from signxml.xades.xades import XAdESSignaturePolicy, XAdESSigner  # noqa: PLC0415 - as above

    ds, xades = ElementMaker(namespace=DS, nsmap={"ds": DS}), ElementMaker(namespace=XADES)
    digest = b64encode(certificate.fingerprint(SHA256())).decode()
    # RFC 4514 has no short name for e-mail, but those who read these signatures know E.
    issuer = certificate.issuer.rfc4514_string({NameOID.EMAIL_ADDRESS: "E"})

    def add_time(signed_signature_properties: _Element, *_: object, **__: object) -> None:
        signed_signature_properties.append(xades.SigningTime(time.isoformat(timespec="seconds")))

    def add_certificate(signed_signature_properties: _Element, *_: object, **__: object) -> None:
        fingerprint = xades.CertDigest(ds.DigestMethod(Algorithm=_SHA256), ds.DigestValue(digest))
        name = ds.X509IssuerName(issuer)
        serial = xades.IssuerSerial(name, ds.X509SerialNumber(str(certificate.serial_number)))
        signed_signature_properties.append(xades.SigningCertificate(xades.Cert(fingerprint, serial)))

    def drop(signed_data_object_properties: _Element, *_: object, **__: object) -> None:
        # DIAN's own examples have no SignedDataObjectProperties, and XAdES allows none that is empty.
        parent = signed_data_object_properties.getparent()
        assert parent is not None  # noqa: S101 - it was made inside SignedProperties
        parent.remove(signed_data_object_properties)

    signer = XAdESSigner(
        signature_policy=XAdESSignaturePolicy(POLICY, POLICY_TITLE, DigestAlgorithm.SHA256, POLICY_SHA256),
        claimed_roles=["supplier"],
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    role = signer.add_signer_role
    policy = signer.add_signature_policy_identifier
    signer.signed_signature_properties_annotators = [add_time, add_certificate, policy, role]
    signer.signed_data_object_properties_annotators = [drop]
    return signer
