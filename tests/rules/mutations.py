"""Mutants of Python source: each changes one place of the syntax tree, whatever the code looks like."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from .mutation_operators import changes_of, is_docstring

_AROUND = 40
"""How many characters are shown on each side of a difference."""


class Mutant(NamedTuple):
    """A changed source, and what was changed."""

    line: int
    what: str
    source: str


def mutants(source: str, message_keys: frozenset[str]) -> Iterator[Mutant]:
    """List the mutants of a module; a text that is a message's key becomes another message's."""
    tree = ast.parse(source)
    left_alone = {id(part) for node in ast.walk(tree) for part in _types_and_docstrings(node)}
    original = ast.unparse(tree)
    for parent in list(ast.walk(tree)):
        for name, index, node in _children(parent):
            if id(node) in left_alone:
                continue
            for made in changes_of(node, message_keys):
                _put(parent, name, index, made)
                changed = ast.unparse(ast.fix_missing_locations(tree))
                yield Mutant(getattr(node, "lineno", 0), _difference(original, changed), changed)
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
    shown = f"{before}[{old[start : len(old) - end]} -> {new[start : len(new) - end]}]{after}"
    return " ".join(shown.split())


def _same(one: str, other: str) -> int:
    """Count the characters with which both texts begin."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _types_and_docstrings(node: ast.AST) -> Iterator[ast.AST]:
    """List what is inside an annotation, between the brackets of a generic type, or in a docstring."""
    for name in ("annotation", "returns"):
        annotation = getattr(node, name, None)
        yield from ast.walk(annotation) if annotation is not None else ()
    if is_docstring(node) or (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple)):
        yield from ast.walk(node)
