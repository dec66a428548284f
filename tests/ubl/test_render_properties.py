"""What holds for every document that a program may make: it is valid, reads back, and is not rejected."""

import json
from functools import cache

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

import cuadre
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.regimes.co.keys import document_key, key_scheme
from cuadre.reading import read
from cuadre.rendering import prepare, render_document
from cuadre.schema import document_schema
from cuadre.ubl.reading.tree import parse_xml
from cuadre.ubl.schema.validation import load_schemas, validate
from cuadre.ubl.writing.render import render

from .rendering_strategies import SECRETS, documents

_SAME = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=35,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_KINDS = list(DocumentKind)
_JUDGED = {DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE}
"""The kinds that there are rules for; of others the report says that there are none."""


@cache
def _schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(document_schema()))


def _read(data: bytes) -> Document:
    document = read(data).document
    assert document is not None
    return document


def _judge(data: bytes, document: Document) -> None:
    """Hold that nothing rejects a rendered document, and that what cannot judge it says so."""
    (report,) = cuadre.check(data, today=document.issue_date, secrets=SECRETS).documents
    assert [
        (f.code, f.place.path, f.stated, f.expected) for f in report.findings if f.severity == "reject"
    ] == []
    layers = {layer.name: layer for layer in report.layers}
    assert (layers["read"].ran, layers["totals"].ran, layers["schema"].ran) == (True, True, True)
    assert layers["rules"].ran or layers["rules"].reason
    assert layers["rules"].ran or document.kind not in _JUDGED
    assert layers["key"].ran == layers["rules"].ran


@pytest.mark.parametrize("kind", _KINDS)
def test_rendered(kind: DocumentKind) -> None:
    """A document of inputs, made ready, is valid, reads back equal, has its key and is not rejected."""

    @_SAME
    @given(made=documents(kinds=(kind,)))
    def holds(made: Document) -> None:
        document = prepare(made, SECRETS)
        data = render(document)
        assert [tuple(fault) for fault in validate(parse_xml(data), load_schemas())] == []
        assert _read(data) == document
        assert document.uuid == document_key(document, SECRETS)
        assert document.uuid_scheme_name == key_scheme(document).name
        assert prepare(document, SECRETS) == document
        _judge(data, document)

    holds()


@settings(_SAME, max_examples=60)
@given(made=documents())
def test_json(made: Document) -> None:
    """The model's JSON reads back equal and keeps to the published schema, whether ready or not."""
    for document in (made, prepare(made, SECRETS)):
        for data in (document.model_dump_json(), document.model_dump_json(exclude_defaults=True)):
            assert _read(data.encode()) == document
            assert [fault.json_path for fault in _schema().iter_errors(json.loads(data))] == []


@settings(_SAME, max_examples=30)
@given(made=documents())
def test_json_is_rendered_like_the_document(made: Document) -> None:
    """JSON of inputs becomes the XML that a program gets from the Document, and JSON of the same."""
    data = made.model_dump_json(exclude_defaults=True).encode()
    ready = prepare(made, SECRETS)
    assert render_document(data, SECRETS, as_stated=True) == render(ready)
    assert _read(render_document(data, SECRETS, as_stated=True, to="json")) == ready
