"""The providers over HTTP on loopback, each with answers of its own shape: receipt and journal agree."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cuadre.reading import read
from cuadre.sending import Desk, open_desk

ROOT = Path(__file__).parents[3]
REJECTION = "Regla: FAU04, Rechazo: base distinta"


class Counter(ThreadingHTTPServer):
    """A server that gives one answer and keeps what it got."""

    answer: tuple[int, dict[str, Any]] = (500, {})

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[tuple[str, dict[str, str], bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Counter

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), body))
        status, answer = self.server.answer
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def counter() -> Iterator[Counter]:
    """Serve on a free port of loopback."""
    with Counter() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _apidian(*, valid: bool) -> dict[str, Any]:
    errors = None if valid else {"string": REJECTION}
    result = {"IsValid": str(valid).lower(), "StatusCode": "00" if valid else "99", "ErrorMessage": errors}
    body = {"SendBillSyncResponse": {"SendBillSyncResult": {**result, "XmlDocumentKey": "key-1"}}}
    return {"success": True, "message": "generada", "ResponseDian": {"Envelope": {"Body": body}}}


def _emision(*, valid: bool) -> dict[str, Any]:
    document = {"statusCode": 6, "uuid": "key-1"} if valid else {"statusCode": 11, "Errors": [REJECTION]}
    return {"status": "OK", "message": "Mensaje", "document": document}


def _ecuafact(*, valid: bool) -> dict[str, Any]:
    return {"Id": 71, "AccessKey": "key-1", "Status": 100 if valid else 10}


ANSWERS = {
    "apidian": ("examples/payloads/apidian-credit-note.json", _apidian),
    "emision": ("examples/payloads/emision-spd.json", _emision),
    "ecuafact": ("examples/payloads/ecuafact-invoice.json", _ecuafact),
}


def _desk(name: str, counter: Counter, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(f"CUADRE_{name.upper()}_TOKEN", "tok-loopback-1")
    return open_desk(name, url=f"http://127.0.0.1:{counter.server_port}", journal=folder / "sent.sqlite")


@pytest.mark.parametrize("status", ["accepted", "rejected"])
@pytest.mark.parametrize("name", ANSWERS)
def test_outcome(
    name: str, status: str, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An acceptance is final and nothing leaves again; a rejection is known, and may be sent anew."""
    file, answer = ANSWERS[name]
    counter.answer = (200, answer(valid=status == "accepted"))
    document = read((ROOT / file).read_bytes()).document
    assert document is not None
    number = document.id or "001-001-000000001"
    document = document.model_copy(update={"id": number})
    desk = _desk(name, counter, tmp_path, monkeypatch)
    receipt = desk.send(document)
    (entry,) = desk.journal.named(number)
    assert (receipt.status.value, entry.state.value) == (status, status)
    ((_, headers, body),) = counter.received
    assert "tok-loopback-1" in str(headers)
    assert read(body, provider=name).document is not None
    assert b"tok-loopback-1" not in (tmp_path / "sent.sqlite").read_bytes()
