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
    <cac:TaxTotal>
      <cbc:TaxAmount currencyID="COP">{tax}</cbc:TaxAmount>
      <cac:TaxSubtotal>
        <cbc:TaxableAmount currencyID="COP">{value}</cbc:TaxableAmount>
        <cbc:TaxAmount currencyID="COP">{tax}</cbc:TaxAmount>
        <cac:TaxCategory>
          <cbc:Percent>{percent}</cbc:Percent>
          <cac:TaxScheme>
            <cbc:ID>01</cbc:ID>
            <cbc:Name>IVA</cbc:Name>
          </cac:TaxScheme>
        </cac:TaxCategory>
      </cac:TaxSubtotal>
    </cac:TaxTotal>
    <cac:Item>
      <cbc:Description>Articulo de prueba {number}</cbc:Description>
      <cac:StandardItemIdentification>
        <cbc:ID schemeID="999">ART{number}</cbc:ID>
      </cac:StandardItemIdentification>
    </cac:Item>
    <cac:Price>
      <cbc:PriceAmount currencyID="COP">{price}</cbc:PriceAmount>
      <cbc:BaseQuantity unitCode="94">{quantity}</cbc:BaseQuantity>
    </cac:Price>
  </cac:InvoiceLine>
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
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="COP">{value}</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="COP">{value}</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="COP">{payable}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="COP">{payable}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
"""


def invoice(lines: int) -> bytes:
    """Return an invoice with so many lines; its head is that of examples/invoice.xml."""
    head = _EXAMPLE.read_text(encoding="utf-8").partition("  <cac:TaxTotal>")[0]
    start, _, rest = head.partition("<cbc:LineCountNumeric>")
    head = f"{start}<cbc:LineCountNumeric>{lines}{rest[rest.index('<') :]}"
    sums: dict[str, list[Decimal]] = {"19.00": [], "5.00": []}
    body = "".join(_line(number, sums) for number in range(1, lines + 1))
    groups = {percent: values for percent, values in sums.items() if values}
    bases = {percent: sum(values[::2], Decimal(0)) for percent, values in groups.items()}
    taxes = {percent: sum(values[1::2], Decimal(0)) for percent, values in groups.items()}
    value, tax = sum(bases.values(), Decimal(0)), sum(taxes.values(), Decimal(0))
    subtotals = "".join(_SUBTOTAL.format(base=bases[p], tax=taxes[p], percent=p) for p in groups)
    totals = _TOTALS.format(tax=tax, subtotals=subtotals, value=value, payable=value + tax)
    return f"{head}{totals}{body}</Invoice>\n".encode()


def _line(number: int, sums: dict[str, list[Decimal]]) -> str:
    quantity = Decimal(number % 17 + 1)
    price = (Decimal(1000) + number * Decimal("37.41") % 90000).quantize(_CENT)
    gross = (quantity * price).quantize(_CENT, ROUND_HALF_UP)
    discount = (gross / 10).quantize(_CENT, ROUND_HALF_UP)
    percent = "19.00" if number % 3 else "5.00"
    value = gross - discount
    tax = (value * Decimal(percent) / 100).quantize(_CENT, ROUND_HALF_UP)
    sums[percent] += [value, tax]
    return _LINE.format(
        number=number,
        quantity=f"{quantity}.000000",
        price=price,
        gross=gross,
        discount=discount,
        value=value,
        percent=percent,
        tax=tax,
    )
