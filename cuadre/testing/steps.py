"""What the steps of ``mutate`` have in common: a verb, a path, a value."""

from collections.abc import Collection
from typing import NoReturn

from cuadre.engine.errors import UsageError
from cuadre.engine.texts import say


def split(step: str, verbs: Collection[str]) -> tuple[str, str, str]:
    """Split ``set PATH = value`` into three; raise UsageError for a step without one of the verbs."""
    verb, _, rest = step.strip().partition(" ")
    path, equals, value = rest.partition(" =") if verb == "set" else (rest, "=", "")
    if verb not in verbs or not equals or not path:
        raise UsageError(say("cuadre:no_step", step=step, known=tuple(verbs)), given=step)
    return verb, path, value.strip()


def refuse(path: str | int) -> NoReturn:
    """Say that a path leads to nothing, so that an unchanged document cannot pass for a changed one."""
    raise UsageError(say("cuadre:matches_nothing", path=path), given=path)
