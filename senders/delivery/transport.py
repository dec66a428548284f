"""Carry one request over HTTP, once, and say of each failure whether the request can have arrived."""

import logging
import re
import socket
import ssl
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.request import getproxies, proxy_bypass

from cuadre.engine.errors import CuadreError
from cuadre.engine.limits import MAX_BYTES
from cuadre.senders.contract import Request, Response
from cuadre.senders.delivery.credentials import Credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

MAX_ANSWER = MAX_BYTES
"""Bytes of an answer; more could not be read."""


class TransportError(CuadreError):
    """A request without an answer."""

    code = "transport"


class NeverArrivedError(TransportError):
    """Surely no byte of the request reached the server: name, connection, TLS or proxy failed before."""

    code = "never_arrived"


class MayHaveArrivedError(TransportError):
    """The request may have been read and acted upon: what came of it is known to the server alone."""

    code = "may_have_arrived"


class Timeouts(NamedTuple):
    """Seconds. ``total`` bounds a whole exchange, however slowly a server drips its answer."""

    connect: float = 10.0
    read: float = 60.0
    total: float = 90.0


class Transport(Protocol):
    """What carries a request; tests have their own."""

    def exchange(self, request: Request, credentials: Credentials) -> Response:
        """Put the secrets into the request and carry it once.

        Raises NeverArrivedError or MayHaveArrivedError where there is no answer.
        """
        ...


class HttpTransport:
    """HTTP/1.1 through httpx2 (extra ``send``), one connection for each request.

    A connection is not kept open: one that the server has closed meanwhile would cut a send and leave
    its outcome unknown, which costs more than a handshake. No redirect is followed, so no secret goes to
    another host than the one it is meant for. ``proxy`` is used for every request; without it, the
    environment's proxies are. ``verify`` is a file of certificate authorities, instead of the system's.
    """

    def __init__(
        self,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - immutable
        *,
        proxy: str | None = None,
        verify: str | Path | None = None,
        trust_env: bool = True,
    ) -> None:
        try:
            import httpx2  # noqa: F401, PLC0415 - only who sends needs it
        except ImportError:
            sentence = 'sending needs the extra "send": pip install "cuadre[send]"'
            raise CuadreError(sentence, extra="send") from None
        _hide_answers()
        self._timeouts = timeouts
        self._proxy = proxy
        self._trust_env = trust_env
        self._verify = verify

    def exchange(self, request: Request, credentials: Credentials) -> Response:
        """Put the secrets into the request and carry it once.

        Raises NeverArrivedError or MayHaveArrivedError where there is no answer.
        """
        attempt = _Attempt(self._timeouts)
        answer = self._attempt(credentials.fill(request), attempt)
        if isinstance(answer, Response):
            return answer
        kind = MayHaveArrivedError if attempt.arrived else NeverArrivedError
        # Raised here, since httpx2's exception would come along as the context and knows the request.
        sentence = f"{request.method} {credentials.redact(request.url)}: {credentials.redact(answer)}"
        raise kind(sentence, url=credentials.redact(request.url))

    def _attempt(self, request: Request, attempt: "_Attempt") -> Response | str:
        import httpx2  # noqa: PLC0415 - as above

        try:
            with attempt.watched(), self._carrier(request.url) as carrier:
                answer = carrier.handle_request(
                    httpx2.Request(
                        request.method,
                        request.url,
                        headers={"accept-encoding": "identity", **request.headers},
                        content=request.body,
                        extensions=attempt.extensions(),
                    )
                )
                try:
                    headers = {name.lower(): value for name, value in answer.headers.items()}
                    return Response(answer.status_code, headers, _whole(answer))
                finally:
                    answer.close()
        except (httpx2.RequestError, httpx2.InvalidURL, _TooLongError, ValueError, ImportError) as error:
            late = f" ({self._timeouts.total} s are over)" if attempt.late else ""
            return f"{type(error).__name__} {error}".strip() + late

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        import httpx2  # noqa: PLC0415 - as above

        if self._verify:
            return ssl.create_default_context(cafile=str(self._verify))
        return httpx2.create_ssl_context(trust_env=self._trust_env)

    def _carrier(self, url: str) -> "httpx2.HTTPTransport":
        import httpx2  # noqa: PLC0415 - as above

        address = httpx2.URL(url)
        # Without TLS no authorities are loaded, and this context trusts nobody.
        tls = self._tls if address.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return httpx2.HTTPTransport(
            verify=tls,
            trust_env=self._trust_env,
            limits=httpx2.Limits(max_keepalive_connections=0),
            proxy=self._proxy or (_environment_proxy(address) if self._trust_env else None),
        )


class _TooLongError(Exception):
    pass


def _whole(answer: "httpx2.Response") -> bytes:
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > MAX_ANSWER:
            sentence = f"the answer is longer than {MAX_ANSWER} bytes"
            raise _TooLongError(sentence)
    return bytes(body)


class _Attempt:
    """Watches one exchange: whether the request began to leave, and whether its time is over."""

    def __init__(self, timeouts: Timeouts) -> None:
        self.arrived = False
        self.late = False
        self._timeouts = timeouts
        self._socket: socket.socket | None = None

    def extensions(self) -> dict[str, Any]:
        """Say to httpx2 what to wait for, and to tell what it does."""
        times = self._timeouts
        wait = {"connect": times.connect, "read": times.read, "write": times.read, "pool": times.connect}
        return {"timeout": wait, "trace": self._seen}

    def _seen(self, event: str, info: Mapping[str, Any]) -> None:
        # A proxy's CONNECT is such a request too: "arrived" may be wrong then, "never arrived" is not.
        if event.endswith("send_request_headers.started"):
            self.arrived = True
        elif event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")
            if self.late:
                self._cut()

    @contextmanager
    def watched(self) -> "Iterator[None]":
        """Cut the connection when the total time is over: a timeout for each read can be renewed for ever."""
        timer = Timer(self._timeouts.total, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.late = True
        self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                # Not SSLSocket's own: that takes the TLS object away from the thread that reads with it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _environment_proxy(url: "httpx2.URL") -> str | None:
    if proxy_bypass(url.host):
        return None
    proxies = getproxies()
    return proxies.get(url.scheme) or proxies.get("all")


class _NoValues(logging.Filter):
    """Cuts from httpcore2's debug records what a server answered: it may have echoed a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = re.split(" (?:return_value|exception)=", str(record.msg), maxsplit=1)[0]
        return True


_NO_VALUES = _NoValues()


def _hide_answers() -> None:
    for name in ("httpcore2.http11", "httpcore2.http2", "httpcore2.proxy"):
        logging.getLogger(name).addFilter(_NO_VALUES)
