"""How a module of a pack registers its functions: decorators that write them down under the module's name."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from cuadre.rules.rule import Check, Explainer, SeverityOverride

C = TypeVar("C", bound=Check)
E = TypeVar("E", bound=Explainer)
S = TypeVar("S", bound=SeverityOverride)


@dataclass
class Registered:
    """What one module registers."""

    checks: list[tuple[str, str, Check]] = field(default_factory=list)
    """Rule, part, function."""
    explainers: list[tuple[str, Explainer]] = field(default_factory=list)
    severity_overrides: list[tuple[str, SeverityOverride]] = field(default_factory=list)


_MODULES: defaultdict[str, Registered] = defaultdict(Registered)


def registered(module: str) -> Registered:
    """Return what a module, by its full name, has registered."""
    return _MODULES[module]


def forget(package: str) -> None:
    """Drop what the modules of a package have registered; they may then be loaded again."""
    for module in [name for name in _MODULES if name.startswith(f"{package}.")]:
        del _MODULES[module]


def check(rule: str, at: str) -> Callable[[C], C]:
    """Register a function as the check of ``rule`` at every part ``at``, such as ``lines.tax_totals``."""

    def register(function: C) -> C:
        _MODULES[function.__module__].checks.append((rule, at, function))
        return function

    return register


def explainer(rule: str) -> Callable[[E], E]:
    """Register a function that is asked about every figure that differs from the computed one."""

    def register(function: E) -> E:
        _MODULES[function.__module__].explainers.append((rule, function))
        return function

    return register


def severity_override(rule: str) -> Callable[[S], S]:
    """Register a function that may soften what ``rule`` says of a figure."""

    def register(function: S) -> S:
        _MODULES[function.__module__].severity_overrides.append((rule, function))
        return function

    return register
