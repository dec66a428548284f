"""How much is paid by each means (pagos): UBL says it in PaymentTerms, which the model carries as it is."""

from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import AmountError
from cuadre.engine.model.document import Document
from cuadre.engine.model.element import Element
from cuadre.engine.model.scalars import Path, format_amount

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:Common"
_TERMS = f"{{{_UBL}AggregateComponents-2}}PaymentTerms"
_AMOUNT = f"{{{_UBL}BasicComponents-2}}Amount"


def payment_terms(amount: Decimal | None) -> Element:
    """Make the PaymentTerms of one means of payment; they stand in the order of ``payment_means``."""
    parts = () if amount is None else (Element(_AMOUNT, format_amount(amount)),)
    return Element(_TERMS, children=parts)


def payment_amounts(document: Document) -> Iterator[tuple[Path, Decimal | None]]:
    """List what is paid by each means, with the path of its means; None where it is no amount."""
    terms = [element for element in document.other if element.name == _TERMS]
    for index, element in enumerate(terms):
        amount = element.find("Amount")
        yield ("payment_means", index), None if amount is None else _amount(amount.text)


def _amount(text: str) -> Decimal | None:
    try:
        return parse_amount(text)
    except AmountError:
        return None
