"""The JSON Schema of the document's own JSON, as docs/document.schema.json publishes it."""

import json

from cuadre.engine.model.document import Document

_ID = "https://cuadre.example/document-1.schema.json"


def document_schema() -> str:
    """Write the schema (draft 2020-12) of what ``cuadre render`` reads, and writes with ``--to json``."""
    schema = Document.model_json_schema()
    return (
        json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _ID, **schema}, indent=2
        )
        + "\n"
    )
