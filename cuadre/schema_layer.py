"""The schema layer of a check: UBL's own XSD, where it can be found, and its faults as findings."""

from lxml.etree import _Element

from cuadre.engine.findings import Finding, Severity
from cuadre.engine.sentences import register
from cuadre.engine.source import Place
from cuadre.report import Layer
from cuadre.selection import SCHEMA
from cuadre.ubl.schema.validation import SchemaFault, Schemas, validate

_NAME = "schema"


def validate_tree(
    root: _Element, schemas: Schemas, file: str | None, line_offset: int
) -> tuple[list[Finding], Layer]:
    """Validate the tree of a document; a fault is for rejection: DIAN validates the schema first."""
    if not schemas.available:
        return [], Layer(_NAME, "not run", schemas.reason)
    register("cuadre.ubl.schema")
    faults = validate(root, schemas, line_offset)
    return [_finding(fault, file) for fault in faults], Layer(_NAME)


def _finding(fault: SchemaFault, file: str | None) -> Finding:
    return Finding(
        code=SCHEMA,
        rule=SCHEMA,
        severity=Severity.REJECT,
        place=Place("", file, fault.line, fault.xpath or None),
        element=fault.element,
        message_key=fault.message_key,
        stated=fault.found,
        expected=fault.expected,
        detail=fault.detail,
    )
