"""Talk with one provider during one call: secrets in, requests repeated where safe, a token renewed once."""

from typing import NamedTuple, Protocol, runtime_checkable

from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Options, Provider, Reference, Request, Response
from cuadre.senders.delivery.credentials import Credentials, CredentialsError
from cuadre.senders.delivery.receipt import Receipt, RuleMessage, Status
from cuadre.senders.delivery.retrying import Pace, repeat
from cuadre.senders.delivery.transport import Transport

_UNAUTHORISED = 401
_REDIRECTS = range(300, 400)


@runtime_checkable
class Refreshes(Protocol):
    """What a provider may offer besides: a new token for one that is missing or has run out."""

    def refresh_request(self, options: Options) -> Request:
        """Make the request that asks for a token; ``${NAME}`` stands for what opens it."""
        ...

    def read_refresh(self, response: Response) -> dict[str, str]:
        """Read the answer into secrets by name, such as ``{"TOKEN": …}``; raise where it has none."""
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
        if response.status == _UNAUTHORISED and self._renewed():
            return self._exchange(request, question=question)
        return response

    def read(self, response: Response, *, question: bool) -> Receipt:
        """Let the provider read an answer; what it cannot read says nothing about the document."""
        if response.status in _REDIRECTS:
            return silence(f"HTTP {response.status}: redirected, and no redirect is followed")
        reader = self.provider.read_query if question else self.provider.read_send
        try:
            receipt = reader(response)
        except Exception as error:  # noqa: BLE001 - a plugin is the work of others, and the document has left
            text = response.body.decode("utf-8", "replace")
            receipt = silence(f"HTTP {response.status}: the answer cannot be read: {error}", text)
        return self._redacted(receipt)

    def unaskable(self, reference: Reference) -> str | None:
        """Say why a document cannot be asked about with what is known of it; None where it can."""
        why = unaskable(self.provider, reference, self.options)
        return why and self.credentials.redact(why)

    def query(self, reference: Reference) -> Receipt:
        """Ask about a document; what fails on the way is an answer too: nothing is known."""
        try:
            request = self.provider.query_request(reference, self.options)
            self.prepare(request)
            return self.read(self.ask(request, question=True), question=True)
        except CuadreError as error:
            return silence(self.credentials.redact(str(error)))

    def _exchange(self, request: Request, *, question: bool) -> Response:
        return repeat(
            lambda: self.transport.exchange(request, self.credentials),
            self.pace,
            self.ends,
            question=question,
        )

    def _renewed(self) -> bool:
        """Ask for a new token; one that cannot be had leaves the 401 as the answer."""
        if not isinstance(self.provider, Refreshes):
            return False
        try:
            self._refresh(self.provider)
        except CuadreError:
            return False
        return True

    def _refresh(self, provider: Refreshes) -> None:
        response = self._exchange(provider.refresh_request(self.options), question=True)
        fault = "names no secret"
        try:
            values = provider.read_refresh(response)
        except Exception as error:  # noqa: BLE001 - a plugin is the work of others
            values, fault = {}, type(error).__name__
        if not values:
            # Raised out here, and without the error's text: it may hold the token.
            sentence = f"{self.provider.name}: HTTP {response.status} gives no token ({fault})"
            raise CredentialsError(sentence, provider=self.provider.name, status=response.status)
        self.credentials.renew(values)

    def _redacted(self, receipt: Receipt) -> Receipt:
        redact = self.credentials.redact
        return receipt._replace(
            key=receipt.key and redact(receipt.key, identifier=True),
            track_id=receipt.track_id and redact(receipt.track_id, identifier=True),
            messages=tuple([RuleMessage(m.code, m.severity, redact(m.text)) for m in receipt.messages]),
            reason=receipt.reason and redact(receipt.reason),
            raw=redact(receipt.raw),
        )


def unaskable(provider: Provider, reference: Reference, options: Options) -> str | None:
    """Say why a provider has no question about a document; None where it has. Nothing is asked."""
    try:
        provider.query_request(reference, options)
    except CuadreError as error:
        return str(error)
    return None


def silence(reason: str, raw: str = "") -> Receipt:
    """Make the receipt of a document about which nothing was learnt."""
    return Receipt(Status.UNKNOWN, "transport", reason=reason, raw=raw)
