"""The bodies that the tests read, and what is done with them again and again."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from cuadre.engine.findings import Finding
from cuadre.engine.json_reading import read_json
from cuadre.engine.model.document import Document
from cuadre.examination import examine
from cuadre.options import Options
from cuadre.reading import Reading
from cuadre.senders.apidian import PROVIDER
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.differences import differences
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.payload import PayloadReading

Body = dict[str, Any]
FOLDER = Path(__file__).parent / "fixtures"
OWN = sorted(path.stem for path in FOLDER.glob("*.json"))
CORPUS = Path(os.environ.get("CUADRE_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus")
CORPUS_FILES = sorted(CORPUS.glob("apidian/*.json"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no corpus at {CORPUS}")


def own(name: str) -> Body:
    """Load an own body, fresh each time."""
    return load((FOLDER / f"{name}.json").read_bytes())


def load(data: bytes) -> Body:
    """Load JSON with its digits."""
    return cast("Body", read_json(data))


def read(body: Body) -> PayloadReading:
    """Read a body."""
    return PROVIDER.read(write_json(body), "body.json")


def document(name: str, change: Callable[[Body], object] | None = None) -> Document:
    """Read an own body, changed."""
    body = own(name)
    if change is not None:
        change(body)
    return read(body).document


def changes(body: Body) -> Body:
    """Tell how a body differs from what is written of the Document read from it: digits count."""
    return differences(body, load(PROVIDER.write(read(body).document)))


def findings(body: Body) -> tuple[Finding, ...]:
    """Judge a body, with the places of the payload."""
    reading = read(body)
    return examine(Reading(reading.document, reading.source), "body", Options()).findings


def refused(body: Body) -> dict[str, Any]:
    """Return what a refusal of a body says."""
    with pytest.raises(PayloadError) as caught:
        read(body)
    return caught.value.detail


def put(body: Body, pointer: str, value: object) -> Body:
    """Put a value at a pointer of a body, which is changed."""
    *steps, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
    holder = body
    for step in steps:
        holder = holder[step]  # type: ignore[index]
    holder[last] = value  # type: ignore[index]
    return body
