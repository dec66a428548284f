"""The front door's functions: check an input, recompute its figures, fill it from its inputs."""

from dataclasses import replace
from typing import Unpack

from cuadre.engine.errors import CuadreError, DefinitionError, DocumentError
from cuadre.engine.fill import fill as fill_inputs
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.texts import say
from cuadre.engine.totals import Totals
from cuadre.engine.totals import recompute as recompute_parts
from cuadre.examination import examine
from cuadre.gc_pause import no_collection
from cuadre.inputs import Input, Opened, open_input
from cuadre.options import Choices, Options
from cuadre.reading import read_figures, read_opened
from cuadre.report import DocumentReport, Kept, Report
from cuadre.senders.contract import find
from cuadre.unreadable import unreadable


def check(
    given: Input, *, name: str | None = None, options: Options | None = None, **choices: Unpack[Choices]
) -> Report:
    """Check a file, the bytes of one, Python data or a Document; what is in it never raises.

    ``name`` is what the report calls it, else the name of the file. How to check is said by ``options``,
    or by its fields as keywords: ``today``, ``select``, ``ignore``, ``severity``, ``secrets``, ``numbering``,
    ``schemas``, ``provider`` and ``keep``; see ``Options``. What cannot run is said in the report. Codes that
    are left out by ``select`` or ``ignore`` are not in the verdict either, and the report says so.

    Raises OSError where a file cannot be opened, UsageError for a text that is a document instead of a
    file's name, UnknownNameError for a beginning of codes that no rule has or a provider that there is not,
    and SchemaError where ``schemas`` cannot be used.
    """
    opened = open_input(given, name)
    chosen = Options(**choices) if options is None else replace(options, **choices)
    if chosen.provider is not None:
        find(chosen.provider)
    # What was read is gone before the collector is let go, or it would look through all of it once more.
    with no_collection():
        return Report((_checked(opened, chosen),))


def _checked(opened: Opened, options: Options) -> DocumentReport:
    document = None
    try:
        reading = read_opened(opened, options.provider)
    except DefinitionError:
        raise
    except CuadreError as error:
        report = unreadable(error, opened.name, opened.file)
    except Exception as error:  # noqa: BLE001 - a reader, also one of a plugin, must not end a run
        sentence = say("cuadre:reader_failed", error=f"{type(error).__name__}: {error}"[:_SHOWN])
        report = unreadable(DocumentError(sentence, problems=[]), opened.name, opened.file)
    else:
        document, report = reading.document, examine(reading, opened.name, options)
    if not options.keep:
        return report
    data = opened.content if isinstance(opened.content, bytes) else None
    return replace(report, kept=Kept(document, data))


_SHOWN = 200


def recompute(given: Input) -> Totals:
    """Recompute the figures of a document from its parts as stated, each with its trace.

    Raises DocumentError where it cannot be read, and UnknownNameError for a country without arithmetic.
    """
    document = read_figures(given)
    return recompute_parts(document, find_regime(document.country))


def fill(given: Input) -> Document:
    """Return the document with every result computed from its inputs: quantity, price, rate, discount.

    Raises DocumentError where it cannot be read, and UnknownNameError for a country without arithmetic.
    """
    document = read_figures(given)
    return fill_inputs(document, find_regime(document.country))
