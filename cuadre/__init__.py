"""Does this electronic invoice add up? The front door of cuadre.

>>> import cuadre
>>> report = cuadre.check("examples/invoice.xml")
>>> report.verdict
'accepted'

The names of ``__all__`` are stable; docs/api.md shows each of them.
"""

from importlib import import_module
from os.path import dirname, isdir, join
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cuadre.checking import check, fill, recompute
    from cuadre.engine.errors import CuadreError
    from cuadre.engine.findings import Finding, Severity
    from cuadre.engine.model.document import Document
    from cuadre.engine.regimes.co.numbering import NumberingResolution
    from cuadre.engine.secrets import Secrets
    from cuadre.engine.totals import Totals
    from cuadre.numbering_files import read_numbering
    from cuadre.options import Options
    from cuadre.reading import read
    from cuadre.rendering import prepare
    from cuadre.report import DocumentReport, Report
    from cuadre.rule_folders import load_rules
    from cuadre.ubl.writing.render import render

    __version__: str

__all__ = [
    "CuadreError",
    "Document",
    "DocumentReport",
    "Finding",
    "NumberingResolution",
    "Options",
    "Report",
    "Secrets",
    "Severity",
    "Totals",
    "check",
    "fill",
    "load_rules",
    "prepare",
    "read",
    "read_numbering",
    "recompute",
    "render",
]

# In a clone, this folder has neither engine/ nor rules/: they are beside it. Python that is started there
# finds this folder before an installed cuadre, and then all of cuadre is the clone's.
if not isdir(join(__path__[0], "engine")):  # noqa: PTH112, PTH118 - to load pathlib takes longer than the rest
    __path__.append(dirname(__path__[0]))  # noqa: PTH120 - as above

# `import cuadre.engine.rounding` must not load pydantic and lxml, so names are fetched when asked for.
_HOMES = {
    "CuadreError": "cuadre.engine.errors",
    "Document": "cuadre.engine.model.document",
    "DocumentReport": "cuadre.report",
    "Finding": "cuadre.engine.findings",
    "NumberingResolution": "cuadre.engine.regimes.co.numbering",
    "Options": "cuadre.options",
    "Report": "cuadre.report",
    "Secrets": "cuadre.engine.secrets",
    "Severity": "cuadre.engine.findings",
    "Totals": "cuadre.engine.totals",
    "check": "cuadre.checking",
    "fill": "cuadre.checking",
    "load_rules": "cuadre.rule_folders",
    "prepare": "cuadre.rendering",
    "read": "cuadre.reading",
    "read_numbering": "cuadre.numbering_files",
    "recompute": "cuadre.checking",
    "render": "cuadre.ubl.writing.render",
}


if not TYPE_CHECKING:
    # A type checker that saw this would take any name for one of ours.
    def __getattr__(name: str) -> object:
        if name == "__version__":
            return import_module("importlib.metadata").version("cuadre")
        if name in _HOMES:
            return getattr(import_module(_HOMES[name]), name)
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
