"""What a mutant changes: operators, constants, conditions, statements, and members that are left out."""

import ast
import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal, InvalidOperation

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_SEVERITIES = {"REJECT": "NOTIFY", "NOTIFY": "REJECT", "LINT": "NOTIFY"}
_IN_TEXT = ((" + ", " - "), (" - ", " + "), (" * ", " + "), ("[true]", "[false]"), ("[false]", "[true]"))
"""What formulas are written with, and what takes its place."""


def is_docstring(node: ast.AST) -> bool:
    """Tell whether a statement is a text and nothing else."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def changes_of(node: ast.AST, message_keys: frozenset[str]) -> Iterator[ast.AST]:
    """List what may stand in a node's place."""
    if isinstance(node, ast.Compare):
        yield from _comparisons(node)
    elif isinstance(node, ast.BoolOp):
        yield from _conjunctions(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant):
        yield from _constants(node, message_keys)
    elif isinstance(node, ast.Attribute) and node.attr in _SEVERITIES:
        yield ast.Attribute(node.value, _SEVERITIES[node.attr], node.ctx)
    else:
        yield from _branches(node)


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for other in _COMPARISONS[type(operator)]:
            made = deepcopy(node)
            made.ops[index] = other()
            yield made


def _conjunctions(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for index in range(len(node.values)):
        rest = [value for number, value in enumerate(node.values) if number != index]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _constants(node: ast.Constant, message_keys: frozenset[str]) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        if value in message_keys:
            yield ast.Constant(next(key for key in sorted(message_keys) if key != value))
        for old, new in _IN_TEXT:
            for found in re.finditer(re.escape(old), value):
                yield ast.Constant(value[: found.start()] + new + value[found.end() :])
        number = _number(value)
        if number is not None:
            yield ast.Constant(f"{number + (1 if number == number.to_integral() else number):f}")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text.isascii() else None
    except InvalidOperation:
        return None


def _branches(node: ast.AST) -> Iterator[ast.AST]:
    """Drop what a statement does, or one of the members of something."""
    if isinstance(node, ast.If):
        for value in (False, True):
            yield ast.If(ast.Constant(value), node.body, node.orelse)
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.Continue | ast.Break | ast.Expr) and not is_docstring(node):
        yield ast.Pass()
    for kind, name, least in _MEMBERS:
        if isinstance(node, kind):
            yield from _without_one(node, name, least)


_MEMBERS: tuple[tuple[type[ast.AST], str, int], ...] = (
    (ast.comprehension, "ifs", 1),
    (ast.Call, "keywords", 1),
    (ast.Set, "elts", 2),
    (ast.List, "elts", 2),
    (ast.Tuple, "elts", 2),
    (ast.FunctionDef, "decorator_list", 2),
)
"""Lists of which one member can be left out, and how many there must be."""


def _without_one(node: ast.AST, name: str, least: int) -> Iterator[ast.AST]:
    members = getattr(node, name)
    if len(members) < least or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    for index in range(len(members)):
        made = deepcopy(node)
        del getattr(made, name)[index]
        yield made
