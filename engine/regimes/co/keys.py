"""The keys that DIAN binds a document with: CUFE, CUDE, CUDS and the software's code.

All are SHA-384 in lower-case hexadecimal over a text without separators (annex 1.9 §11.2, pp. 655-658;
for the support document three independent implementations agree on the text).
"""

import re
from decimal import Decimal
from hashlib import sha384
from typing import NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.rounding import truncate
from cuadre.engine.secrets import Secret, Secrets
from cuadre.engine.texts import say

_ZERO = Decimal(0)
_IVA, _INC, _ICA = "01", "04", "03"
_PAPER = "03"
_TECHNICAL_KEY = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SUPPORT = {DocumentKind.SUPPORT_DOCUMENT, DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT}


class DocumentKeyError(CuadreError, ValueError):
    """A key that cannot be computed: a part of its text is missing, or the secret has a wrong form."""

    code = "key"


class KeyScheme(NamedTuple):
    """Which key a document has."""

    name: str
    """As UUID/@schemeName says it."""
    secret: Secret


def key_scheme(document: Document) -> KeyScheme:
    """Tell which key a document has: CUFE for invoices, CUDS for support documents, else CUDE."""
    if document.kind in _SUPPORT:
        return KeyScheme("CUDS-SHA384", "pin")
    if document.kind == DocumentKind.INVOICE and document.type_code != _PAPER:
        return KeyScheme("CUFE-SHA384", "technical_key")
    return KeyScheme("CUDE-SHA384", "pin")


def document_key(document: Document, secrets: Secrets) -> str:
    """Compute the CUFE, CUDE or CUDS; raise DocumentKeyError where a part or the secret is missing."""
    return _hash(key_text(document, secrets))


def key_text(document: Document, secrets: Secrets) -> str:
    """Return the text that is hashed. It holds the secret: do not show it."""
    scheme = key_scheme(document)
    secret = getattr(secrets, scheme.secret)
    if not secret:
        sentence = say(f"cuadre.engine.regimes.co:needs_{scheme.secret}", scheme=scheme.name)
        raise DocumentKeyError(sentence, missing=scheme.secret)
    if scheme.secret == "technical_key" and _TECHNICAL_KEY.fullmatch(secret) is None:  # noqa: S105 - a name
        sentence = say("cuadre.engine.regimes.co:technical_key_form", length=len(secret))
        raise DocumentKeyError(sentence, length=len(secret))
    total = document.legal_monetary_total
    supplier, customer = document.accounting_supplier_party, document.accounting_customer_party
    head = [
        _needed(document.id, "id"),
        _needed(str(document.issue_date or ""), "issue_date"),
        _needed(document.issue_time, "issue_time"),
        _amount(total.line_extension_amount if total else None, "line_extension_amount"),
    ]
    ids = (_IVA,) if document.kind in _SUPPORT else (_IVA, _INC, _ICA)
    taxes = [part for tax in ids for part in (tax, _tax(document, tax))]
    tail = [
        _amount(total.payable_amount if total else None, "payable_amount"),
        _needed(supplier.company_id if supplier else "", "accounting_supplier_party.company_id"),
        _needed(customer.company_id if customer else "", "accounting_customer_party.company_id"),
        secret,
        _needed(document.profile_execution_id, "profile_execution_id"),
    ]
    return "".join([*head, *taxes, *tail])


def _needed(value: str | None, name: str) -> str:
    if not value:
        sentence = say("cuadre.engine.regimes.co:key_needs", name=name)
        raise DocumentKeyError(sentence, missing=name)
    return value


def _amount(value: Decimal | None, name: str) -> str:
    if value is None:
        sentence = say("cuadre.engine.regimes.co:key_needs", name=name)
        raise DocumentKeyError(sentence, missing=name)
    return format_amount(truncate(value))


def _tax(document: Document, tax: str) -> str:
    amounts = [total.tax_amount for total in document.tax_totals if total.tax_scheme_id == tax]
    return format_amount(truncate(sum((amount or _ZERO for amount in amounts), _ZERO)))


def software_security_code(software_id: str, pin: str, number: str) -> str:
    """Compute sts:SoftwareSecurityCode (rule FAB27b)."""
    return _hash(software_id + pin + number)


def _hash(text: str) -> str:
    return sha384(text.encode()).hexdigest()
