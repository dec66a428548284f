"""The odd corners of reading and rendering: what comes back, what is refused, what is left out."""

import json

import pytest

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.complete import complete
from cuadre.engine.secrets import Secrets
from cuadre.rendering import render_document
from cuadre.ubl.writing.render import render

from .test_render import read_one, same
from .writing import changed, example


def test_list_version_of_a_currency() -> None:
    """UBL allows an amount one more attribute, currencyCodeListVersionID; it comes back."""
    old = '<cbc:PayableAmount currencyID="COP"'
    same(changed(example(), old, f'{old} currencyCodeListVersionID="2001"'))


def test_unknown_namespace_of_dian_extensions() -> None:
    """A namespace that is neither of the two is refused with a DocumentError."""
    fields = {"attributes": {".": {"xmlns": "urn:other"}}}
    with pytest.raises(DocumentError):
        render(Document.model_validate({"kind": "invoice", "dian_extensions": fields}))


def test_namespace_as_an_attribute() -> None:
    """An attribute called xmlns is refused by the renderer; now it writes what is not well-formed."""
    document = Document.model_validate({"kind": "invoice", "attributes": {".": {"xmlns": "urn:other"}}})
    with pytest.raises(DocumentError):
        render(document)


def test_stated_count_of_zero() -> None:
    """``complete`` changes nothing that is stated, a wrong number of lines neither."""
    document = Document.model_validate({"kind": "invoice", "line_count_numeric": "0", "lines": [{}]})
    assert complete(document, Secrets()).line_count_numeric == 0


def test_numbers_of_provider_options() -> None:
    """Provider options are plain JSON: a decimal number in them would not come back, and is refused."""
    with pytest.raises(DocumentError):
        read_one('{"kind": "invoice", "provider_options": {"rate": 1.10}}')


WITHOUT_PLACE = {
    "type code of a debit note": ("debit-note", {"type_code": "92"}),
    "withholding of a credit note": ("credit-note", {"withholding_tax_totals": [{"tax_amount": "1.00"}]}),
    "prepayment of a credit note": ("credit-note", {"prepaid_payments": [{"paid_amount": "1.00"}]}),
}


@pytest.mark.parametrize(("name", "fields"), WITHOUT_PLACE.values(), ids=WITHOUT_PLACE)
def test_fields_without_a_place(name: str, fields: dict[str, object]) -> None:
    """A field that the root has no element for does not make invalid XML: it is refused."""
    stated = json.loads(read_one(example(name)).model_dump_json(exclude_defaults=True))
    with pytest.raises(DocumentError) as caught:
        render_document(json.dumps({**stated, **fields}).encode(), Secrets(), as_stated=True)
    assert "element" in caught.value.detail
