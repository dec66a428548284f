"""The SS Integral provider (Colombia): SOAP, support documents and their notes; see docs/ssintegral.md."""

from cuadre.senders.ssintegral.provider import PROVIDER, SSIntegral

__all__ = ["PROVIDER", "SSIntegral"]
