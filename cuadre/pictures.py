"""The QR code as a picture, where segno is installed (extra ``qr``)."""

from pathlib import Path

from cuadre.engine.errors import CuadreError
from cuadre.engine.texts import say

_SCALE = 4


def write_qr(text: str, file: str) -> None:
    """Write the QR code of ``text`` as SVG or PNG, by the file's ending.

    Raises CuadreError where segno is not installed, or the ending is another.
    """
    try:
        import segno  # noqa: PLC0415 - an extra
    except ImportError:
        sentence = say("cuadre:needs_segno")
        raise CuadreError(sentence, extra="qr") from None
    ending = Path(file).suffix.lower()
    if ending not in {".svg", ".png"}:
        sentence = say("cuadre:picture_ending", file=file)
        raise CuadreError(sentence, file=file)
    segno.make(text, error="m", micro=False).save(file, scale=_SCALE)
