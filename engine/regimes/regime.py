"""What a country's arithmetic consists of: rounding, taxes, tolerances, and the formulas where it differs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from cuadre.engine.figures import Figure, Formula
from cuadre.engine.model.document import Line, MonetaryTotal, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.rounding import Rounding

Method = Literal["percent", "per_mille", "per_unit", "per_hundred_units", "per_item"]


class Tax(NamedTuple):
    """A tax of the regime's table: how its amount is computed, and whether it is withheld."""

    id: str
    name: str
    method: Method
    withheld: bool


class Tolerance(NamedTuple):
    """How far a stated figure may be from the computed one without being an error to the authority."""

    name: str
    """As shown in a finding: ``±2.00`` or ``whole pesos``."""
    agrees: Callable[[Decimal, Decimal], bool]
    """Takes the stated and the exact figure."""


def none_is_plain(line: Line) -> bool:
    """Say of no line that it is plain."""
    del line
    return False


class Regime(NamedTuple):
    """A country's arithmetic. Functions that return several formulas put the official one first."""

    country: str
    rounding: Rounding
    taxes: Mapping[str, Tax]
    tolerance: Callable[[Figure], Tolerance]
    line_extension: Callable[[Line, Path], Sequence[Formula]]
    tax_amount: Callable[
        [TaxSubtotal, Path, tuple[Path, Decimal] | None],
        Sequence[Formula],
    ]
    """Takes the subtotal and its path, and the quantity of its line; none for a tax of the document."""
    taxable_subtotals: Callable[[Line], Iterable[tuple[Path, TaxSubtotal]]]
    """The subtotals of a line whose bases make up TaxExclusiveAmount, with their path in the line."""
    payable: Callable[[MonetaryTotal, Path], Sequence[Formula]]
    vat: str
    """The id of the value added tax."""
    vat_withholding: str | None
    """The id of the withholding whose base is that tax."""
    is_plain: Callable[[Line], bool] = none_is_plain
    """Whether the official formulas give every figure of a line as it is stated; a quick look that may say
    no of a line that is right, and never yes of one that is not. Called in the context EXACT."""
