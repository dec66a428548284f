"""Make DIAN-like invoices of any number of lines, with totals that add up; 28 elements a line."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

_EXAMPLE = Path(__file__).parent.parent / "examples" / "invoice.xml"
_CENT = Decimal("0.01")
_LINE = """  <cac:InvoiceLine>
    <cbc:ID>{number}</cbc:ID>
    <cbc:Note>Entrega en bodega principal</cbc:Note>
    <cbc:InvoicedQuantity unitCode="94">{quantity}</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="COP">{value}</cbc:LineExtensionAmount>
    <cbc:FreeOfChargeIndicator>false</cbc:FreeOfChargeIndicator>
    <cac:AllowanceCharge>
      <cbc:ID>1</cbc:ID>
      <cbc:ChargeIndicator>false</cbc:ChargeIndicator>
      <cbc:MultiplierFactorNumeric>10.00</cbc:MultiplierFactorNumeric>
      <cbc:Amount currencyID="COP">{discount}</cbc:Amount>
      <cbc:BaseAmount currencyID="COP">{gross}</cbc:BaseAmount>
    </cac:AllowanceCharge>
{taxes}    <cac:Item>
      <cbc:Description>Articulo de prueba {number}</cbc:Description>
      <cac:StandardItemIdentification>
        <cbc:ID schemeID="{scheme}">ART{number}</cbc:ID>
      </cac:StandardItemIdentification>
    </cac:Item>
    <cac:Price>
      <cbc:PriceAmount currencyID="COP">{price}</cbc:PriceAmount>
      <cbc:BaseQuantity unitCode="94">{quantity}</cbc:BaseQuantity>
    </cac:Price>
  </cac:InvoiceLine>
"""
_TAX = """    <cac:TaxTotal>
      <cbc:TaxAmount currencyID="COP">{tax}</cbc:TaxAmount>
      <cac:TaxSubtotal>
        <cbc:TaxableAmount currencyID="COP">{base}</cbc:TaxableAmount>
        <cbc:TaxAmount currencyID="COP">{tax}</cbc:TaxAmount>
        <cac:TaxCategory>
          <cbc:Percent>{percent}</cbc:Percent>
          <cac:TaxScheme>
            <cbc:ID>{id}</cbc:ID>
            <cbc:Name>{name}</cbc:Name>
          </cac:TaxScheme>
        </cac:TaxCategory>
      </cac:TaxSubtotal>
    </cac:TaxTotal>
"""
_SUBTOTAL = """    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID="COP">{base}</cbc:TaxableAmount>
      <cbc:TaxAmount currencyID="COP">{tax}</cbc:TaxAmount>
      <cac:TaxCategory>
        <cbc:Percent>{percent}</cbc:Percent>
        <cac:TaxScheme>
          <cbc:ID>01</cbc:ID>
          <cbc:Name>IVA</cbc:Name>
        </cac:TaxScheme>
      </cac:TaxCategory>
    </cac:TaxSubtotal>
"""
_TOTALS = """  <cac:TaxTotal>
    <cbc:TaxAmount currencyID="COP">{tax}</cbc:TaxAmount>
{subtotals}  </cac:TaxTotal>
{ica}  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="COP">{value}</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="COP">{value}</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="COP">{payable}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="COP">{payable}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
"""


def invoice(lines: int, *, odd: bool = False) -> bytes:
    """Return an invoice with so many lines; its head is that of examples/invoice.xml.

    Where it is ``odd``, no two lines look alike and none is plain: each has ICA too, which is per mille.
    """
    head = _EXAMPLE.read_text(encoding="utf-8").partition("  <cac:TaxTotal>")[0]
    start, _, rest = head.partition("<cbc:LineCountNumeric>")
    head = f"{start}<cbc:LineCountNumeric>{lines}{rest[rest.index('<') :]}"
    sums: dict[str, list[Decimal]] = {"19.00": [], "5.00": [], _PER_MILLE: []}
    body = "".join(_line(number, sums, odd=odd) for number in range(1, lines + 1))
    bases = {rate: sum(values[::2], Decimal(0)) for rate, values in sums.items() if values}
    taxes = {rate: sum(values[1::2], Decimal(0)) for rate, values in sums.items() if values}
    ica = _ica(bases.pop(_PER_MILLE), taxes[_PER_MILLE]) if odd else ""
    value, payable = sum(bases.values(), Decimal(0)), sum((*bases.values(), *taxes.values()), Decimal(0))
    subtotals = "".join(_SUBTOTAL.format(base=bases[p], tax=taxes[p], percent=p) for p in bases)
    tax = sum([taxes[rate] for rate in bases], Decimal(0))
    totals = _TOTALS.format(tax=tax, subtotals=subtotals, ica=ica, value=value, payable=payable)
    return f"{head}{totals}{body}</Invoice>\n".encode()


_PER_MILLE = "9.66"


def _line(number: int, sums: dict[str, list[Decimal]], *, odd: bool) -> str:
    quantity = Decimal(number % 17 + 1)
    price = (Decimal(1000) + number * Decimal("37.41") % 90000).quantize(_CENT)
    gross = (quantity * price).quantize(_CENT, ROUND_HALF_UP)
    discount = (gross / 10).quantize(_CENT, ROUND_HALF_UP)
    percent = "19.00" if number % 3 else "5.00"
    value = gross - discount
    tax = (value * Decimal(percent) / 100).quantize(_CENT, ROUND_HALF_UP)
    ica = (value * Decimal(_PER_MILLE) / 1000).quantize(_CENT, ROUND_HALF_UP)
    sums[percent] += [value, tax]
    sums[_PER_MILLE] += [value, ica] if odd else []
    return _LINE.format(
        number=number,
        scheme=f"S{number}" if odd else "999",
        quantity=f"{quantity}.000000",
        price=price,
        gross=gross,
        discount=discount,
        value=value,
        taxes=_TAX.format(base=value, tax=tax, percent=percent, id="01", name="IVA")
        + (_ica(value, ica) if odd else ""),
    )


def _ica(base: Decimal, tax: Decimal) -> str:
    return _TAX.format(base=base, tax=tax, percent=_PER_MILLE, id="03", name="ICA")
