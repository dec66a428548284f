"""One document through every layer: recompute, judge, validate; what stops a layer is in the report."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from cuadre.engine.errors import CuadreError, DefinitionError, UnknownNameError
from cuadre.engine.findings import Finding
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.secrets import Secrets
from cuadre.engine.texts import say
from cuadre.engine.totals import recompute
from cuadre.kept_findings import keep
from cuadre.layers import layers
from cuadre.line_items import with_item
from cuadre.numbering import with_technical_key
from cuadre.options import Options
from cuadre.reading import Reading
from cuadre.report import DocumentReport, Layer, verdict_of
from cuadre.rules.judge import Judgement, judge
from cuadre.rules.registry import plan_of
from cuadre.selection import SCHEMA, Selection
from cuadre.unreadable import answer_only, unknown_country

_Result = TypeVar("_Result")


def examine(reading: Reading, name: str, options: Options) -> DocumentReport:
    """Examine what was read; findings are in the order of the input's lines.

    Whatever a document does to a layer is said of the layer. Raises DefinitionError where a rule pack or a
    regime is wrongly defined, and SchemaError where the schema files cannot be used.
    """
    document = reading.document
    if document is None:
        return answer_only(reading.authority, name)
    try:
        find_regime(document.country)
    except UnknownNameError as error:
        return unknown_country(error, reading.source, name)
    options = with_technical_key(options, document)
    judgement, failures = _judge(reading, document, options)
    faults, schema = _validate(reading, options)
    found = _chosen((*faults, *reading.remarks, *reading.unknown), options.selection)
    kept, more = keep([*_known(judgement.findings, reading), *found])
    ran = layers(document, reading.authority, schema, options, failures)
    return DocumentReport(
        source=name,
        kind=document.kind.value,
        id=document.id,
        verdict=verdict_of(kept, ran),
        layers=ran,
        findings=tuple([with_item(finding, document) for finding in kept]),
        authority=reading.authority,
        more=judgement.more + more,
    )


def _known(found: Iterable[Finding], reading: Reading) -> list[Finding]:
    """Leave out what is found at a value that the document was read without: it is not missing."""
    places = {one.place.pointer for one in reading.unknown}
    return [one for one in found if one.place.pointer is None or one.place.pointer not in places]


_OF_THE_RULES = ("rules", "age", "lint", "key", "numbering")
_NOTHING = Judgement(())


def _judge(reading: Reading, document: Document, options: Options) -> tuple[Judgement, dict[str, str]]:
    """Recompute and judge; return the judgement, and the layers that failed with the reason of each."""
    regime, plan = find_regime(document.country), plan_of(document.country, document.kind.value)
    secrets = options.secrets or Secrets()
    totals, failure = _attempt(lambda: recompute(document, regime), None, DefinitionError)
    if totals is None:
        return _NOTHING, dict.fromkeys(("totals", *_OF_THE_RULES), failure or "")
    judgement, failure = _attempt(
        lambda: judge(
            totals,
            plan,
            reading.source,
            options.today,
            secrets,
            options.selection.wants,
            options.selection.severity,
            options.numbering,
        ),
        _NOTHING,
        DefinitionError,
    )
    if failure is not None:
        return _NOTHING, dict.fromkeys(_OF_THE_RULES, failure)
    failures: dict[str, str] = {}
    for one in judgement.failures:
        reason = say("cuadre:rule_failed", code=one.code, pack=one.pack, error=one.error[:_SHOWN])
        before = failures.get(one.layer)
        failures[one.layer] = say("cuadre:both", first=before, second=reason) if before else reason
    return judgement, failures


def _chosen(findings: Iterable[Finding], selection: Selection) -> list[Finding]:
    """Leave out what is not to be reported, and weigh the rest as ``judge`` does."""
    return [
        one if (severity := selection.severity(one.code)) is None else replace(one, severity=severity)
        for one in findings
        if selection.wants(one.code)
    ]


def _validate(reading: Reading, options: Options) -> tuple[list[Finding], Layer]:
    root = reading.root
    if root is None:
        return [], Layer("schema", "not run", say("cuadre:no_xml"))
    if not options.selection.wants(SCHEMA):
        return [], Layer("schema", "not run", options.selection.reason)
    from cuadre.schema_layer import validate_tree  # noqa: PLC0415 - a payload needs no lxml
    from cuadre.ubl.schema.validation import load_schemas  # noqa: PLC0415 - as above

    schemas, file = load_schemas(options.schemas), reading.source.place(()).file
    validated, failure = _attempt(
        lambda: validate_tree(root, schemas, file, reading.line_offset), None, CuadreError
    )
    return validated or ([], Layer("schema", "failed", failure))


def _attempt(
    work: Callable[[], _Result], otherwise: _Result, ours: type[Exception]
) -> tuple[_Result, str | None]:
    """Do a part of the work, and say what stopped it; ``ours`` is no fault of the document and is raised."""
    try:
        return work(), None
    except ours:
        raise
    except Exception as error:  # noqa: BLE001 - one document must not end the run of a thousand
        return otherwise, f"{type(error).__name__}: {error}"[:_SHOWN]


_SHOWN = 200
