"""Does this electronic invoice add up? The front door of cuadre.

>>> import cuadre
>>> report = cuadre.check("examples/invoice.xml")
>>> report.verdict
'accepted'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cuadre.checking import check, fill, recompute
    from cuadre.engine.errors import CuadreError
    from cuadre.engine.model.document import Document
    from cuadre.report import DocumentReport, Report

# `import cuadre.engine.rounding` must not load pydantic and lxml, so names are fetched when asked for.
_HOMES = {
    "check": "cuadre.checking",
    "recompute": "cuadre.checking",
    "fill": "cuadre.checking",
    "Report": "cuadre.report",
    "DocumentReport": "cuadre.report",
    "Document": "cuadre.engine.model.document",
    "CuadreError": "cuadre.engine.errors",
}
__all__ = ["CuadreError", "Document", "DocumentReport", "Report", "check", "fill", "recompute"]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("importlib.metadata").version("cuadre")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
