"""What is kept of an answer: text that can be stored, a bounded part of it, and no secret in any escape."""

import json
import time
import tracemalloc
from collections.abc import Callable

import pytest

from cuadre.cli import main
from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Request, Response
from cuadre.senders.delivery.credentials import Credentials
from cuadre.senders.delivery.escapes import normal_form
from cuadre.senders.delivery.journal_entry import State
from cuadre.senders.delivery.receipt import Receipt, RuleMessage, Status
from cuadre.senders.delivery.receipt_limits import (
    MAX_IDENTIFIER,
    MAX_MESSAGES,
    MAX_RAW,
    MAX_TEXT,
    limited,
    raw_text,
)

from .conftest import SECRETS, Desk, Open, invoice
from .escaping import ENCODERS, WRITERS
from .invented import Colibri
from .ways import WAYS

HALF = "half \ud83d"
STORED = "half \ufffd"
NOBODY = Credentials("colibri").redact


class Saying(Colibri):
    """Colibrí, which reads into every answer what a test says."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt

    def read_send(self, response: Response) -> Receipt:
        """Say it."""
        del response
        return self.receipt

    read_query = read_send


def test_half_a_surrogate(desk: Desk) -> None:
    """Text without an encoding is stored with the sign for a character that is none, wherever it is."""
    said = Receipt(
        Status.REJECTED,
        messages=(RuleMessage(HALF, None, HALF),),
        provider_code=HALF,
        buyer_status=HALF,
        reason=HALF,
        raw=HALF,
    )
    receipt = desk._replace(provider=Saying(said)).send(invoice())
    assert receipt == said._replace(
        messages=(RuleMessage(STORED, None, STORED),),
        provider_code=STORED,
        buyer_status=STORED,
        reason=STORED,
        raw=STORED,
        send_status=200,
    )
    assert desk.journal.history("SETP1")[-1].receipt == receipt
    assert desk.state(invoice()) is State.REJECTED


@pytest.mark.parametrize("identifier", [HALF, "x" * (MAX_IDENTIFIER + 1), SECRETS["TOKEN"]])
def test_no_identifier(desk: Desk, identifier: str) -> None:
    """A key that is no text, too long or a secret is not a key to ask with: the document's own stays."""
    said = Receipt(Status.UNKNOWN, key=identifier, track_id=identifier)
    receipt = desk._replace(provider=Saying(said)).send(invoice(key="cufe-1"))
    assert (receipt.key, receipt.track_id) == (None, None)
    (entry,) = desk.journal.unresolved()
    assert (entry.key, entry.track_id) == ("cufe-1", None)
    assert desk.office.asked[:1] == ["cufe-1"]


def test_digits_in_a_key(desk: Desk) -> None:
    """A key may have a secret of digits only in it: a tax number is many an account's user name."""
    desk.credentials.renew({"NIT": "900999111"})
    said = Receipt(Status.ACCEPTED, key="0190099911177")
    assert desk._replace(provider=Saying(said)).send(invoice()).key == "0190099911177"


def test_broken_receipt(desk: Desk) -> None:
    """A plugin that gives back something else than a receipt leaves a document that can be resolved."""
    broken = Saying(None)  # type: ignore[arg-type]
    assert desk._replace(provider=broken).send(invoice()).status is Status.UNKNOWN
    assert desk.state(invoice()) is State.UNKNOWN
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert desk.office.posts == {"SETP1": 1}


