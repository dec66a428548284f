"""DIAN's codes as e-Misión takes them: text, or a number that has lost its leading zeros."""

from cuadre.senders.payloads.reading import PayloadValue


def read_code(node: PayloadValue, digits: int) -> str:
    """Read a code; a number is filled with zeros up to ``digits``: 5 is the tax 05, 5001 is Medellín."""
    text = node.text().strip()
    return text.zfill(digits) if isinstance(node.value, int) else text


def whole(text: str) -> int | str:
    """Write digits as a number where that loses nothing."""
    plain = text.isascii() and text.isdigit() and str(int(text[:18])) == text
    return int(text) if plain else text
