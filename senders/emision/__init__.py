"""The e-Misión provider: the equivalent document of public utilities, and the arithmetic of its own tree."""

from cuadre.senders.emision.provider import PROVIDER, Emision
from cuadre.senders.emision.spd import Identity, examine
from cuadre.senders.emision.spellings import documented

__all__ = ["PROVIDER", "Emision", "Identity", "documented", "examine"]
