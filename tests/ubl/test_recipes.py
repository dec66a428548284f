"""Many lines that look alike are read as each of them alone would be, whatever stands in them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cuadre.engine.document import Document, Line
from cuadre.engine.errors import DocumentError
from cuadre.reading import read
from cuadre.ubl import recipes, walk
from cuadre.ubl.plan import Plan, root_plan
from cuadre.ubl.steps import MARKED, TEXTS

from .writing import write

_LINE = """<cac:InvoiceLine>
<cbc:ID>{id}</cbc:ID><cbc:Note>{note}</cbc:Note>
<cbc:InvoicedQuantity unitCode="{unit}">{quantity}</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="{currency}">{amount}</cbc:LineExtensionAmount>{taxes}
<cac:Item><cbc:Description>{note}</cbc:Description>{inside}</cac:Item>
<cac:Price><cbc:PriceAmount currencyID="COP">{amount}</cbc:PriceAmount></cac:Price>{more}
</cac:InvoiceLine>
"""
_PLAIN = {"id": "1", "note": "Tornillo", "unit": "94", "quantity": "2", "currency": "COP", "amount": "10.00"}
_TAX = (
    '<cac:TaxTotal><cbc:TaxAmount currencyID="COP">1.90</cbc:TaxAmount><cac:TaxSubtotal>'
    "<cac:TaxCategory><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID> 01 </cbc:ID></cac:TaxScheme>"
    "</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
)
_PROPERTY = (
    "<cac:AdditionalItemProperty><cbc:Name>{0}</cbc:Name><cbc:Value>{1}</cbc:Value>"
    "</cac:AdditionalItemProperty>"
)
_INSIDE = [
    "",
    _PROPERTY.format("Color", "Azul"),
    _PROPERTY.format("Talla", ""),
    "<cbc:BrandName>A</cbc:BrandName><cbc:BrandName>B</cbc:BrandName>",
    "<cbc:BrandName/>",
    '<cbc:Description languageID="es">Otra</cbc:Description>',
    "<!-- nada --><cbc:ModelName><![CDATA[a < b]]></cbc:ModelName>",
    "texto suelto",
    '<cac:StandardItemIdentification><cbc:ID schemeID="\ue0000">7</cbc:ID></cac:StandardItemIdentification>',
]


def _document(lines: list[str]) -> bytes:
    return write(f"<cbc:DocumentCurrencyCode>COP</cbc:DocumentCurrencyCode>\n{''.join(lines)}")


@contextmanager
def _many(least: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "_MANY", least)
        yield


def _outcome(data: bytes, least: int) -> object:
    """Read, with recipes from so many children on; return the document, or all that is said against it."""
    with _many(least):
        try:
            return read(data).document
        except DocumentError as error:
            return str(error), error.detail


def _line(**fields: str) -> str:
    return _LINE.format(**{"taxes": "", "inside": "", "more": "", **_PLAIN, **fields})


_TEXT = st.sampled_from(
    ["Tornillo", "Tuerca", "a &amp; b", "x &lt; y", " ", "", "  bordes  ", "ñandú", "\ue0001"]
)
_AMOUNT = st.sampled_from(["10.00", " 10.00 ", "7", "0", "-3.5", "0.000001"])
_WRONG = st.sampled_from(["10.00", "diez", "", "1,5"])


@st.composite
def _lines(draw: st.DrawFn, amounts: st.SearchStrategy[str] = _AMOUNT) -> list[str]:
    forms = st.fixed_dictionaries(
        {
            "id": _TEXT,
            "note": _TEXT,
            "unit": st.sampled_from(["94", "KGM", " 94 "]),
            "quantity": amounts,
            "currency": st.sampled_from(["COP", "COP", "COP", "USD"]),
            "amount": amounts,
            "taxes": st.sampled_from(["", _TAX, _TAX + _TAX]),
            "inside": st.sampled_from(_INSIDE),
            "more": st.sampled_from(["", "", "", "<cbc:ID>2</cbc:ID>", "<cbc:Note>fin</cbc:Note>"]),
        }
    )
    few = draw(st.lists(forms, min_size=1, max_size=3))
    return [_line(**{**one, "id": str(n), "amount": f"{n}.00"}) for n in range(4) for one in few] + [
        _line(**one) for one in few
    ]


_SAME = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow],
)


@given(lines=_lines())
@_SAME
def test_same_document(lines: list[str]) -> None:
    """A document reads the same from recipes as line by line."""
    data = _document(lines)
    assert _outcome(data, 0) == _outcome(data, 10**6)


@given(lines=_lines(_WRONG))
@_SAME
def test_same_faults(lines: list[str]) -> None:
    """What cannot be understood is said with the same words and places."""
    data = _document(lines)
    assert _outcome(data, 0) == _outcome(data, 10**6)


def test_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty lines of two shapes are read by two recipes; otherwise the tests above would show nothing."""
    learnt = []
    learn = recipes.learn

    def spy(*given: object) -> recipes.Recipe | None:
        learnt.append(learn(*given))  # type: ignore[arg-type]
        return learnt[-1]

    monkeypatch.setattr(walk, "learn", spy)
    lines = [_line(id=str(n), unit="94" if n % 2 else "KGM", inside=_INSIDE[1]) for n in range(50)]
    document = read(_document(lines)).document
    assert document is not None
    assert [recipe is not None for recipe in learnt] == [True, True]
    assert [line.id for line in document.lines] == [str(n) for n in range(50)]


def test_few_are_learnt() -> None:
    """Lines that all look different do not fill the memory."""
    lines = [_line(unit=f"U{n}") for n in range(200)]
    with _many(0):
        reading = walk.Walk("COP", None, 0)
        source = read(_document(lines))
        assert source.root is not None
        document = reading.document(source.root, "Invoice", source.document.kind)  # type: ignore[union-attr]
    assert len(document.lines) == 200
    assert len(reading.recipes) == 64


def _texts(plan: Plan) -> Iterator[tuple[str, str]]:
    for task in plan.tasks.values():
        if task.take <= MARKED or task.take == TEXTS:
            yield task.field, task.convert.__name__
        yield from _texts(task.plan)


def test_line_is_codes_and_amounts() -> None:
    """A line holds amounts and stripped texts: a date would be no mark, and its line would have no recipe."""
    (plan,) = [task.plan for task in root_plan("Invoice").tasks.values() if task.plan.model is Line]
    assert {convert for _, convert in _texts(plan)} == {"strip", "parse_amount", "str"}


def test_validated() -> None:
    """What the reader makes without pydantic is what pydantic makes of the same values."""
    document = read(_document([_line(id=str(n), taxes=_TAX, inside=_INSIDE[1]) for n in range(60)])).document
    assert document is not None
    again = Document.model_validate(document.model_dump())
    assert again == document
    assert again.model_dump_json() == document.model_dump_json()
