"""The ways to send through the five providers, or to ask them: a document, an address, settings, secrets."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.reading import read
from cuadre.senders.contract import Provider, find

from . import (
    apidian_office,
    colibri_office,
    ecuafact_office,
    emision_office,
    olimpia_office,
    ssintegral_office,
)
from .invented import Colibri
from .office import Office

_INVENTED = Colibri()
_TESTS = Path(__file__).parents[2]
_PAYLOADS = _TESTS.parent / "examples" / "payloads"
_LINES = _TESTS / "senders" / "ssintegral" / "fixtures" / "lines.csv"
_TAX = {"tax_scheme_id": "01", "taxable_amount": "1000.00", "percent": "19", "tax_amount": "190.00"}
_SUPPORT: dict[str, Any] = {
    "kind": "support_document",
    "type_code": "05",
    "customization_id": "10",
    "id": "DS17",
    "uuid": "cuds-DS17",
    "issue_date": "2026-11-20",
    "issue_time": "10:30:00-05:00",
    "document_currency_code": "COP",
    "line_count_numeric": "1",
    "lines": [
        {
            "id": "1",
            "quantity": "1",
            "line_extension_amount": "1000.00",
            "item": {"description": ["Café"]},
            "price": {"price_amount": "1000.00"},
        }
    ],
    "tax_totals": [{"tax_amount": "190.00", "tax_subtotals": [_TAX]}],
    "legal_monetary_total": {"line_extension_amount": "1000.00", "payable_amount": "1190.00"},
}


class Way(NamedTuple):
    """One way to talk with a provider; every secret in it is invented."""

    provider: str
    office: Callable[[], Office]
    secrets: Mapping[str, str]
    document: Callable[[], Document] | None = None
    """None where it sends nothing."""
    path: str = ""
    """What stands behind the server's address in the provider's."""
    values: Mapping[str, str] = {}

    @property
    def plugin(self) -> Provider:
        """The provider: the invented one is not installed."""
        return _INVENTED if self.provider == _INVENTED.name else find(self.provider)

    @property
    def letter(self) -> Document:
        """The document, where it sends any."""
        if self.document is None:
            raise LookupError
        return self.document()

    @property
    def words(self) -> tuple[str, ...]:
        """What must never be seen: a part of each secret that no escape changes."""
        return tuple([_bare(secret) for secret in self.secrets.values()])


def _bare(secret: str) -> str:
    return max("".join(sign if sign.isalnum() or sign == "-" else " " for sign in secret).split(), key=len)


@cache
def _example(name: str, **changes: str) -> Document:
    document = read((_PAYLOADS / f"{name}.json").read_bytes()).document
    if document is None:
        raise LookupError
    return document.model_copy(update=changes)


def _credit_note() -> Document:
    return _example("apidian-credit-note", uuid="cude-NC1002")


def _apidian(**more: Any) -> Way:  # noqa: ANN401 - what a Way holds
    way = Way("apidian", apidian_office.ApidianOffice, {"TOKEN": apidian_office.TOKEN}, _credit_note, "/api")
    return way._replace(**more)


def _ssintegral(version: str) -> Way:
    secrets = {
        **ssintegral_office.ACCOUNT,
        "certificate_password": "cert-ssintegral-1",
        "pin": "pin&ssintegral-1",
    }
    values = {"soap": version, "line_mapping": str(_LINES)}
    office = ssintegral_office.SSIntegralOffice
    return Way("ssintegral", office, secrets, lambda: Document.model_validate(_SUPPORT), "", values)


def _olimpia(name: str) -> Way:
    secrets = {"AUTHORIZATION": olimpia_office.AUTHORIZATION}
    return Way("olimpia", olimpia_office.OlimpiaOffice, secrets, values={"format": name})


WAYS = {
    "apidian": _apidian(),
    "apidian without key": _apidian(document=lambda: _example("apidian-credit-note")),
    "apidian test set": _apidian(values={"test_set_id": "set-1"}),
    "emision": Way(
        "emision",
        emision_office.EmisionOffice,
        {"TOKEN": emision_office.TOKEN},
        lambda: _example("emision-spd"),
        "/api/v1",
    ),
    "ssintegral 1.1": _ssintegral("1.1"),
    "ssintegral 1.2": _ssintegral("1.2"),
    # The number is the caller's own, and looks like one that the server gives.
    "ecuafact": Way(
        "ecuafact",
        ecuafact_office.EcuafactOffice,
        {"TOKEN": ecuafact_office.TOKEN},
        lambda: _example("ecuafact-invoice", id="001-001-000000002"),
    ),
}
"""Those that send."""
BATCHES = {
    "colibri": Way(
        "colibri",
        colibri_office.ColibriOffice,
        {"TOKEN": "tok-colibri-1", "PIN": "75315"},
        lambda: Document(kind=DocumentKind.INVOICE, id="R1", uuid="cude-R1"),
    ),
    **{name: WAYS[name] for name in ("apidian", "apidian test set", "emision")},
}
"""Those that are quick enough to be killed often; e-Misión cannot be asked."""
QUESTIONS = {f"olimpia {name}": _olimpia(name) for name in ("json", "xml", "form")}
"""Those that can only ask."""
