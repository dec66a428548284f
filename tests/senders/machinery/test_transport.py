"""One exchange: what surely never arrived, what is unresolved, and that no redirect is followed."""

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Request
from cuadre.senders.delivery import transport as transport_module
from cuadre.senders.delivery.credentials import Credentials
from cuadre.senders.delivery.transport import HttpTransport, MayHaveArrivedError, NeverArrivedError, Timeouts

from .conftest import SECRETS
from .office import Office

NOBODY = Credentials("colibri")


def get(url: str, transport: HttpTransport | None = None) -> bytes:
    """Get a URL."""
    transport = transport or HttpTransport(Timeouts(0.3, 0.3, 0.6), trust_env=False)
    return transport.exchange(Request("GET", url, {}), NOBODY).body


@pytest.fixture
def port() -> Iterator[int]:
    """Take a port of this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def mute() -> Iterator[tuple[int, threading.Event]]:
    """Listen, read what comes first, and hang up; the event says that something came."""
    came = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            connection, _ = server.accept()
            with connection:
                if connection.recv(10):
                    came.set()

        thread = threading.Thread(target=hang_up)
        thread.start()
        yield server.getsockname()[1], came
        thread.join()


def test_refused(port: int) -> None:
    """A refused connection carries nothing."""
    with pytest.raises(NeverArrivedError) as failed:
        get(f"http://127.0.0.1:{port}/")
    assert failed.value.detail["url"] == f"http://127.0.0.1:{port}/"


def test_no_such_name() -> None:
    """A name that does not exist carries nothing."""
    with pytest.raises(NeverArrivedError):
        get("http://colibri.invalid/")


def test_tls_fails(mute: tuple[int, threading.Event]) -> None:
    """A TLS handshake that fails carries nothing, though the server saw bytes."""
    port, came = mute
    with pytest.raises(NeverArrivedError):
        get(f"https://127.0.0.1:{port}/")
    assert came.is_set()


def test_connect_timeout() -> None:
    """A connection that is not taken in time carries nothing."""
    with socket.socket() as server, socket.socket() as first, socket.socket() as second:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for waiting in (first, second):
            waiting.settimeout(0)
            waiting.connect_ex(server.getsockname())
        with pytest.raises(NeverArrivedError):
            get(f"http://127.0.0.1:{server.getsockname()[1]}/")


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://", "nothing", "http://[/"])
def test_no_http(url: str) -> None:
    """An address that is none of HTTP carries nothing."""
    with pytest.raises(NeverArrivedError):
        get(url)


def test_hung_up(mute: tuple[int, threading.Event]) -> None:
    """A connection that ends after the request began to leave is unresolved."""
    port, came = mute
    with pytest.raises(MayHaveArrivedError):
        get(f"http://127.0.0.1:{port}/")
    assert came.is_set()


def test_redirect_is_an_answer(office: Office) -> None:
    """A redirect comes back as it is, and nobody is asked elsewhere."""
    office.queries.append("307")
    request = Request("GET", f"{office.url}/documents/1", {})
    response = HttpTransport(trust_env=False).exchange(request, NOBODY)
    assert (response.status, office.asked) == (307, [])
    assert response.headers["location"] == f"{office.url}/elsewhere"


def test_too_long(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without end is unresolved, and is not kept."""
    monkeypatch.setattr(transport_module, "MAX_ANSWER", 10)
    with pytest.raises(MayHaveArrivedError):
        get(f"{office.url}/documents/1")


def test_proxy(office: Office, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's proxy is used, unless it is told not to be; one that is given is used anyway."""
    monkeypatch.setenv("http_proxy", office.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    asked = f"http://127.0.0.1:{port}/documents/SETP1"
    assert b"missing" in get(asked, HttpTransport())
    assert b"missing" in get(asked, HttpTransport(trust_env=False, proxy=office.url))
    assert office.asked == ["SETP1", "SETP1"]
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(NeverArrivedError):
        get(asked, HttpTransport())


def test_verify_file(tmp_path: Path) -> None:
    """A file of authorities that cannot be read is said when it is needed."""
    with pytest.raises(FileNotFoundError):
        get("https://127.0.0.1:1/", HttpTransport(verify=tmp_path / "none.pem"))
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    with pytest.raises(ssl.SSLError):
        get("https://127.0.0.1:1/", HttpTransport(verify=broken))


def test_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without httpx2 the extra is named."""
    monkeypatch.setitem(__import__("sys").modules, "httpx2", None)
    with pytest.raises(CuadreError) as failed:
        HttpTransport()
    assert failed.value.detail["extra"] == "send"


def test_error_knows_no_request(port: int) -> None:
    """The error has no other error behind it that would know the request and its secrets."""
    credentials = Credentials("colibri", SECRETS)
    request = Request("GET", f"http://127.0.0.1:{port}/?${{TOKEN}}", {"authorization": "${TOKEN}"})
    with pytest.raises(NeverArrivedError) as failed:
        HttpTransport(trust_env=False).exchange(request, credentials)
    assert failed.value.__context__ is None
    assert failed.value.__cause__ is None
    assert SECRETS["TOKEN"] not in str(failed.value)
