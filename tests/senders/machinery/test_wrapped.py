"""A body inside another object is unreadable, and the message says where it seems to be."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cuadre import check
from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.reading import read

PAYLOADS = Path(__file__).parents[3] / "examples" / "payloads"
BODIES = {
    "apidian": "apidian-credit-note",
    "emision": "emision-spd",
    "ecuafact": "ecuafact-invoice",
}
WRAPPERS: dict[str, Callable[[object], object]] = {
    "/request": lambda body: {"request": body},
    "/data/document": lambda body: {"id": 7, "data": {"document": body, "meta": {"page": 1}}},
    "/invoice": lambda body: {"url": "https://provider.example", "invoice": body},
    "/a~1b/0": lambda body: {"a/b": [body]},
}


def body_of(provider: str) -> object:
    """Load an example."""
    return json.loads((PAYLOADS / f"{BODIES[provider]}.json").read_bytes(), parse_float=str)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("where", WRAPPERS)
@pytest.mark.parametrize("provider", BODIES)
def test_payload(provider: str, where: str, named: bool) -> None:  # noqa: FBT001 - cases
    """Whoever wraps a payload is told where it is, whether the provider is named or found."""
    data = json.dumps(WRAPPERS[where](body_of(provider))).encode()
    with pytest.raises(CuadreError) as refused:
        read(data, "body.json", provider if named else None)
    assert refused.value.detail["pointer"] == where
    (document,) = check(data).documents
    assert document.verdict == "unreadable"
    assert [finding.place.pointer for finding in document.findings] == [where]


@pytest.mark.parametrize("where", WRAPPERS)
def test_model(where: str) -> None:
    """The model's own JSON, too."""
    data = json.dumps(WRAPPERS[where]({"kind": "invoice", "id": "A1"})).encode()
    with pytest.raises(CuadreError) as refused:
        read(data, "body.json")
    assert refused.value.detail["pointer"] == where
    (document,) = check(data).documents
    assert (document.verdict, document.findings[0].place.pointer) == ("unreadable", where)


@pytest.mark.parametrize("provider", BODIES)
def test_list(provider: str) -> None:
    """A list of bodies is no body: its members are."""
    data = json.dumps([body_of(provider)]).encode()
    with pytest.raises(CuadreError) as refused:
        read(data)
    assert refused.value.detail["pointer"] == "/0"


@pytest.mark.parametrize(
    "data", [b"{}", b'{"x": 1}', b'{"request": {}}', b'{"request": {"x": [1, {"y": {}}]}}']
)
@pytest.mark.parametrize("provider", [*BODIES, None])
def test_nothing_of_a_body(provider: str | None, data: bytes) -> None:
    """An object without a single key of a body is no empty invoice."""
    with pytest.raises(CuadreError):
        read(data, provider=provider)


def test_a_part_of_a_body_is_read() -> None:
    """A body that lacks lines and totals is still one."""
    document = read(b'{"type_document_id": 1, "number": 5}', provider="apidian").document
    assert isinstance(document, Document)
    assert document.id == "5"


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": ' * 300 + b"1" + b"}" * 300,
        b"[" + b'{"a": 1, "b": 2},' * 100_000 + b"1]",
        b'{"a": {' + b",".join(b'"k%d": {"x": 1, "y": 2}' % number for number in range(50_000)) + b"}}",
    ],
)
def test_nothing_is_looked_for_too_long(data: bytes) -> None:
    """Deep and broad JSON is refused in a moment."""
    start = time.perf_counter()
    with pytest.raises(CuadreError):
        read(data)
    assert time.perf_counter() - start < 10
