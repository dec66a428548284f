"""The Ecuafact provider (Ecuador): JSON by POST to ``v1/invoice``."""

from cuadre.senders.ecuafact.provider import PROVIDER, Ecuafact

__all__ = ["PROVIDER", "Ecuafact"]
