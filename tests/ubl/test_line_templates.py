"""Lines from templates are equal to lines that are read one by one, whatever is in them."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.etree import _Element

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.document import Document, Line
from cuadre.engine.model.parties import Party
from cuadre.reading import read
from cuadre.ubl.mapping.vocabulary import ATTRIBUTED, TEXTS
from cuadre.ubl.reading import line_template, line_templates, reader
from cuadre.ubl.reading.bindings import AggregateBinding, root_binding
from cuadre.ubl.reading.line_template import SampleReader
from cuadre.ubl.reading.line_templates import LineTemplates

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


class _Never(LineTemplates):
    """Knows no template."""

    def make(self, element: _Element, binding: AggregateBinding, reader: SampleReader) -> None:
        """Say that it has to be read."""
        del element, binding, reader


def _outcome(data: bytes, line_templates: LineTemplates) -> object:
    """Read with these templates; return the document, or all that is said against it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_TEMPLATES", line_templates)
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
    """A document reads the same from templates as line by line."""
    data = _document(lines)
    assert _outcome(data, LineTemplates(sights=0)) == _outcome(data, _Never())


@given(lines=_lines(_WRONG))
@_SAME
def test_same_faults(lines: list[str]) -> None:
    """What cannot be understood is said with the same words and places."""
    data = _document(lines)
    assert _outcome(data, LineTemplates(sights=0)) == _outcome(data, _Never())


def test_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty lines of two shapes are read by two templates; otherwise the tests above would show nothing."""
    templates: list[line_template.Template | None] = []

    def spy(
        element: _Element, binding: AggregateBinding, count: int, reader: SampleReader
    ) -> line_template.Template | None:
        templates.append(line_template.make_template(element, binding, count, reader))
        return templates[-1]

    monkeypatch.setattr(line_templates, "make_template", spy)
    lines = [_line(id=str(n), unit="94" if n % 2 else "KGM", inside=_INSIDE[1]) for n in range(50)]
    document = _outcome(_document(lines), LineTemplates())
    assert isinstance(document, Document)
    assert [template is not None for template in templates] == [True, True]
    assert [line.id for line in document.lines] == [str(n) for n in range(50)]


def test_forgets() -> None:
    """Lines that all look different do not fill the memory, and are read all the same."""
    kept = LineTemplates(sights=0, most=5)
    data = _document([_line(unit=f"U{n}") for n in range(40)])
    assert _outcome(data, kept) == _outcome(data, _Never())
    assert len(kept) <= 5


def _texts(binding: AggregateBinding) -> Iterator[str]:
    for one in binding.elements.values():
        if one.form <= ATTRIBUTED or one.form == TEXTS:
            yield one.convert.__name__
        yield from _texts(one.binding)


def test_line_is_codes_and_amounts() -> None:
    """Lines and parties hold amounts and stripped texts: with a date, which is no mark, none had one."""
    bindings = [one.binding for one in root_binding("Invoice").elements.values() if one.binding.has_templates]
    assert {binding.model for binding in bindings} == {Line, Party}
    assert {convert for binding in bindings for convert in _texts(binding)} == {
        "strip",
        "parse_amount",
        "str",
    }


def test_validated() -> None:
    """What the reader makes without pydantic is what pydantic makes of the same values."""
    document = read(_document([_line(id=str(n), taxes=_TAX, inside=_INSIDE[1]) for n in range(60)])).document
    assert document is not None
    again = Document.model_validate(document.model_dump())
    assert again == document
    assert again.model_dump_json() == document.model_dump_json()


def test_nothing_is_shared() -> None:
    """What a caller does to the attributes of one line changes no other line, and no later document."""
    lines = [_line(id=str(n), inside=_INSIDE[5], more='<cbc:Extra q="1">z</cbc:Extra>') for n in range(8)]
    kept = LineTemplates()
    spoilt, _ = _outcome(_document(lines), kept), _outcome(_document(lines), kept)
    clean = _outcome(_document(lines), _Never())
    assert isinstance(spoilt, Document)
    assert len(kept) == 1
    last = spoilt.lines[-1]
    assert last.item is not None
    assert last.item.attributes is not None
    last.item.attributes["description[1]"]["languageID"] = "spoilt"
    last.other[0].attributes["q"] = "spoilt"
    assert _outcome(_document(lines), kept) == clean
    assert isinstance(clean, Document)
    assert spoilt.lines[:-1] == clean.lines[:-1]


def test_many_namespaces() -> None:
    """A root with very many namespaces is read without templates, each of which would copy them all."""
    names = "".join(f' xmlns:n{n}="urn:n{n}"' for n in range(100))
    data = _document([_line(id=str(n)) for n in range(8)])
    kept = LineTemplates(sights=0)
    assert _outcome(data.replace(b"<Invoice", f"<Invoice{names}".encode(), 1), kept) == _outcome(
        data, _Never()
    )
    assert len(kept) == 0
