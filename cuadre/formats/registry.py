"""Find a report format: an entry point in the group ``cuadre.formats``, here or in another distribution."""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from cuadre.engine.errors import DefinitionError, UnknownNameError
from cuadre.engine.plugins import load_plugin, plugins
from cuadre.engine.texts import say

if TYPE_CHECKING:
    # The report writes itself through this module, so it is not imported here.
    from cuadre.report import Report

GROUP = "cuadre.formats"
NEEDS = frozenset({"document", "excerpts"})
"""What a format can ask for: ``DocumentReport.kept`` and ``DocumentReport.excerpts``."""


class Format(Protocol):
    """A function that writes a report in a language, ``en`` or ``es``."""

    def __call__(self, report: "Report", language: str, *, colour: bool) -> str:
        """Write; ``colour`` says whether a terminal shows it, and may be ignored."""
        ...


def format_names() -> list[str]:
    """List the formats that are installed."""
    return sorted(plugins(GROUP))


def find_format(name: str) -> Format:
    """Load a format.

    Raises UnknownNameError, with the known names, where there is none, and DefinitionError, naming the
    plugin, where it is no function that takes a report, a language and ``colour``.
    """
    known = format_names()
    if name not in known:
        sentence: str = say("cuadre:no_format", name=name, known=tuple(known))
        raise UnknownNameError(sentence, near=known)
    found = load_plugin(GROUP, name)
    if not callable(found) or not _takes_a_report(found):
        sentence = f"{GROUP}: the plugin {name!r} is no function write(report, language, *, colour)"
        raise DefinitionError(sentence, group=GROUP, plugin=name)
    return cast("Format", found)


def format_needs(name: str) -> frozenset[str]:
    """Tell what a format needs besides the findings: ``NEEDS`` of its module, where there is one.

    Raises as ``find_format``, and DefinitionError, naming the plugin, for what is none of ``NEEDS``.
    """
    find_format(name)
    given = getattr(import_module(plugins(GROUP)[name].module), "NEEDS", ())
    needs = frozenset(given) if isinstance(given, (tuple, list, set, frozenset)) else frozenset({given})
    if not needs <= NEEDS:
        sentence = f"{GROUP}: the plugin {name!r} has NEEDS {given!r}; there are {', '.join(sorted(NEEDS))}"
        raise DefinitionError(sentence, group=GROUP, plugin=name)
    return needs


def _takes_a_report(function: Callable[..., object]) -> bool:
    try:
        inspect.signature(function).bind("report", "en", colour=False)
    except TypeError:
        return False
    return True


def write_report(report: "Report", name: str, language: str = "en", *, colour: bool = False) -> str:
    """Write a report in a format; raise DefinitionError, naming the plugin, where it fails to."""
    write = find_format(name)
    try:
        written = write(report, language, colour=colour)
    except Exception as error:
        sentence = f"{GROUP}: the plugin {name!r} failed: {error!r}"
        raise DefinitionError(sentence, group=GROUP, plugin=name) from error
    if not isinstance(written, str):
        sentence = f"{GROUP}: the plugin {name!r} returned {type(written).__name__} and no text"
        raise DefinitionError(sentence, group=GROUP, plugin=name)
    return written
