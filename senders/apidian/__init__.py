"""The apidian provider (a PHP server of many forks): JSON with database ids; see docs/apidian.md."""

from cuadre.senders.apidian.provider import PROVIDER, Apidian

__all__ = ["PROVIDER", "Apidian"]