def test_half_a_surrogate_of_the_user(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A number, a key or a reason that is no text is an error, and nothing is noted."""
    desk.office.script.append("cut before")
    desk.office.queries.extend(["cut before"] * 200)
    desk.send(invoice())
    before = desk.journal.history("SETP1")
    there = ["--via", "emision", "--url", desk.office.url, "--journal", str(desk.journal.file)]
    for given in ("\udcff", "--key=\udcff", "--track-id=\udcff"):
        assert main(["status", given, *there]) == 2
    settled = ["--settle", "accepted", "--force", "--reason", "\udcff"]
    assert main(["status", "SETP1", *settled, "--via", "colibri", *there[2:]]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert desk.journal.history("SETP1") == before


def test_half_a_surrogate_in_a_document(desk: Desk) -> None:
    """A document with a text that is none is refused before anything is noted."""
    document = invoice().model_copy(update={"provider_options": {"colibri": {"x": "\ud800"}}})
    with pytest.raises(CuadreError):
        desk.send(document)
    assert (desk.office.calls, desk.journal.history("SETP1")) == ([], ())


def test_long_answer(desk: Desk) -> None:
    """Of a long answer the beginning is kept, and receipt and journal say how long it was."""
    desk.office.script.append("huge")
    receipt = desk.send(invoice())
    assert receipt.status is Status.ACCEPTED
    assert len(receipt.raw) == MAX_RAW
    assert receipt.cut_from is not None
    assert receipt.cut_from > 4_000_000
    assert desk.journal.history("SETP1")[-1].receipt == receipt
    assert desk.journal.file.stat().st_size < 4 * MAX_RAW
    assert desk.send(invoice("SETP2")).cut_from is None


def test_many_and_long_messages() -> None:
    """Messages are kept up to a number and a length, and the last one says how many there are more."""
    said = Receipt(Status.REJECTED, messages=(RuleMessage("FAU04", None, "x" * 5_000),) * 2_000)
    messages = limited(said, NOBODY, 0).messages
    assert len(messages) == MAX_MESSAGES + 1
    assert len(messages[0].text) == MAX_TEXT + 1
    assert messages[-1].text == "1500 more messages"


@pytest.mark.parametrize("character", ["x", "é", "€", "🐦"])
def test_cut_is_exact(character: str) -> None:
    """Characters are counted, not bytes, and what is just not cut is not called so."""
    for more in (0, 1):
        body = (character * (MAX_RAW + more)).encode()
        receipt = limited(Receipt(Status.UNKNOWN, raw=raw_text(body)), NOBODY, len(body))
        assert receipt.raw == character * MAX_RAW
        assert receipt.cut_from == (len(body) if more else None)


def test_secret_at_the_cut() -> None:
    """A secret where the answer is cut is found whole."""
    secret = 'cl<ave>&"vault75315ss"\\páramo'  # noqa: S105 - invented
    redact = Credentials("colibri", {"PIN": secret}).redact
    for writer in WRITERS.values():
        written = writer(secret)
        for part in (1, len(written) // 2):
            body = ("x" * (MAX_RAW - part) + " " + written + "y" * 1000).encode()
            raw = limited(Receipt(Status.UNKNOWN, raw=raw_text(body)), redact, len(body)).raw
            assert "cl" not in normal_form(raw[-200:]).text


class Echo:
    """A transport whose server repeats the request, written in some way."""

    def __init__(self, write: Callable[[str], str], status: int) -> None:
        self._write, self._status = write, status

    def exchange(self, request: Request, credentials: Credentials) -> Response:
        """Repeat what would arrive."""
        filled = credentials.fill(request)
        heads = "\n".join(f"{name}: {value}" for name, value in filled.headers.items())
        said = self._write(f"{filled.url}\n{heads}\n\n{filled.body.decode()}")
        return Response(self._status, {}, said.encode())


@pytest.mark.parametrize("writer", [*WRITERS, *ENCODERS])
@pytest.mark.parametrize("way", ["ssintegral 1.1", "apidian without key", "emision", "ecuafact"])
def test_echo_in_any_escape(way: str, writer: str, open_way: Open) -> None:
    """A request that is repeated in whatever escape, alone or inside an answer, leaves no secret behind."""
    write = {**WRITERS, **ENCODERS}[writer]
    answers: dict[str, Callable[[str], str]] = {
        "alone": write,
        "in JSON": lambda text: json.dumps({"message": write(text), "UserMessage": write(text)}),
        "in XML": lambda text: (
            f"<Envelope><Body><Fault><faultstring>{WRITERS['xml'](write(text))}"
            "</faultstring></Fault></Body></Envelope>"
        ),
    }
    desk, document = open_way(WAYS[way]), WAYS[way].letter
    for number, answer in enumerate(answers.values()):
        echoing = desk._replace(transport=Echo(answer, 500 if number else 200))
        receipt = echoing.send(document.model_copy(update={"id": f"DS{number}"}))
        (event, *_) = [one for one in desk.journal.history(f"DS{number}") if one.receipt]
        assert event.receipt is not None
        assert "${" in event.receipt.raw or "…" in event.receipt.raw
        text = normal_form(repr(receipt) + repr(event)).text
        secrets = [normal_form(secret).text for secret in WAYS[way].secrets.values()]
        assert [secret for secret in secrets if secret in text] == []
        assert [word for word in WAYS[way].words if word in text] == []


ENDLESS = {
    "blanks": b" " * 16_000_000,
    "escapes": b'{"message": "' + b"&#60;" * 3_000_000 + b'"}',
    "messages": b'{"StatusCode": "99", "errors": {"a": [' + b'"Regla: 90",' * 400_000 + b'"x"]}}',
    "tokens": b'{"a": "' + b'\\"token\\": \\"' * 900_000 + b'"}',
    "separators": b"<Envelope><Body><R><aResult><ErrorMessage>"
    + b"|" * 8_000_000
    + b"</ErrorMessage></aResult></R>"
    b"</Body></Envelope>",
    "open elements": b"<Clave " * 1_500_000,
    "loose JSON": b"{a;" * 6_000_000,
}


@pytest.mark.parametrize("answer", ENDLESS)
@pytest.mark.parametrize("way", ["ssintegral 1.1", "apidian without key", "emision", "ecuafact"])
def test_long_answers_are_quick(way: str, answer: str, open_way: Open) -> None:
    """An answer of many megabytes takes seconds and no gigabytes, whatever it holds."""

    class Says:
        def exchange(self, request: Request, credentials: Credentials) -> Response:
            del request, credentials
            return Response(422 if answer == "messages" else 200, {}, ENDLESS[answer])

    desk = open_way(WAYS[way])._replace(transport=Says())
    start = time.perf_counter()
    receipt = desk.send(WAYS[way].letter)
    assert time.perf_counter() - start < 20
    assert receipt.cut_from == len(ENDLESS[answer])
    assert desk.journal.file.stat().st_size < 8 * MAX_RAW


def test_memory(desk: Desk) -> None:
    """Looking for secrets takes a bounded part of memory, however long an answer is."""
    body = b"&#60;" * 3_000_000
    tracemalloc.start()
    limited(Receipt(Status.UNKNOWN, raw=raw_text(body)), desk.credentials.redact, len(body))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
