"""Change a document in one thing: steps such as ``set lines[0].quantity = 7`` or ``remove //cbc:Note``."""

from collections.abc import Mapping
from os import PathLike
from typing import cast, overload

from cuadre.engine.json_reading import read_json
from cuadre.engine.model.document import Document
from cuadre.inputs import open_input
from cuadre.python_data import json_bytes
from cuadre.reading import read
from cuadre.recognition import is_xml
from cuadre.senders.payloads.json_text import write_json
from cuadre.testing.json_steps import as_json, as_text, change_json


@overload
def mutate(given: Document, *steps: str) -> Document: ...
@overload
def mutate(given: Mapping[str, object], *steps: str) -> dict[str, object]: ...
@overload
def mutate(given: bytes | str | PathLike[str], *steps: str) -> bytes: ...
def mutate(
    given: Document | Mapping[str, object] | bytes | str | PathLike[str], *steps: str
) -> Document | dict[str, object] | bytes:
    """Return a document with some changes; what was given, also a file, stays as it is.

    Each step is ``set PATH = value``, ``remove PATH`` or ``copy PATH``, which puts a copy behind a part. A
    path is an XPath with the prefixes of UBL in XML, where every match is changed, and where
    ``after PATH <xml/>`` puts an element behind. In a Document, a dict or JSON it is a path such as
    ``lines[0].quantity``, in the names of the payload; ``set`` may add a field there. Its value is
    JSON, or else text.

    A Document gives a Document, a dict a dict; XML, JSON, and the name of a file of these, give bytes.
    Raises UsageError, a ValueError, for a step that leads to nothing, and DocumentError where the result
    is no Document any more.
    """
    if isinstance(given, Document):
        document = read(change_json(read_json(given.model_dump_json()), steps, as_text)).document
        assert document is not None  # noqa: S101 - data of the model is a document
        return document
    if isinstance(given, Mapping):
        changed: dict[str, object] = change_json(read_json(json_bytes(given)), steps, as_json)
        return changed
    content = cast("bytes", open_input(given).content).removeprefix(b"\xef\xbb\xbf")
    if is_xml(content):
        from cuadre.testing.xml_steps import change_xml  # noqa: PLC0415 - a payload needs no lxml

        return change_xml(content, steps)
    return write_json(change_json(read_json(content), steps, as_json))
