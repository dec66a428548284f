"""Mutants of Python source: each changes one place of the syntax tree, whatever the code looks like."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from .mutation_operators import changes_of, is_docstring

_AROUND = 60
"""How many characters are shown on each side of a difference."""


class Mutant(NamedTuple):
    """A changed source, and what was changed."""

    line: int
    what: str
    source: str


def mutants(source: str, message_keys: frozenset[str]) -> Iterator[Mutant]:
    """List the mutants of a module; a text that is a message's key becomes another message's."""
    tree = ast.parse(source)
    types = {id(part) for node in ast.walk(tree) for part in _types(node)}
    for parent in list(ast.walk(tree)):
        for name, index, node in _children(parent):
            if id(node) in types or is_docstring(node):
                continue
            for made in changes_of(node, message_keys):
                _put(parent, name, index, made)
                what = _difference(ast.unparse(node), ast.unparse(ast.fix_missing_locations(made)))
                yield Mutant(getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(tree)))
                _put(parent, name, index, node)


def _children(parent: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for name, value in ast.iter_fields(parent):
        if isinstance(value, ast.AST):
            yield name, None, value
        elif isinstance(value, list):
            yield from ((name, index, one) for index, one in enumerate(value) if isinstance(one, ast.AST))


def _put(parent: ast.AST, name: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[index] = node


def _difference(old: str, new: str) -> str:
    """Show where two texts differ, with some of what is around: ``… total is [None -> not None]:``."""
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    before, after = old[:start][-_AROUND:], old[len(old) - end :][:_AROUND]
    return f"{before}[{old[start : len(old) - end]} -> {new[start : len(new) - end]}]{after}".replace(
        "\n", "; "
    )


def _same(one: str, other: str) -> int:
    """Count the characters with which both texts begin."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _types(node: ast.AST) -> Iterator[ast.AST]:
    """List what is inside an annotation, or between the brackets of a generic type."""
    for name in ("annotation", "returns"):
        annotation = getattr(node, name, None)
        yield from ast.walk(annotation) if annotation is not None else ()
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        yield from ast.walk(node)
