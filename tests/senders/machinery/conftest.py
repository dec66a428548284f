"""An office to send to, a journal, secrets, and a clock that needs no time."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.model.parties import Party, PartyTaxScheme
from cuadre.senders.contract import Provider, Reference, Settings
from cuadre.senders.delivery.credentials import Credentials
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import State, subject_of
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.delivery.retrying import Clock, Pace
from cuadre.senders.delivery.sending import Resumed, resume, send
from cuadre.senders.delivery.transport import HttpTransport, Timeouts, Transport
from cuadre.sending import Desk as FrontDesk

from .colibri_office import ColibriOffice
from .faults import opened
from .invented import Colibri
from .office import Office
from .ways import Way

SECRETS = {"TOKEN": "tok-colibri-1", "PIN": 'p<i&n"pin75315colibri\\páramo'}


class Ticks:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = 1_795_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let the time pass, at once."""
        self.slept.append(seconds)
        self.time += seconds

    def clock(self) -> Clock:
        """Return it as the machinery wants it; chance always says a half."""
        return Clock(lambda: self.time, lambda: self.time, self.sleep, lambda: 0.5)


class Desk(NamedTuple):
    """All that a send needs."""

    office: Office
    journal: Journal
    credentials: Credentials
    transport: Transport
    ticks: Ticks
    pace: Pace
    provider: Provider
    path: str = ""
    values: Mapping[str, str] = {}

    @property
    def settings(self) -> Settings:
        """The office's address as the provider has it, and the rest."""
        return Settings(self.office.url + self.path, self.values)

    def send(self, document: Document) -> Receipt:
        """Send a document to the office."""
        return send(
            document, self.provider, self.settings, self.credentials, self.journal, self.transport, self.pace
        )

    def resume(self) -> tuple[Resumed, ...]:
        """Ask about what is unresolved."""
        return resume(self.journal, self.provider, self.settings, self.credentials, self.transport, self.pace)

    def ask(self, reference: Reference) -> Receipt:
        """Ask about a document, whether or not the journal knows of it."""
        pace, transport = self.pace, self.transport
        return FrontDesk(
            self.provider, self.settings, self.credentials, self.journal, transport, pace
        ).status(reference)

    def states(self, document: Document) -> list[State]:
        """Return what the journal saw happen."""
        return [event.state for event in self.journal.history(document.id or "")]

    def state(self, document: Document) -> State | None:
        """Return where the document stands."""
        entry = self.journal.find(subject_of(document, self.provider.name))
        return entry and entry.state


@pytest.fixture
def office() -> Iterator[ColibriOffice]:
    """Run an office for one test."""
    with opened(ColibriOffice()) as office:
        yield office


@pytest.fixture
def ticks() -> Ticks:
    """Start a clock."""
    return Ticks()


@pytest.fixture
def journal(tmp_path: Path, ticks: Ticks) -> Journal:
    """Begin a journal."""
    return Journal(tmp_path / "journal.sqlite", lambda: ticks.time)


@pytest.fixture
def desk(office: Office, journal: Journal, ticks: Ticks) -> Desk:
    """Make ready to send."""
    transport = HttpTransport(Timeouts(5.0, 0.3, 0.6), trust_env=False)
    pace = Pace(attempts=3, base=1.0, clock=ticks.clock())
    provider = Colibri()
    credentials = Credentials("colibri", SECRETS, provider.credentials)
    return Desk(office, journal, credentials, transport, ticks, pace, provider)


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """Make a folder in memory where there can be one: a killed process needs no disk to be survived."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder)


Open = Callable[[Way], Desk]
"""Opens the office of a provider, and makes ready to talk with it."""


@pytest.fixture
def open_way(quick_folder: Path, ticks: Ticks) -> Iterator[Open]:
    """Open the office of a provider and make ready to talk with it."""
    journal = Journal(quick_folder / "journal.sqlite", lambda: ticks.time)
    with ExitStack() as offices:

        def opened_way(way: Way) -> Desk:
            provider = way.plugin
            return Desk(
                offices.enter_context(opened(way.office())),
                journal,
                Credentials(provider.name, way.secrets, provider.credentials),
                HttpTransport(Timeouts(5.0, 5.0, 10.0), trust_env=False),
                ticks,
                Pace(attempts=3, base=1.0, clock=ticks.clock()),
                provider,
                way.path,
                way.values,
            )

        yield opened_way


def invoice(number: str = "SETP1", *notes: str, key: str | None = None) -> Document:
    """Make an invoice of a company that does not exist."""
    supplier = Party(party_tax_schemes=(PartyTaxScheme(company_id="900999111"),))
    return Document(
        kind=DocumentKind.INVOICE, id=number, uuid=key, note=notes, accounting_supplier_party=supplier
    )
