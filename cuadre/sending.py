"""Send documents that would not be rejected, ask what came of them, and write them in other formats."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from cuadre.engine.errors import CuadreError, DocumentError, UnknownNameError
from cuadre.engine.model.document import Document
from cuadre.engine.secrets import Secrets
from cuadre.engine.texts import say
from cuadre.examination import examine
from cuadre.options import Options
from cuadre.own_json import JsonSource
from cuadre.reading import read
from cuadre.rendering import prepare, refuse
from cuadre.senders.contract import Provider, Reference, Request, Settings, find
from cuadre.senders.delivery.channel import Channel
from cuadre.senders.delivery.credentials import Credentials, find_credentials, variable
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import UNRESOLVED
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.delivery.receipt_limits import is_storable
from cuadre.senders.delivery.retrying import Pace
from cuadre.senders.delivery.sending import Resumed, resume, resume_one, send
from cuadre.senders.delivery.transport import HttpTransport, Transport
from cuadre.senders.payloads.leftovers import LeftOut, left_out


class Desk(NamedTuple):
    """One provider, ready to be talked with."""

    provider: Provider
    settings: Settings
    credentials: Credentials
    journal: Journal
    transport: Transport
    pace: Pace = Pace()

    def send(self, document: Document) -> Receipt:
        """Send a document, once whatever happens; see ``cuadre.senders.delivery.sending.send``."""
        return send(document, *self)

    def resume(self) -> tuple[Resumed, ...]:
        """Ask about every unresolved document of this provider."""
        return resume(self.journal, self.provider, self.settings, self.credentials, self.transport, self.pace)

    def status(self, reference: Reference) -> Receipt:
        """Ask about one document; where it is unresolved in the journal, note the answer.

        One that is settled, and that the provider cannot be asked about, has its receipt from the journal.
        Raises CuadreError where a part of ``reference`` is no text.
        """
        for part in reference:
            if part is not None and not is_storable(part):
                sentence = say("cuadre:half_character", part=part)
                raise CuadreError(sentence, given=part)
        provider, settings, credentials, journal, transport, pace = self
        channel = Channel(provider, settings, credentials, transport, pace, pace.ends())
        for entry in journal.named(reference.document_id):
            same = (entry.subject.provider, entry.subject.kind) == (provider.name, reference.kind)
            if same and entry.state in UNRESOLVED:
                resumed = resume_one(journal, entry.subject, channel)
                if resumed is not None:
                    return resumed.receipt
            elif same:
                known = entry.reference
                reference = reference._replace(
                    key=reference.key or known.key, track_id=reference.track_id or known.track_id
                )
                if entry.receipt is not None and channel.unaskable(reference) is not None:
                    return entry.receipt
        return channel.query(reference).receipt


def open_desk(
    via: str,
    *,
    url: str | None = None,
    values: Mapping[str, str] | None = None,
    journal: str | Path | None = None,
    credentials: str | Path | None = None,
    transport: Transport | None = None,
) -> Desk:
    """Make ready to send through the provider ``via``.

    ``url`` is its address, else CUADRE_<PROVIDER>_URL; ``values`` are its settings; ``journal`` a file,
    else CUADRE_JOURNAL, else one in the user's folder of states; ``credentials`` a file of secrets.
    Raises UnknownNameError for a provider or a setting that there is not.
    """
    provider = find(via)
    return Desk(
        provider,
        find_settings(provider, url, values or {}),
        find_credentials(provider.name, provider.credentials, credentials),
        Journal(journal or default_journal()),
        transport or HttpTransport(),
    )


def find_settings(provider: Provider, url: str | None, values: Mapping[str, str]) -> Settings:
    """Take the address and the settings of a provider; raise where there is none, or no such setting."""
    for name in values:
        if name not in provider.settings:
            sentence = say("cuadre:no_setting", provider=provider.name, name=name, known=provider.settings)
            raise UnknownNameError(sentence, near=list(provider.settings))
    name = variable(provider.name, "url")
    address = url or os.environ.get(name)
    if not address:
        sentence = say("cuadre:no_address", provider=provider.name, variable=name)
        raise CuadreError(sentence, variable=name)
    return Settings(address.rstrip("/"), dict(values))


def default_journal() -> Path:
    """Return CUADRE_JOURNAL, else one file for the user: it must not depend on the current folder."""
    given = os.environ.get("CUADRE_JOURNAL")
    states = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(given) if given else Path(states) / "cuadre" / "journal.sqlite"


def sendable(
    data: bytes,
    name: str,
    secrets: Secrets,
    *,
    today: dt.date,
    provider: str | None = None,
    force: bool = False,
) -> Document:
    """Read what is to be sent, as the payload of ``provider`` where it is one; the model's JSON is completed.

    Raises RefusedError, with the findings, where ``check`` would reject it, and NotCheckedError where a layer
    of the check failed, unless ``force`` is set.
    """
    reading = read(data, name, provider)
    document = _document(reading.document)
    if isinstance(reading.source, JsonSource):
        document = prepare(document, secrets)
    options = Options(today=today, secrets=secrets)
    if not force:
        refuse(examine(replace(reading, document=document), name, options))
    return document


def request_of(document: Document, provider: Provider, settings: Settings) -> Request:
    """Return the request that would be sent, with ``${NAME}`` for each secret."""
    return provider.send_request(document, settings)


class Conversion(NamedTuple):
    """A document in another format."""

    data: bytes
    left_out: tuple[LeftOut, ...] = ()
    """What another provider's payload said, and this format cannot say."""


def convert(data: bytes, to: str, provider: str | None = None) -> Conversion:
    """Write any input, or a payload of ``provider``, as ``ubl``, ``json`` (the model's) or a provider's.

    What is not stated is not computed. What the format cannot hold of the document itself is an error.
    """
    document = _document(read(data, None, provider).document)
    if to == "json":
        return Conversion(_model_json(document))
    if to == "ubl":
        from cuadre.ubl.writing.render import render  # noqa: PLC0415 - other formats need no lxml

        return Conversion(render(document), left_out(document, to))
    return Conversion(find(to).write(document), left_out(document, to))


def _model_json(document: Document) -> bytes:
    try:
        return document.model_dump_json(exclude_defaults=True, indent=2).encode() + b"\n"
    except ValueError as error:
        sentence = say("cuadre:no_json", error=error)
        raise DocumentError(sentence, problems=[]) from None


def _document(document: Document | None) -> Document:
    if document is None:
        sentence = say("cuadre:answer_only_document")
        raise CuadreError(sentence)
    return document


def parse_settings(pairs: Sequence[str]) -> dict[str, str]:
    """Read ``name=value`` of a command line."""
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            sentence = say("cuadre:no_pair", pair=pair)
            raise CuadreError(sentence, given=pair)
        values[name] = value
    return values
