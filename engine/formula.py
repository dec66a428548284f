"""Formulas as data: written once as text, they compute a figure, trace it and print themselves."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from cuadre.engine.computation import Computation, Sign
from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Line
from cuadre.engine.model.scalars import Path
from cuadre.engine.selectors import Filter, Selector

_PATH = r"[a-z_]+(?:\[\w+\])?(?:\.[a-z_]+(?:\[\w+\])?)*"
_ONE = rf"(?:{_PATH}|\({_PATH}\))"
# Two paths or more are factors; a path alone is a term.
_PRODUCT = rf"(?P<factors>{_PATH}(?: \* {_PATH})+)(?: / (?P<divisor>10+))?"
_WRITTEN = re.compile(rf"(?:{_PRODUCT})?(?P<terms>(?(factors)|{_ONE})(?: [+-] {_ONE})*)")
_TERM = re.compile(rf"(?: ?(?P<sign>[+-]) )?(?P<open>\()?(?P<path>{_PATH})\)?")
_LINE = "line."
Exact = Callable[..., Decimal | None]
_ZERO = Decimal(0)
_ABSENT = Decimal("0.00")


class _Operand(NamedTuple):
    """A figure that enters a formula."""

    selector: Selector
    of_line: bool
    """Whether it is a figure of the line around the part."""
    optional: bool
    """Whether it counts as nothing where it is not stated; else nothing can be computed without it."""


class Formula:
    """A product, a divisor, and terms that are added or subtracted.

    Written as ``price.price_amount * quantity - allowance_charges[false].amount``: paths below a part of
    type ``model`` (see selectors.py), ``line.`` for the line around it, ``/ 100`` for a power of ten, and
    parentheses around a term that counts as nothing where it is absent; so does each member of a list.
    Raises DefinitionError, when it is made, for what it does not understand.
    """

    def __init__(
        self, model: type[Aggregate], written: str, filters: Mapping[str, Filter] | None = None
    ) -> None:
        self.written = written
        self._factors: list[_Operand] = []
        self._terms: list[tuple[Sign, _Operand]] = []
        self._shift = 0
        self._parse(model, filters)
        self.is_product = bool(self._factors)
        self.exact: Exact = self._compile()
        """Compute without losing a digit, from the part and the line around it; None where an input is
        missing. The caller's context must be EXACT."""

    def at(self, part: Aggregate, path: Path, line: Line | None = None) -> Computation:
        """Put the numbers of a part in, each with its path. The formula must have a value there."""

        def located(operand: _Operand) -> list[tuple[Path, Decimal]]:
            of = (line, path[:2]) if operand.of_line and line is not None else (part, path)
            found = operand.selector.located(*of)
            return [(where, _ABSENT if value is None else value) for where, value in found]

        return Computation(
            str(self),
            [pair for factor in self._factors for pair in located(factor)],
            self._shift,
            [(sign, *pair) for sign, term in self._terms for pair in located(term)],
        )

    def has_inputs(self, part: Aggregate) -> bool:
        """Tell whether a sum has a term that is stated."""
        terms = [term.selector.values(part) for _, term in self._terms]
        return any(value is not None for values in terms for value in values)

    def __str__(self) -> str:
        """Write the formula with UBL's names: ``TaxableAmount × Percent / 100``."""
        text = " × ".join([str(factor.selector) for factor in self._factors])
        text += f" / {10**-self._shift}" if self._shift else ""
        for sign, term in self._terms:
            mark = "−" if sign == "-" else "+"
            text += f" {mark} {term.selector}" if text or sign == "-" else str(term.selector)
        return text or "0"

    def __repr__(self) -> str:
        return f"Formula({self.written!r})"

    def _parse(self, model: type[Aggregate], filters: Mapping[str, Filter] | None) -> None:
        found = None if self.written == "0" else _WRITTEN.fullmatch(self.written)
        if found is None:
            if self.written == "0":
                return
            sentence = f"{self.written!r} is no formula: factors, a divisor, then terms"
            raise DefinitionError(sentence, formula=self.written)
        for path in (found["factors"] or "").split(" * "):
            if path:
                self._factors.append(_factor(model, path, filters))
        self._shift = 1 - len(found["divisor"] or "1")
        for term in _TERM.finditer(found["terms"] or ""):
            sign: Sign = "-" if term["sign"] == "-" else "+"
            self._terms.append((sign, _term(model, term["path"], filters, optional=bool(term["open"]))))

    def _compile(self) -> Exact:
        product = _product(self._factors, self._shift)
        add = _addition(self._terms)
        if not self._terms:
            return product
        if not self._factors:
            return lambda part, line=None: add(part, _ZERO)  # noqa: ARG005 - of a sum, the line is no input

        def exact(part: Any, line: Line | None = None) -> Decimal | None:  # noqa: ANN401 - a part
            value = product(part, line)
            return None if value is None else add(part, value)

        return exact


def _product(factors: Sequence[_Operand], shift: int) -> Exact:
    getters = [(one.of_line, one.selector.value) for one in factors]
    scale = Decimal(1).scaleb(shift) if shift else None

    def product(part: Any, line: Line | None = None) -> Decimal | None:  # noqa: ANN401 - a part
        result: Decimal | None = None
        for of_line, get in getters:
            around = line if of_line else part
            value = None if around is None else get(around)
            if value is None:
                return None
            result = value if result is None else result * value
        if result is None:
            return _ZERO
        return result if scale is None else result * scale

    return product


def _addition(terms: Sequence[tuple[Sign, _Operand]]) -> Callable[[Any, Decimal], Decimal | None]:
    single = [
        (sign == "+", one.selector.value, not one.optional) for sign, one in terms if not one.selector.many
    ]
    lists = [(sign == "+", one.selector.values) for sign, one in terms if one.selector.many]

    def add(part: Any, result: Decimal) -> Decimal | None:  # noqa: ANN401 - a part
        for plus, get, needed in single:
            value = get(part)
            if value is not None:
                result = result + value if plus else result - value
            elif needed:
                return None
        for plus, values in lists:
            for value in values(part):
                if value is not None:
                    result = result + value if plus else result - value
        return result

    return add


def _factor(model: type[Aggregate], path: str, filters: Mapping[str, Filter] | None) -> _Operand:
    of_line = path.startswith(_LINE)
    selector = Selector(Line if of_line else model, path.removeprefix(_LINE), filters)
    if selector.many:
        sentence = f"{path!r} is several values, and cannot be a factor"
        raise DefinitionError(sentence, path=path)
    return _Operand(selector, of_line, optional=False)


def _term(
    model: type[Aggregate], path: str, filters: Mapping[str, Filter] | None, *, optional: bool
) -> _Operand:
    selector = Selector(model, path, filters)
    return _Operand(selector, of_line=False, optional=optional or selector.many)
