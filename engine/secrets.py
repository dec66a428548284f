"""What the issuer of a document knows and the document does not state."""

from dataclasses import dataclass, fields
from typing import Literal

Secret = Literal["technical_key", "pin"]


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """Secrets that keys are computed with. They are never printed or logged."""

    technical_key: str | None = None
    """Of the numbering range, for DIAN's CUFE: 40 or 64 hexadecimal digits."""
    pin: str | None = None
    """Of the software, for DIAN's CUDE and CUDS and the software's security code."""

    def has(self, secret: Secret) -> bool:
        """Tell whether this secret is given."""
        return bool(getattr(self, secret))

    def __repr__(self) -> str:
        given = [field.name for field in fields(self) if getattr(self, field.name)]
        return f"Secrets(given={given})"
