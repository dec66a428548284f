"""Rates and names of IVA and INC: the document has those of its lines (xAS01)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from cuadre.engine.findings import Severity, Value
from cuadre.engine.model.document import Document, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.taxes import INC, IVA
from cuadre.rules.co.tax_groups import UNKNOWN
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_COMPARED = (IVA, INC)
_LINE_TAX = "lines.tax_totals.tax_subtotals.tax_amount"
_TAXABLE: Path = ("legal_monetary_total", "tax_exclusive_amount")
_Key = tuple[Decimal | None, str]


class _Difference(NamedTuple):
    """What the document and its lines say differently of one tax."""

    extra: list[tuple[Path, TaxSubtotal]]
    """Subtotals of the document that no line has."""
    lacking: dict[Decimal | None, str]
    """Rates that lines have and the document has not; with the name, where only that differs."""
    names: dict[Decimal | None, set[str | None]]
    """How the lines name the tax at each rate."""
    first: Path
    """The first TaxTotal of the tax in the document."""


@check("AS01b", at="document")
def document_rate_is_a_line_rate(document: Document, context: Context) -> Iterator[Fault]:
    """Each rate of IVA and INC in the document, with its name, is in a line; one of 0.00 is only remarked on.

    DIAN's answer to CAS01b asks to look at the percentage, the name and the id.
    """
    del document
    for one in context.once(_differences):
        for path, part in one.extra:
            field, stated, wanted = _wrong_half(part, one)
            expected = next(iter(wanted)) if len(wanted) == 1 else None
            lacking = context.totals.is_off_by(_TAXABLE, part.taxable_amount or Decimal(0))
            yield Fault(
                (*path, field),
                "no_line_has_rate" if expected is None else "not_equal",
                stated,
                expected,
                severity=None if part.tax_amount or part.taxable_amount else Severity.NOTIFY,
                explains=((*path, "tax_amount"), *((_TAXABLE,) if lacking else ())),
            )


def _wrong_half(part: TaxSubtotal, difference: _Difference) -> tuple[str, Value, Collection[Value]]:
    """Tell which field is another than in the lines, the name or the rate, and what the lines have there."""
    names = difference.names.get(part.percent)
    if names is not None:
        return "tax_scheme_name", part.tax_scheme_name, names
    return "percent", part.percent, difference.lacking.keys()


@check("AS01a", at="document")
def line_rate_is_a_document_rate(document: Document, context: Context) -> Iterator[Fault]:
    """Each rate of IVA and INC in the lines, with its name, is in the document."""
    del document
    for one in context.once(_differences):
        for rate, shown in one.lacking.items() if not one.extra else ():
            where, explains = (*one.first, "tax_subtotals"), ((*one.first, "tax_amount"),)
            yield Fault(where, "lacks_rate", rate, detail=shown, explains=explains)


def _differences(context: Context) -> list[_Difference]:
    if UNKNOWN & context.line_taxes.keys():
        return []
    found = [_difference(tax, context) for tax in _COMPARED]
    return [one for one in found if one is not None]


def _difference(tax: str, context: Context) -> _Difference | None:
    """Compare rates and names of one tax; None where they are the same, or another fault is the cause.

    That is a subtotal without its rate, a TaxTotal of two taxes, or a wrong amount in a line.
    """
    members = context.line_taxes.get(tax)
    if not members or None in members:
        return None
    names = {rate: {part.tax_scheme_name for _, part in some} for rate, some in members.items()}
    if names == _names_of_document(tax, context.document):
        return None
    parts = _of_document(tax, context.document)
    if not parts or any(part.percent is None or part.tax_scheme_id != tax for _, part in parts):
        return None
    key = _key([*chain.from_iterable(names.values()), *[part.tax_scheme_name for _, part in parts]])
    lines = {key(rate, name): name for rate, some in names.items() for name in some}
    stated = {key(part.percent, part.tax_scheme_name): part.percent for _, part in parts}
    if stated.keys() == lines.keys() or _has_wrong_amount(tax, context):
        return None
    rates = set(stated.values())
    return _Difference(
        extra=[one for one in parts if key(one[1].percent, one[1].tax_scheme_name) not in lines],
        lacking={
            rate: f"{rate} ({lines[rate, name]})" if rate in rates else str(rate)
            for rate, name in lines
            if (rate, name) not in stated
        },
        names=names,
        first=parts[0][0][:2],
    )


def _names_of_document(tax: str, document: Document) -> dict[Decimal | None, set[str | None]]:
    """Gather the names of a tax in the document by rate, for a quick look that is enough nearly always."""
    names: dict[Decimal | None, set[str | None]] = {}
    for total in document.tax_totals:
        for part in total.tax_subtotals:
            if part.tax_scheme_id == tax:
                names.setdefault(part.percent, set()).add(part.tax_scheme_name)
    return names


def _of_document(tax: str, document: Document) -> list[tuple[Path, TaxSubtotal]]:
    """List the subtotals of every TaxTotal that has the tax."""
    return [
        (("tax_totals", index, "tax_subtotals", inner), part)
        for index, total in enumerate(document.tax_totals)
        if any(part.tax_scheme_id == tax for part in total.tax_subtotals)
        for inner, part in enumerate(total.tax_subtotals)
    ]


def _key(names: Iterable[str | None]) -> Callable[[Decimal | None, str | None], _Key]:
    """Return what makes a rate and a name comparable; names count where every subtotal of the tax has one."""
    if all(name and name.strip() for name in names):
        return lambda rate, name: (rate, (name or "").strip().casefold())
    return lambda rate, _: (rate, "")


def _has_wrong_amount(tax: str, context: Context) -> bool:
    """Tell whether a line's amount of the tax is not base × rate: then its rate may be what is wrong."""
    wrong = [figure.part for figure in context.totals.wrong.values() if figure.name == _LINE_TAX]
    return any(isinstance(part, TaxSubtotal) and part.tax_scheme_id == tax for part in wrong)
