"""No secret is in a log record, in the journal, in an error, in a receipt or in a repr."""

import logging
from pathlib import Path

import pytest

from cuadre.senders.contract import Settings
from cuadre.senders.delivery.credentials import Credentials, CredentialsError
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.delivery.transport import HttpTransport, Timeouts

from .conftest import SECRETS, Desk, invoice
from .invented import RefreshingColibri

WORDS = ("tok-colibri-1", "pin75315colibri", "dG9rLWNvbGlicmkt")


def assert_clean(*texts: str) -> None:
    """No text holds a word of a secret."""
    assert [word for word in WORDS for text in texts if word in text] == []


@pytest.mark.parametrize(
    "how", ["", "429", "500", "cut after", "cut before", "not http", "malformed", "silent"]
)
def test_unseen(desk: Desk, caplog: pytest.LogCaptureFixture, how: str) -> None:
    """However a send ends, and though the server echoes what it got, no secret is left anywhere."""
    caplog.set_level(logging.DEBUG)
    desk.office.script.extend([how] * 3 if how else [])
    receipts: list[Receipt] = [desk.send(invoice())]
    receipts += [resumed.receipt for resumed in desk.resume()]
    sent = desk.office.received
    assert how == "cut before" or SECRETS["TOKEN"] in str(sent)
    assert caplog.records
    assert_clean(
        caplog.text,
        *(str(record.__dict__) for record in caplog.records),
        *(repr(receipt) for receipt in receipts),
        *(file.read_bytes().decode("latin-1") for file in files(desk.journal.file.parent)),
        repr(desk),
    )


def files(folder: Path) -> list[Path]:
    """List the files in a folder and below."""
    return [file for file in folder.rglob("*") if file.is_file()]


def test_echo_is_redacted(desk: Desk) -> None:
    """A server that echoes the request has its answer kept without the secrets."""
    desk.office.script.append("403")
    desk.office.queries.extend(["cut before"] * 200)
    desk.send(invoice())
    raws = [event.receipt.raw for event in desk.journal.history("SETP1") if event.receipt]
    assert "${PIN}" in raws[0]
    assert_clean(*raws)


def test_new_token_is_unseen(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """A token that was renewed is as secret as the first."""
    caplog.set_level(logging.DEBUG)
    credentials = Credentials("colibri", {"PIN": SECRETS["PIN"]}, ("TOKEN", "PIN"))
    desk = desk._replace(provider=RefreshingColibri(), credentials=credentials)
    desk.office.script.append("429")
    receipt = desk.send(invoice())
    assert_clean(caplog.text, repr(receipt), repr(desk), desk.journal.file.read_bytes().decode("latin-1"))


def test_errors(desk: Desk) -> None:
    """An error on the way to nowhere shows the address without its secrets."""
    transport = HttpTransport(Timeouts(0.2, 0.2, 0.5), trust_env=False)
    request = desk.provider.send_request(invoice(), Settings("http://colibri.invalid/${TOKEN}"))
    with pytest.raises(Exception, match="TOKEN") as failed:
        transport.exchange(request, desk.credentials)
    assert_clean(str(failed.value), repr(failed.value), str(vars(failed.value)))


@pytest.mark.parametrize("word", ["${TOKEN}", "${pin}", "${basic:TOKEN:PIN}"])
def test_document_cannot_ask_for_a_secret(desk: Desk, word: str) -> None:
    """A document whose text looks like a placeholder would get the secret written into it: it is refused."""
    with pytest.raises(CredentialsError):
        desk.send(invoice("SETP1", f"pay {word} now"))
    assert desk.office.received == []
    assert desk.journal.history("SETP1") == ()


def test_other_placeholders_are_text(desk: Desk) -> None:
    """A document may say ``${x}`` of anything else."""
    desk.send(invoice("SETP1", "pay ${x} now"))
    assert b"pay ${x} now" in desk.office.received[0].body
