"""How a server misbehaves, whatever it answers otherwise: cuts, silence, errors of HTTP, broken answers."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.request import urlopen

from .office import Answer, Call, Office

STATUSES = {"307": 307, "401": 401, "403": 403, "404": 404, "429": 429, "500": 500, "503": 503}
"""Errors of HTTP, before anything is done."""
AFTER_STATUSES = {"401 after": 401, "429 after": 429, "500 after": 500}
AFTER = {
    *("cut after", "silent", "drip", "not http", "malformed", "short", "echo", "echo not found", "huge"),
    *AFTER_STATUSES,
}
"""What is done wrong once the document is booked."""
CUTS = {"cut before", "cut during"}
HALF = "half a surrogate"
"""A text of the answer has half of a surrogate pair."""
FAULTS = {*STATUSES, *CUTS, *AFTER, HALF}
HUGE = 4_000_000
"""How many blanks a long answer ends with."""
RETRY_AFTER = 7
_IDLE = "/idle"
Some = TypeVar("Some", bound=Office)


@contextmanager
def opened(office: Some) -> Iterator[Some]:
    """Run an office on a free port of this machine."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.office = office
    office.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield office
    finally:
        office.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def wait_until_idle(office: Office) -> None:
    """Wait until no exchange is going on.

    Connections are taken in their order, so once this one is answered no older one waits to be.
    """
    with urlopen(office.url + _IDLE) as answer:  # noqa: S310 - the office's own address
        answer.read()


class _Server(ThreadingHTTPServer):
    office: Office
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - as below
        self.busy = 0
        self.calm = threading.Condition()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as below
        """Count a connection as soon as it is taken."""
        self._count(1)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as below
        """Count a connection as gone."""
        super().shutdown_request(request)
        self._count(-1)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's types
        """Say nothing of clients that leave."""

    def _count(self, step: int) -> None:
        with self.calm:
            self.busy += step
            self.calm.notify_all()


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def do_GET(self) -> None:
        """Serve, as everything."""
        if self.path != _IDLE:
            self._serve()
            return
        with self.server.calm:
            self.server.calm.wait_for(lambda: self.server.busy == 1, timeout=20)
        self._write(Answer(200, b""))

    def do_POST(self) -> None:
        """Serve, as everything."""
        self._serve()

    def _serve(self) -> None:
        office = self.server.office
        call = Call(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
        script = office.script_for(call)
        told = script.popleft() if script else ""
        length = int(call.headers.get("content-length", "0"))
        office.at("begun", call.path)
        if told in CUTS:
            self.rfile.read(length // 2 if told == "cut during" else 0)
            self._cut()
            return
        call = call._replace(body=self.rfile.read(length))
        if len(call.body) < length:
            return
        office.calls.append(call)
        office.at("read", call.path)
        if told in STATUSES:
            self._write(office.refusal(STATUSES[told], call))
            return
        answer = office.answer(call, "" if told in AFTER else office.half[0] if told == HALF else told)
        office.at("acted", call.path)
        self._tell(told, answer, call)
        office.at("answered", call.path)

    def _tell(self, told: str, answer: Answer, call: Call) -> None:
        office = self.server.office
        self.close_connection = True
        if told == "cut after":
            self._cut()
        elif told == "silent":
            office.stopping.wait(20)
        elif told == "drip":
            self._drip()
        elif told == "not http":
            self.wfile.write(b"colibri! colibri!\r\n\r\n")
        elif told == "malformed":
            self._write(office.garbled(answer))
        elif told in AFTER_STATUSES:
            self._write(office.refusal(AFTER_STATUSES[told], call))
        elif told.startswith("echo"):
            self._write(Answer(200, call.body, call.headers.get("content-type", "")))
        elif told == "huge":
            self._write(answer._replace(body=answer.body + b" " * HUGE))
        elif told == HALF:
            self._write(answer._replace(body=answer.body.replace(office.half[1], b"\\ud83d", 1)))
        else:
            self._write(answer, more=10 if told == "short" else 0)

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while not self.server.office.stopping.wait(0.02):
            self.wfile.write(b" ")

    def _write(self, answer: Answer, more: int = 0) -> None:
        self.send_response(answer.status)
        self.send_header("content-type", answer.content_type)
        self.send_header("content-length", str(len(answer.body) + more))
        self.send_header("connection", "close")
        # A header that repeats the secrets, since nothing keeps a server from it.
        self.send_header("x-echo", " ".join(self.headers.values()))
        if answer.status in {429, 503}:
            self.send_header("retry-after", str(RETRY_AFTER))
        if answer.status == STATUSES["307"]:
            self.send_header("location", f"{self.server.office.url}/elsewhere")
        self.end_headers()
        self.wfile.write(answer.body)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
