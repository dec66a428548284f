"""What the issuer of a document knows and the document does not state."""

from typing import Literal, NamedTuple

Secret = Literal["technical_key", "pin"]


class Secrets(NamedTuple):
    """Secrets that keys are computed with. They are never printed or logged."""

    technical_key: str | None = None
    """Of the numbering range, for DIAN's CUFE: 40 or 64 hexadecimal digits."""
    pin: str | None = None
    """Of the software, for DIAN's CUDE and CUDS and the software's security code."""

    def has(self, secret: Secret) -> bool:
        """Tell whether this secret is given."""
        return bool(getattr(self, secret))

    def __repr__(self) -> str:
        given = [name for name, value in zip(self._fields, self, strict=True) if value]
        return f"Secrets(given={given})"
