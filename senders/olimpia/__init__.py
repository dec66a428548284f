"""The Olimpia provider: what became of a document that was sent through it."""

from cuadre.senders.olimpia.provider import PROVIDER, Olimpia
from cuadre.senders.olimpia.status_answer import Moment, StatusAnswer, read_status

__all__ = ["PROVIDER", "Moment", "Olimpia", "StatusAnswer", "read_status"]
