"""What a country's arithmetic consists of: rounding, taxes, tolerances, formulas, derived fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from cuadre.engine.figures import Figure
from cuadre.engine.formula import Formula
from cuadre.engine.model.document import Document, Line, TaxSubtotal
from cuadre.engine.rounding import Rounding
from cuadre.engine.secrets import Secrets

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


class Total(NamedTuple):
    """One of the document's totals, and the formulas that the authority accepts for it."""

    name: str
    """A field of MonetaryTotal."""
    formulas: Sequence[Formula]
    """Of the document; the official one first."""
    filled: Formula | None = None
    """What computes it where nothing is stated; None: the official one."""
    optional: bool = False
    """Whether it need not be stated where no term of it is there, or they add up to nothing."""
    may_be_absent: bool = False
    """Whether it need not be stated at all."""


@dataclass(frozen=True)
class Regime:
    """A country's arithmetic. Where several formulas are given, the official one comes first."""

    country: str
    """ISO 3166 code."""
    authority: str
    """The tax authority's short name: DIAN, SRI."""
    currency: str
    """ISO 4217 code of the currency that a document has where it names none."""
    rounding: Rounding
    taxes: Mapping[str, Tax]
    tolerance: Callable[[Figure], Tolerance]
    tolerances: Mapping[str, Sequence[Tolerance]]
    """Which tolerances a figure can have, by its name; the usual one first. "" is for all others."""
    line_extension: Callable[[Line], Sequence[Formula]]
    """The formulas of a line's value; none where nothing can be computed."""
    tax_amount: Callable[[TaxSubtotal], Sequence[Formula]]
    """The formulas of a tax at one rate."""
    totals: Sequence[Total]
    """In the order in which they are computed."""
    formulas: Mapping[str, Sequence[Formula]]
    """Every formula that a figure can have, by the figure's name; for documentation."""
    vat: str
    """The id of the value added tax."""
    vat_withholding: str | None
    """The id of the withholding whose base is that tax."""
    complete: Callable[[Document, Secrets], Document]
    """Fill in what the rest of a document determines; nothing that it states changes."""
