"""A document of Ecuador without a currency is in dollars, and nothing of Colombia gets into it."""

import datetime as dt
import json
from pathlib import Path

import pytest

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.secrets import Secrets
from cuadre.rendering import prepare
from cuadre.senders.contract import PayloadError, find
from cuadre.senders.ecuafact import PROVIDER
from cuadre.sending import sendable

from .bodies import document, load, own

EXAMPLE = Path(__file__).parents[3] / "examples" / "payloads" / "ecuafact-invoice.json"
COLOMBIAN = ("ubl_version_id", "customization_id", "profile_id", "profile_execution_id", "dian_extensions")


def without_currency() -> Document:
    """Read the invoice and forget its currency."""
    return document().model_copy(update={"document_currency_code": None})


def test_is_written_in_dollars() -> None:
    """The body says the word of SRI for a document that states no currency."""
    assert load(PROVIDER.write(without_currency()))["Currency"] == "DOLAR"


def test_body_without_currency_comes_back() -> None:
    """A body that states none is read as dollars and comes back as it was."""
    body = own(lambda given: given.pop("Currency", None))
    read = PROVIDER.read(json.dumps(body, default=float).encode()).document
    assert read.document_currency_code == "USD"
    assert "Currency" not in load(PROVIDER.write(read))


def test_prepared_as_ecuador_s() -> None:
    """Getting ready for sending adds dollars, and no profile, version or key of DIAN's."""
    prepared = prepare(without_currency(), Secrets(technical_key="a" * 40, pin="1"))
    assert prepared.document_currency_code == "USD"
    assert {name: getattr(prepared, name) for name in COLOMBIAN if getattr(prepared, name)} == {}
    assert prepared.uuid is None
    assert all(line.line_extension_amount is not None for line in prepared.lines)


@pytest.mark.parametrize("kind", ["payload", "model"])
def test_sent_in_dollars(kind: str) -> None:
    """What is sent of a payload or of the model's JSON is in dollars."""
    data = EXAMPLE.read_bytes()
    if kind == "model":
        read = PROVIDER.read(data).document.model_copy(update={"document_currency_code": None})
        data = read.model_dump_json(exclude_defaults=True).encode()
    ready = sendable(data, "invoice.json", Secrets(), today=dt.date(2026, 11, 28), force=True)
    assert ready.document_currency_code == "USD"
    assert ready.profile_id is None
    assert load(PROVIDER.write(ready)).get("Currency", "DOLAR") == "DOLAR"


@pytest.mark.parametrize("provider", ["apidian", "emision", "ssintegral"])
def test_providers_of_colombia_take_none(provider: str) -> None:
    """A provider of Colombia refuses a document of Ecuador."""
    kind = DocumentKind.SUPPORT_DOCUMENT if provider == "ssintegral" else DocumentKind.INVOICE
    foreign = Document(kind=kind, country="EC", id="A1", uuid="key")
    with pytest.raises(PayloadError) as refused:
        find(provider).write(foreign)
    assert "EC" in str(refused.value)


def test_no_word_of_dian() -> None:
    """The authority of Ecuador is the SRI: no sentence of this provider names Colombia's."""
    folder = Path(find("ecuafact").write.__code__.co_filename).parent
    assert [file.name for file in folder.glob("*.py") if "DIAN" in file.read_text("utf-8")] == []
