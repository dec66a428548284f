"""What a provider plugin is, and how it is found: the entry-point group ``cuadre.senders``."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, Protocol, runtime_checkable

from cuadre.engine.errors import CuadreError, DefinitionError, UnknownNameError
from cuadre.engine.model.document import Document
from cuadre.engine.plugins import load_plugin, plugins
from cuadre.engine.texts import say
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.payloads.payload import PayloadReading

GROUP = "cuadre.senders"


class Request(NamedTuple):
    """What goes to a provider. A secret is written ``${NAME}`` until the transport puts it in."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


class Response(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Reference(NamedTuple):
    """How a document is asked about: whatever of this the provider needs."""

    document_id: str
    """Prefix and number."""
    kind: str
    key: str | None = None
    track_id: str | None = None


class Settings(NamedTuple):
    """What a send needs besides the document: nothing in it is secret."""

    url: str
    """Base address of the provider's API."""
    values: Mapping[str, str] = {}
    """Such as ``test_set_id``; each provider's ``settings`` lists its names."""


class PayloadError(CuadreError, ValueError):
    """A payload or a document that a provider's format cannot hold; ``detail["pointer"]`` says where."""

    code = "payload"


@runtime_checkable
class Provider(Protocol):
    """A provider: pure functions between documents, payloads, requests and receipts.

    ``credentials`` names its secrets; each is read from the environment variable
    ``CUADRE_<PROVIDER>_<NAME>`` or from a file that only its owner can read. ``settings`` names what else
    may be set. A provider that cannot do one of these things raises CuadreError and says so.

    Optional: ``remarks(data, file) -> list[Finding]``, what the provider has to say of a payload beyond the
    rules; ``refresh_request`` and ``read_refresh``, a new token after a 401 (channel.py); ``unread``, the
    HTTP statuses with which it answers before it reads a document; where it says none, none is assumed;
    ``take_tables`` and ``tables_variable``, an installation's own tables of ids (own_tables.py).
    """

    name: str
    title: str
    credentials: tuple[str, ...]
    settings: tuple[str, ...]
    sends: bool
    """False for a provider that can only be asked."""

    def recognises(self, data: bytes) -> bool:
        """Tell, at the cost of a look, whether ``data`` is a payload of this provider."""
        ...

    def read(self, data: bytes, file: str | None = None) -> PayloadReading:
        """Read a payload; raise PayloadError or DocumentError, with the pointer, where it cannot."""
        ...

    def write(self, document: Document) -> bytes:
        """Write a document as a payload; a payload that was read comes back as it was."""
        ...

    def send_request(self, document: Document, settings: Settings) -> Request:
        """Make the request that sends a document."""
        ...

    def read_send(self, response: Response) -> Receipt:
        """Read the answer to a send. Booleans and codes decide; messages never do."""
        ...

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Make the request that asks about a document."""
        ...

    def read_query(self, response: Response) -> Receipt:
        """Read the answer to a query."""
        ...


@cache
def providers() -> Mapping[str, Provider]:
    """Load every provider that is installed, by name; the five of cuadre are registered the same way.

    Raises DefinitionError, naming the plugin and what it lacks.
    """
    return {name: find(name) for name in plugins(GROUP)}


def find(name: str) -> Provider:
    """Load a provider by its name.

    Raises UnknownNameError, with the known names, where there is none, and DefinitionError, naming the
    plugin and what it lacks, where it is no provider.
    """
    known = plugins(GROUP)
    if name not in known:
        sentence = say("cuadre.senders:no_sender", name=name, known=tuple(known))
        raise UnknownNameError(sentence, near=sorted(known))
    return register(name, load_plugin(GROUP, name))


_MEMBERS = ("recognises", "read", "write", "send_request", "read_send", "query_request", "read_query")
_VALUES = {"name": str, "title": str, "credentials": tuple, "settings": tuple, "sends": bool}


def register(name: str, provider: object) -> Provider:
    """Check that an object is a provider; raise DefinitionError where it is not."""
    for member in _MEMBERS:
        if not callable(getattr(provider, member, None)):
            sentence = f"sender {name}: {type(provider).__name__} has no function {member}"
            raise DefinitionError(sentence, sender=name, member=member)
    for member, kind in _VALUES.items():
        if not isinstance(getattr(provider, member, None), kind):
            sentence = f"sender {name}: {member} must be a {kind.__name__}"
            raise DefinitionError(sentence, sender=name, member=member)
    unread = getattr(provider, "unread", ())
    if not isinstance(unread, tuple) or not all(type(status) is int for status in unread):
        sentence = f"sender {name}: unread must be a tuple of HTTP statuses"
        raise DefinitionError(sentence, sender=name, member="unread")
    if not isinstance(provider, Provider) or provider.name != name:
        sentence = f"sender {name}: the provider calls itself {getattr(provider, 'name', None)!r}"
        raise DefinitionError(sentence, sender=name, member="name")
    return provider
