"""A batch of sends in a process of its own, which a test kills. It is quick to start and to send."""

from pathlib import Path

from cuadre.engine.document import Document, DocumentKind
from cuadre.senders.contract import Options
from cuadre.senders.credentials import Credentials
from cuadre.senders.journal import Journal
from cuadre.senders.receipt import Receipt
from cuadre.senders.retrying import Pace
from cuadre.senders.sending import resume, send
from cuadre.senders.transport import HttpTransport

from .invented import Colibri

PACE = Pace(base=0.002, deadline=20.0, settle=0.0)
SECRETS = {"TOKEN": "tok-colibri-1", "PIN": "75315"}


class Batch:
    """Sends documents one after the other, as a program that holds them would."""

    def __init__(self, url: str, file: str) -> None:
        self.journal = Journal(Path(file))
        self._options = Options(url)
        self._credentials = Credentials("colibri", SECRETS, Colibri.credentials)
        self._transport = HttpTransport(trust_env=False)

    def send(self, number: str) -> Receipt:
        """Send one."""
        document = Document(kind=DocumentKind.INVOICE, id=number, uuid=f"cufe-{number}")
        provider = Colibri()
        return send(document, provider, self._options, self._credentials, self.journal, self._transport, PACE)

    def resume(self) -> None:
        """Ask about those in doubt."""
        resume(self.journal, Colibri(), self._options, self._credentials, self._transport, PACE)


def deliver(url: str, file: str, numbers: list[str]) -> None:
    """Send a batch; the process may end at any moment of this."""
    batch = Batch(url, file)
    for number in numbers:
        batch.send(number)
