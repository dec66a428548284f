"""A batch of sends in a process of its own, which a test kills. It is quick to start and to send."""

from pathlib import Path

from cuadre.engine.model.document import Document
from cuadre.senders.contract import Settings, providers
from cuadre.senders.delivery.credentials import Credentials
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.delivery.retrying import Pace
from cuadre.senders.delivery.sending import resume, send
from cuadre.senders.delivery.transport import HttpTransport

from .ways import BATCHES

PACE = Pace(base=0.002, deadline=20.0, settle=0.0)
# Here, so that a process that loads this for others to start from has the plugins and documents, too.
PROVIDERS = providers()
LETTERS = {name: way.letter for name, way in BATCHES.items()}


class Batch:
    """Sends documents one after the other, as a program that holds them would."""

    def __init__(self, name: str, url: str, file: str) -> None:
        way = BATCHES[name]
        self.journal = Journal(Path(file))
        self._letter = LETTERS[name]
        self._provider = way.plugin
        self._options = Settings(url + way.path, way.values)
        self._credentials = Credentials(way.provider, way.secrets, self._provider.credentials)
        self._transport = HttpTransport(trust_env=False)

    def send(self, number: str) -> Receipt:
        """Send one; it states the key that a provider computes."""
        key = f"cude-{number}" if self._letter.uuid else None
        document: Document = self._letter.model_copy(update={"id": number, "uuid": key})
        return send(
            document, self._provider, self._options, self._credentials, self.journal, self._transport, PACE
        )

    def resume(self) -> None:
        """Ask about those unresolved."""
        resume(self.journal, self._provider, self._options, self._credentials, self._transport, PACE)


def deliver(name: str, url: str, file: str, numbers: list[str]) -> None:
    """Send a batch; the process may end at any moment of this."""
    batch = Batch(name, url, file)
    for number in numbers:
        batch.send(number)
