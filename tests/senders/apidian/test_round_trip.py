"""A body becomes a Document and the same body again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.fill import fill
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.regime import CO
from cuadre.senders.apidian import PROVIDER
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.json_text import write_json

from .bodies import CORPUS, CORPUS_FILES, OWN, changes, load, needs_corpus, own, read

_AMOUNTS = st.one_of(
    st.decimals(-1000, 1000, places=3).map(str),
    st.decimals(-1000, 1000, places=2),
    st.integers(-1000, 1000),
    st.sampled_from(["+1.0", ".5", "5.", " 7 ", None, ""]),
)


@pytest.mark.parametrize("name", OWN)
def test_own_bodies_come_back(name: str) -> None:
    """What is written is what was read, digits and types included."""
    assert changes(own(name)) == {}


@pytest.mark.parametrize("name", OWN)
def test_a_document_carries_its_body_through_its_own_json(name: str) -> None:
    """What is kept beside the Document survives the Document's JSON."""
    body = own(name)
    copy = Document.model_validate_json(read(body).document.model_dump_json())
    assert load(PROVIDER.write(copy)) == body


@given(st.dictionaries(st.sampled_from(["tax_amount", "percent", "taxable_amount"]), _AMOUNTS))
def test_any_spelling_of_an_amount_comes_back(entry: dict[str, object]) -> None:
    """Text, integer, decimal, null and odd spellings are given back as they were."""
    body = own("credit_note")
    body["tax_totals"].append({"tax_id": 4, **entry})
    assert changes(body) == {}


@given(st.permutations(range(4)))
def test_taxes_come_back_in_any_order(order: list[int]) -> None:
    """Entries of one tax that do not stand together are put together, and apart again."""
    body = own("invoice")
    body["tax_totals"] = [body["tax_totals"][index] for index in order]
    assert changes(body) == {}


def test_what_is_unknown_comes_back() -> None:
    """Keys that nobody knows stay, at every level."""
    body = own("invoice")
    body["x"] = {"y": [1, None, {"z": "w"}]}
    body["customer"]["x"] = body["invoice_lines"][2]["x"] = True
    assert changes(body) == {}


def test_exponents_keep_their_value() -> None:
    """A number with an exponent is read without a float, and stays a decimal number."""
    text = write_json(own("debit_note")).replace(b"1428.595", b"1.428595E+3")
    assert b"1428.595" in PROVIDER.write(PROVIDER.read(text).document)


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("path", CORPUS_FILES, ids=lambda path: path.stem[-60:])
def test_public_bodies_come_back(path: Path) -> None:
    """Each of the 42 public bodies is written as it was read."""
    body = load(path.read_bytes())["payload"]
    assert PROVIDER.recognises(write_json(body))
    assert changes(body) == {}


@pytest.mark.corpus
@needs_corpus
def test_the_seed_comes_back() -> None:
    """The credit note of the seed is written as it was read."""
    text = next((CORPUS.parent / "seeds").glob("003_*.txt")).read_text()
    start = text.index("{\n", text.index("Body"))
    body = load(text[start : text.index("\n}\nEjemplo", start) + 2].encode())
    assert read(body).document.id == "NC71"
    assert changes(body) == {}


@pytest.mark.parametrize("name", OWN)
def test_a_filled_document_is_written(name: str) -> None:
    """Computed figures go out instead of the body's own, and whatever was carried with them."""
    filled = fill(read(own(name)).document, CO)
    written = load(PROVIDER.write(filled))
    assert _without_options(read(written).document) == _without_options(filled)
    assert written.keys() == own(name).keys() | (written.keys() & {"tax_totals", "allowance_charges"})


def _without_options(document: Document) -> Document:
    """Leave out what is carried: that of a corrected body differs."""
    totals = [
        total.model_copy(
            update={
                "tax_subtotals": tuple(
                    [part.model_copy(update={"provider_options": None}) for part in total.tax_subtotals]
                )
            }
        )
        for total in document.tax_totals
    ]
    return document.model_copy(update={"provider_options": None, "tax_totals": tuple(totals)})


def test_a_correction_is_written() -> None:
    """A figure that was corrected in the Document goes out, though the body spelt it as a number."""
    body = own("debit_note")
    document = read(body).document
    total = document.legal_monetary_total
    assert total is not None
    fixed = total.model_copy(update={"payable_amount": total.line_extension_amount})
    written = load(PROVIDER.write(document.model_copy(update={"legal_monetary_total": fixed})))
    assert written["requested_monetary_totals"]["payable_amount"] == "1200.5"
    body["requested_monetary_totals"]["payable_amount"] = "1200.5"
    assert written == body


def test_a_correction_that_cannot_be_held_is_refused() -> None:
    """A payable rounding has no key in this format."""
    document = read(own("invoice")).document
    total = document.legal_monetary_total
    assert total is not None
    odd = total.model_copy(update={"payable_rounding_amount": total.prepaid_amount})
    with pytest.raises(PayloadError) as caught:
        PROVIDER.write(document.model_copy(update={"legal_monetary_total": odd}))
    assert caught.value.detail["pointer"] == "/legal_monetary_totals/payable_rounding_amount"
