"""One input through every layer: read, recompute, judge, validate, report."""

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Finding
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.totals import recompute
from cuadre.gc_pause import no_collection
from cuadre.layers import layers
from cuadre.options import SCHEMA, Options
from cuadre.reading import Reading, read
from cuadre.report import DocumentReport, Layer, verdict_of
from cuadre.rules.judge import judge
from cuadre.rules.registry import plan_of
from cuadre.unreadable import answer_only, unreadable


def examine_bytes(data: bytes, name: str, file: str | None, options: Options) -> DocumentReport:
    """Read and examine; what cannot be read is reported, never raised."""
    # What was read is gone before the collector is let go, or it would look through all of it once more.
    with no_collection():
        return _examine_bytes(data, name, file, options)


def _examine_bytes(data: bytes, name: str, file: str | None, options: Options) -> DocumentReport:
    try:
        reading = read(data, file, options.provider)
    except CuadreError as error:
        return unreadable(error, name, file)
    return examine(reading, name, options)


def examine(reading: Reading, name: str, options: Options) -> DocumentReport:
    """Examine what was read; findings stand in the order of the input's lines."""
    document = reading.document
    if document is None:
        return answer_only(reading.authority, name)
    faults, schema = _schema(reading, options)
    totals = recompute(document, find_regime(document.country))
    plan = plan_of(document.country, document.kind.value)
    judgement = judge(totals, plan, reading.source, options.today, options.secrets)
    found = [one for one in (*judgement.findings, *faults, *reading.remarks) if options.wants(one.code)]
    findings = tuple(sorted(found, key=lambda finding: finding.place.line or 0))
    return DocumentReport(
        source=name,
        kind=document.kind.value,
        id=document.id,
        verdict=verdict_of(findings),
        layers=layers(document, reading.authority, schema, options),
        findings=findings,
        authority=reading.authority,
    )


def _schema(reading: Reading, options: Options) -> tuple[list[Finding], Layer]:
    if reading.root is None:
        return [], Layer("schema", ran=False, reason="only XML has a schema")
    if not options.wants(SCHEMA):
        return [], Layer("schema", ran=False, reason=options.selection)
    from cuadre.schema_layer import validate_tree  # noqa: PLC0415 - a payload needs no lxml
    from cuadre.ubl.schema.validation import load_schemas  # noqa: PLC0415 - as above

    file = reading.source.place(()).file
    return validate_tree(reading.root, load_schemas(options.schemas), file, reading.line_offset)
