"""The invented provider's server: it books documents, and misbehaves as it is told to."""

import json
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import urlopen

Point = Callable[[str, str], None]


def _nowhere(point: str, number: str) -> None:
    """Do nothing at a point of an exchange."""


class Office:
    """What the server knows, and what it will do next.

    ``script`` holds what happens to the next POSTs of documents, ``queries`` to the next GETs; where
    they are empty, a new document is accepted and a number that is taken gets rule 90, as DIAN's.
    """

    def __init__(self) -> None:
        self.url = ""
        self.script: deque[str] = deque()
        self.queries: deque[str] = deque()
        self.booked: dict[str, dict[str, Any]] = {}
        self.posts: Counter[str] = Counter()
        self.duplicates: Counter[str] = Counter()
        self.asked: list[str] = []
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.token = "tok-colibri-1"  # noqa: S105 - invented
        self.tokens_given = 0
        self.at: Point = _nowhere
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._busy = 0
        self._idle = threading.Condition(self._lock)

    def book(self, document: dict[str, Any], state: str = "accepted") -> dict[str, Any]:
        """Take a document in, or say that its number is taken."""
        number = document["number"]
        with self._lock:
            self.posts[number] += 1
            if number in self.booked:
                self.duplicates[number] += 1
                key = self.booked[number]["key"]
                rule = "Regla: 90, Rechazo: Documento procesado anteriormente."
                return {"state": "taken", "key": key, "rules": [rule]}
            answer = {"state": state, "key": document.get("key") or f"key-{number}"}
            if state in {"accepted", "observed", "waiting"}:
                self.booked[number] = answer
            return answer

    def look(self, name: str) -> dict[str, Any]:
        """Find a document by number or key."""
        with self._lock:
            self.asked.append(name)
            found = [said for number, said in self.booked.items() if name in {number, said["key"]}]
        return found[0] if found else {"state": "missing"}

    def enter(self, step: int) -> None:
        """Count the exchanges that are going on."""
        with self._idle:
            self._busy += step
            self._idle.notify_all()

    def wait_until_idle(self) -> None:
        """Wait until no exchange is going on.

        Connections are taken in their order, so once this one is answered no older one waits to be.
        """
        with urlopen(f"{self.url}/documents/nobody") as answer:  # noqa: S310 - the office's own address
            answer.read()
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, timeout=20)


@contextmanager
def opened() -> Iterator[Office]:
    """Run an office on a free port of this machine."""
    office = Office()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.office = office
    office.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield office
    finally:
        office.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    office: Office
    daemon_threads = False
    request_queue_size = 64

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as below
        """Count a connection as soon as it is taken."""
        self.office.enter(1)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as below
        """Count a connection as gone."""
        super().shutdown_request(request)
        self.office.enter(-1)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's types
        """Say nothing of clients that leave."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer a query."""
        office = self.server.office
        name = self.path.rpartition("/")[2]
        office.at("asked", name)
        told = office.queries.popleft() if office.queries else ""
        if told in _STATUSES:
            self._answer(_STATUSES[told], {"state": told})
        elif told == "cut":
            self._cut()
        else:
            self._answer(200, {**office.look(name), **({"state": told} if told else {})})
        office.at("told", name)

    def do_POST(self) -> None:
        """Take a document, or give a token."""
        office = self.server.office
        length = int(self.headers["content-length"])
        if self.path.endswith("/token"):
            self._give_token(json.loads(self.rfile.read(length)))
            return
        told = office.script.popleft() if office.script else ""
        office.at("begun", "")
        self._take(told, length)

    def _take(self, told: str, length: int) -> None:
        office = self.server.office
        if told == "cut before":
            self._cut()
            return
        if told == "cut during":
            self.rfile.read(length // 2)
            self._cut()
            return
        body = self.rfile.read(length)
        office.received.append((dict(self.headers.items()), body))
        document = json.loads(body)
        number = document["number"]
        office.at("read", number)
        if told in _STATUSES:
            self._answer(_STATUSES[told], {"state": told, "echo": body.decode()})
            return
        if not told and self.headers["authorization"] != f"Bearer {office.token}":
            self._answer(401, {"state": "unauthorised"})
            return
        answer = office.book(document, told if told in _BOOKS else "accepted")
        office.at("booked", number)
        self._tell(told, answer)
        office.at("answered", number)

    def _tell(self, told: str, answer: dict[str, Any]) -> None:
        if told == "cut after":
            self._cut()
        elif told == "silent":
            self.server.office.stopping.wait(20)
            self.close_connection = True
        elif told == "drip":
            self._drip()
        elif told == "not http":
            self.wfile.write(b"colibri! colibri!\r\n\r\n")
            self.close_connection = True
        elif told == "not json":
            self._answer(200, None)
        elif told == "short":
            self._answer(200, answer, more=10)
        else:
            self._answer(200, {**answer, "rules": [*answer.get("rules", []), *_RULES.get(told, ())]})

    def _drip(self) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while not self.server.office.stopping.wait(0.02):
            self.wfile.write(b" ")

    def _answer(self, status: int, said: dict[str, Any] | None, more: int = 0) -> None:
        body = b"<html>colibri" if said is None else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body) + more))
        self.send_header("connection", "close")
        self.send_header("x-echo", self.headers.get("authorization") or "")
        if status in {429, 503}:
            self.send_header("retry-after", "7")
        if status == 307:
            self.send_header("location", f"{self.server.office.url}/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def _give_token(self, said: dict[str, Any]) -> None:
        office = self.server.office
        office.tokens_given += 1
        self._answer(200, {"token": office.token} if said["pin"] else {})

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


_STATUSES = {"401": 401, "403": 403, "429": 429, "500": 500, "503": 503, "307": 307}
_BOOKS = {"accepted", "observed", "rejected", "invalid", "waiting"}
_RULES = {
    "observed": ("Regla: FAD09c, Notificación: La fecha no es la de hoy",),
    "rejected": ("Regla: FAU04, Rechazo: Base imponible es distinta", "Regla: FAQ07, Notificacion: falta"),
    "invalid": ("supplier is not registered",),
}
