"""The QR code as a picture, where segno is installed (extra ``qr``)."""

from pathlib import Path

from cuadre.engine.errors import CuadreError

_SCALE = 4


def write_qr(text: str, file: str) -> None:
    """Write the QR code of ``text`` as SVG or PNG, by the file's ending.

    Raises CuadreError where segno is not installed, or the ending is another.
    """
    try:
        import segno  # noqa: PLC0415 - an extra
    except ImportError:
        sentence = "a QR picture needs segno: pip install 'cuadre[qr]'"
        raise CuadreError(sentence, extra="qr") from None
    ending = Path(file).suffix.lower()
    if ending not in {".svg", ".png"}:
        sentence = f"a QR picture is .svg or .png, not {ending or 'without an ending'}"
        raise CuadreError(sentence, file=file)
    segno.make(text, error="m", micro=False).save(file, scale=_SCALE)
