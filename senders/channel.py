"""Talk with one provider during one call: secrets in, requests repeated where safe, a token renewed once."""

from contextlib import suppress
from typing import NamedTuple, Protocol, runtime_checkable

from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Options, Provider, Reference, Request, Response
from cuadre.senders.credentials import Credentials, CredentialsError
from cuadre.senders.receipt import Receipt, RuleMessage, Status
from cuadre.senders.retrying import Pace, repeat
from cuadre.senders.transport import Transport, TransportError

_UNAUTHORISED = 401
_REDIRECTS = range(300, 400)


@runtime_checkable
class Refreshes(Protocol):
    """What a provider may offer besides: a new token for one that is missing or has run out."""

    def refresh_request(self, options: Options) -> Request:
        """Make the request that asks for a token; ``${NAME}`` stands for what opens it."""
        ...

    def read_refresh(self, response: Response) -> dict[str, str]:
        """Read the answer into secrets by name, such as ``{"TOKEN": …}``; raise CuadreError where it has none."""
        ...


class Channel(NamedTuple):
    """A provider, and all that is needed to talk with it until ``ends`` (monotonic time)."""

    provider: Provider
    options: Options
    credentials: Credentials
    transport: Transport
    pace: Pace
    ends: float

    def prepare(self, request: Request) -> None:
        """See that every secret is there, before anything is noted; a missing token is asked for.

        Raises CredentialsError, or TransportError where asking for the token fails.
        """
        if self.credentials.missing(request) and isinstance(self.provider, Refreshes):
            self._refresh(self.provider)
        self.credentials.fill(request)

    def ask(self, request: Request, *, question: bool) -> Response:
        """Get the answer to a request; after a 401 once more with a new token, where there can be one."""
        response = self._exchange(request, question=question)
        if response.status == _UNAUTHORISED and isinstance(self.provider, Refreshes):
            # A token that cannot be had leaves the 401 as the answer.
            with suppress(TransportError, CuadreError):
                self._refresh(self.provider)
                response = self._exchange(request, question=question)
        return response
