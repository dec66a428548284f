"""Talk with one provider during one call: secrets in, questions repeated, a token renewed once."""

from typing import NamedTuple, Protocol, runtime_checkable

from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Provider, Reference, Request, Response, Settings
from cuadre.senders.delivery.credentials import Credentials, CredentialsError
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.delivery.receipt_limits import is_storable, limited, raw_text, stored_text
from cuadre.senders.delivery.retrying import TOO_MANY, Pace, repeat
from cuadre.senders.delivery.transport import Transport, TransportError

UNAUTHORISED = 401
_REDIRECTS = range(300, 400)


@runtime_checkable
class Refreshes(Protocol):
    """What a provider may offer besides: a new token for one that is missing or has run out."""

    def refresh_request(self, settings: Settings) -> Request:
        """Make the request that asks for a token; ``${NAME}`` is a secret of the provider."""
        ...

    def read_refresh(self, response: Response) -> dict[str, str]:
        """Read the answer into secrets by name, such as ``{"TOKEN": …}``; raise where it has none."""
        ...


class Answer(NamedTuple):
    """What came of a question."""

    receipt: Receipt
    again: bool = True
    """Whether another answer may be had by asking again soon."""


class Channel(NamedTuple):
    """A provider, and all that is needed to talk with it until ``ends`` (monotonic time)."""

    provider: Provider
    settings: Settings
    credentials: Credentials
    transport: Transport
    pace: Pace
    ends: float

    @property
    def unread(self) -> frozenset[int]:
        """The HTTP statuses after which the provider surely has not read a document, as it says itself."""
        return frozenset(getattr(self.provider, "unread", ()))

    @property
    def refusals(self) -> frozenset[int]:
        """The statuses with which the provider says that it did not take a document, true or not."""
        return self.unread | {UNAUTHORISED, TOO_MANY}

    def prepare(self, request: Request) -> None:
        """See that every secret is there, before anything is noted; a missing token is asked for.

        Raises CredentialsError, or TransportError where asking for the token fails.
        """
        if self.credentials.missing(request) and isinstance(self.provider, Refreshes):
            self._refresh(self.provider)
        self.credentials.fill(request)

    def send(self, request: Request) -> Response:
        """Get the answer to the request that sends a document; it leaves once.

        Raises NeverArrivedError, MayHaveArrivedError or CredentialsError.
        """
        return self._exchange(request, question=False)

    def read_send(self, response: Response) -> Receipt:
        """Let the provider read the answer to a send."""
        return self._read(response, question=False)._replace(send_status=response.status)

    def unaskable(self, reference: Reference) -> str | None:
        """Say why a document cannot be asked about with what is known of it; None where it can."""
        why = unaskable(self.provider, reference, self.settings)
        return why and self.credentials.redact(why)

    def query(self, reference: Reference) -> Answer:
        """Ask about a document; what fails on the way is an answer too: nothing is known."""
        try:
            request = self.provider.query_request(reference, self.settings)
            self.prepare(request)
            response = self._exchange(request, question=True)
            if response.status == UNAUTHORISED and self.renew_token():
                response = self._exchange(request, question=True)
        except CuadreError as error:
            silent = no_answer(self.credentials.redact(str(error)))
            return Answer(silent, again=isinstance(error, TransportError))
        # Whoever is refused now is refused in a minute too: only the user can give another token.
        return Answer(self._read(response, question=True), again=response.status != UNAUTHORISED)

    def renew_token(self) -> bool:
        """Ask for a new token; False where the provider offers none or does not give it."""
        if not isinstance(self.provider, Refreshes):
            return False
        try:
            self._refresh(self.provider)
        except CuadreError:
            return False
        return True

    def _read(self, response: Response, *, question: bool) -> Receipt:
        """Let the provider read an answer; what it cannot read says nothing about the document."""
        if response.status in _REDIRECTS:
            return no_answer(f"HTTP {response.status}: redirected, and no redirect is followed")
        reader = self.provider.read_query if question else self.provider.read_send
        redact, size = self.credentials.redact, len(response.body)
        try:
            return limited(reader(response), redact, size)
        except Exception as error:  # noqa: BLE001 - a plugin is the work of others, and the document has left
            reason = f"HTTP {response.status}: the answer cannot be read: {error}"
            silent = no_answer(reason)._replace(raw=raw_text(response.body))
            return limited(silent, redact, size)

    def _exchange(self, request: Request, *, question: bool) -> Response:
        return repeat(
            lambda: self.transport.exchange(request, self.credentials),
            self.pace,
            self.ends,
            question=question,
        )

    def _refresh(self, provider: Refreshes) -> None:
        response = self._exchange(provider.refresh_request(self.settings), question=True)
        fault = "names no secret"
        try:
            values = {
                name: value for name, value in provider.read_refresh(response).items() if _is_secret(value)
            }
        except Exception as error:  # noqa: BLE001 - a plugin is the work of others
            values, fault = {}, type(error).__name__
        if not values:
            # Raised out here, and without the error's text: it may hold the token.
            sentence = f"{self.provider.name}: HTTP {response.status} gives no token ({fault})"
            raise CredentialsError(sentence, provider=self.provider.name, status=response.status)
        self.credentials.renew(values)


def _is_secret(value: object) -> bool:
    return isinstance(value, str) and bool(value) and is_storable(value)


def unaskable(provider: Provider, reference: Reference, settings: Settings) -> str | None:
    """Say why a provider has no question about a document; None where it has. Nothing is asked."""
    try:
        provider.query_request(reference, settings)
    except CuadreError as error:
        return str(error)
    return None


def no_answer(reason: str) -> Receipt:
    """Make the receipt of a document about which nothing was learnt."""
    return Receipt(Status.UNKNOWN, "transport", reason=stored_text(reason))
