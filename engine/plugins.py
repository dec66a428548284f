"""Find plugins by their entry points; a plugin that cannot be loaded is an error that names it."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint

from cuadre.engine.errors import DefinitionError


@cache
def plugins(group: str) -> Mapping[str, EntryPoint]:
    """List the entry points of a group, such as ``cuadre.regimes``, by name; nothing is loaded yet.

    Raises DefinitionError where two distributions use one name.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow; only who looks for a plugin pays

    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        other = found.get(point.name)
        if other is not None and other.value != point.value:
            sentence = f"{group}: {point.name!r} is both {other.value} and {point.value}"
            raise DefinitionError(sentence, group=group, plugin=point.name)
        found[point.name] = point
    return found


def load_plugin(group: str, name: str) -> object:
    """Load the plugin ``name`` of a group; raise DefinitionError, naming it, where that fails."""
    point = plugins(group)[name]
    try:
        return point.load()
    except Exception as error:
        distribution = f" of {point.dist.name}" if point.dist else ""
        sentence = f"{group}: the plugin {name!r}{distribution} ({point.value}) cannot be loaded: {error!r}"
        raise DefinitionError(sentence, group=group, plugin=name, value=point.value) from error
