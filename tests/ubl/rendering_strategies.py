"""Hypothesis strategies that make documents of inputs only, of all eight kinds."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.secrets import Secrets

Fields = dict[str, Any]
Kind = DocumentKind

SECRETS = Secrets(technical_key="fc8eac422eba16e22ffd8c6f94b3f40a6e38162c", pin="75315")
ISSUED = dt.date(2026, 11, 20)
_TYPE_CODES: dict[Kind, list[str | None]] = {
    Kind.INVOICE: ["01", "02", "03", "04", None],
    Kind.SUPPORT_DOCUMENT: ["05", None],
    Kind.SUPPORT_DOCUMENT_ADJUSTMENT: ["95", None],
    Kind.EQUIVALENT_DOCUMENT: ["20", "25", "27", "30", "35", "40", "45", "50", "55", "60", None],
    Kind.EQUIVALENT_DOCUMENT_CREDIT_NOTE: ["94", None],
    Kind.EQUIVALENT_DOCUMENT_DEBIT_NOTE: ["93", None],
    Kind.CREDIT_NOTE: ["91", None],
    Kind.DEBIT_NOTE: [None],
}
_INVOICES = {Kind.INVOICE, Kind.SUPPORT_DOCUMENT, Kind.EQUIVALENT_DOCUMENT}
_WITH_PREPAYMENTS = {*_INVOICES, Kind.DEBIT_NOTE}


class _Place(NamedTuple):
    id: str
    city: str
    postal_zone: str
    department: str
    department_code: str


_PLACES = [
    _Place("11001", "BOGOTÁ, D.C.", "110931", "Bogotá", "11"),
    _Place("05001", "MEDELLÍN", "050021", "Antioquia", "05"),
    _Place("76001", "CALI", "760001", "Valle del Cauca", "76"),
]
_NITS = ["990412378", "990587461", "800197268", "900373076"]
_RATES = {"01": ["0.00", "5.00", "19.00"], "04": ["2.00", "8.00", "16.00"]}
_UNITS = {"34": "MLT", "33": "GRM", "22": "94"}
_WITHHELD = {"05": ["15.00"], "06": ["2.50", "4.00"], "07": ["4.14", "9.66"]}
_AIU = "Contrato de servicios AIU por concepto de: obra de ornato en la plaza"


def words(least: int = 1) -> st.SearchStrategy[str]:
    """Make texts of one line, in any script, without white space around them."""
    signs = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
    inner = st.text(st.one_of(signs, st.sampled_from(" <>&\"'ñ東🧾")), min_size=least, max_size=20)
    return inner.map(lambda text: f"a{text}z")


def notes() -> st.SearchStrategy[str]:
    """Make texts of several lines, with white space anywhere."""
    return st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cn")) | st.sampled_from("\n\r\t "),
        max_size=30,
    )


def amounts(low: int, high: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    """Make amounts with exactly so many decimals."""
    return st.integers(low * 10**places, high * 10**places).map(lambda units: Decimal(units).scaleb(-places))


@st.composite
def addresses(draw: st.DrawFn) -> Fields:
    """Make an address in Colombia."""
    place = draw(st.sampled_from(_PLACES))
    return {
        "id": place.id,
        "city_name": place.city,
        "postal_zone": place.postal_zone,
        "country_subentity": place.department,
        "country_subentity_code": place.department_code,
        "address_line": draw(st.lists(words(), min_size=1, max_size=2)),
        "country_identification_code": "CO",
        "country_name": "Colombia",
    }


@st.composite
def companies(draw: st.DrawFn, nit: str) -> Fields:
    """Make a company with a NIT whose check digit ``complete`` has to find."""
    name, place = draw(words()), draw(addresses())
    return {
        "additional_account_id": "1",
        "party_names": draw(st.lists(words(), min_size=1, max_size=2)),
        "physical_location": place,
        "party_tax_schemes": [
            {
                "registration_name": name,
                "company_id": nit,
                "company_id_scheme_name": "31",
                "tax_level_code": draw(st.sampled_from(["R-99-PN", "O-15;O-23", "O-13"])),
                "registration_address": place,
                "tax_scheme_id": "01",
                "tax_scheme_name": "IVA",
            }
        ],
        "party_legal_entities": [
            {"registration_name": name, "company_id": nit, "company_id_scheme_name": "31"}
        ],
        "contact": {"electronic_mail": "a@example.com"}
        | draw(st.fixed_dictionaries({}, optional={"name": words()})),
    }


@st.composite
def people(draw: st.DrawFn) -> Fields:
    """Make a person with an identity card."""
    name, number = draw(words()), str(draw(st.integers(10**6, 10**10)))
    return {
        "additional_account_id": "2",
        "party_identifications": [{"id": number, "id_scheme_name": "13"}],
        "party_names": [name],
        "physical_location": draw(addresses()),
        "party_tax_schemes": [
            {
                "registration_name": name,
                "company_id": number,
                "company_id_scheme_name": "13",
                "tax_level_code": "R-99-PN",
                "tax_scheme_id": "ZZ",
                "tax_scheme_name": "No aplica",
            }
        ],
        "party_legal_entities": [
            {"registration_name": name, "company_id": number, "company_id_scheme_name": "13"}
        ],
    }


def _tax(tax: str, **fields: object) -> Fields:
    return {"tax_subtotals": [{"tax_scheme_id": tax, **fields}]}


@st.composite
def _taxes(draw: st.DrawFn) -> list[Fields]:
    """Make IVA first, then INC, then taxes by unit."""
    rates = draw(st.lists(st.sampled_from(sorted(_RATES)), unique=True, max_size=2).map(sorted))
    taxes = [_tax(tax, percent=draw(st.sampled_from(_RATES[tax]))) for tax in rates]
    units = draw(st.lists(st.sampled_from(sorted(_UNITS)), unique=True, max_size=2))
    taxes += [
        _tax(
            tax,
            per_unit_amount=draw(amounts(1, 500)),
            base_unit_measure=draw(amounts(1, 900)),
            base_unit_measure_unit_code=_UNITS[tax],
        )
        for tax in units
    ]
    return taxes


@st.composite
def _withheld(draw: st.DrawFn) -> list[Fields]:
    ids = draw(st.lists(st.sampled_from(sorted(_WITHHELD)), unique=True, max_size=2))
    return [_tax(tax, percent=draw(st.sampled_from(_WITHHELD[tax]))) for tax in ids]


@st.composite
def _allowances(draw: st.DrawFn) -> list[Fields]:
    """Make discounts and charges by a percentage, whose base and amount ``fill`` computes."""
    charges = draw(st.lists(st.booleans(), max_size=2))
    return [
        {
            "id": str(number),
            "charge_indicator": "true" if charge else "false",
            "allowance_charge_reason_code": "03" if charge else "01",
            "allowance_charge_reason": draw(words()),
            "multiplier_factor_numeric": draw(amounts(0, 30)),
        }
        for number, charge in enumerate(charges, start=1)
    ]


@st.composite
def _lines(draw: st.DrawFn, kind: Kind, *, aiu: bool) -> Fields:
    free = draw(st.integers(0, 5)) == 0
    quantity = draw(amounts(1, 50, draw(st.integers(0, 3))))
    code = draw(st.from_regex(r"[A-Z]{3}-[0-9]{3}", fullmatch=True))
    line: Fields = {
        "note": [_AIU] if aiu else draw(st.lists(notes(), max_size=2)),
        "quantity": quantity,
        "quantity_unit_code": draw(st.sampled_from(["94", "KGM", "EA"])),
        "price": {
            "price_amount": Decimal("0.00") if free else draw(amounts(1, 10**5, draw(st.integers(0, 4))))
        },
        "tax_totals": draw(_taxes()),
        "item": {
            "description": draw(st.lists(words(5), min_size=1, max_size=3)),
            "sellers_item_identification": {"id": code},
            "standard_item_identification": {
                "id": code,
                "id_scheme_id": "999",
                "id_scheme_name": "Estándar de adopción del contribuyente",
            },
            **draw(st.fixed_dictionaries({}, optional={"brand_name": st.lists(words(), max_size=2)})),
        },
    }
    if kind in _INVOICES:
        line["free_of_charge_indicator"] = "true" if free else "false"
        line["withholding_tax_totals"] = draw(_withheld())
    if free:
        line["pricing_reference"] = {"price_amount": draw(amounts(1, 10**4)), "price_type_code": "01"}
    else:
        line["allowance_charges"] = draw(_allowances())
    return line


@st.composite
def _references(draw: st.DrawFn, kind: Kind) -> Fields:
    """Make what a note says of the document that it corrects, or of the time that it is about."""
    customization = "3" if kind in {Kind.DEBIT_NOTE, Kind.EQUIVALENT_DOCUMENT_DEBIT_NOTE} else "2"
    fields: Fields = {
        "discrepancy_responses": [
            {
                "reference_id": "SETP990000101",
                "response_code": draw(st.sampled_from(["1", "3", "4"])),
                "description": draw(st.lists(words(), min_size=1, max_size=2)),
            }
        ]
    }
    if kind in {Kind.CREDIT_NOTE, Kind.DEBIT_NOTE} and draw(st.booleans()):
        period = {"start_date": dt.date(2026, 10, 1), "end_date": dt.date(2026, 10, 31)}
        return {**fields, "customization_id": f"{customization}2", "invoice_periods": [period]}
    reference = {
        "id": "SETP990000101",
        "uuid": draw(st.text("0123456789abcdef", min_size=96, max_size=96)),
        "uuid_scheme_name": "CUFE-SHA384",
        "issue_date": dt.date(2026, 11, 19),
    }
    return {**fields, "billing_references": [{"invoice_document_reference": reference}]}


@st.composite
def _dian(draw: st.DrawFn, kind: Kind) -> Fields:
    software = {
        "provider_id": _NITS[0],
        "provider_id_scheme_name": "31",
        "software_id": str(draw(st.uuids())),
    }
    if kind not in _INVOICES:
        return software
    control = {
        "invoice_authorization": "18760000001",
        "start_date": dt.date(2026, 1, 1),
        "end_date": dt.date(2027, 12, 31),
        "prefix": "SETP",
        "from_number": "990000000",
        "to_number": "995000000",
    }
    return {**software, "invoice_control": control}


@st.composite
def _payment(draw: st.DrawFn, kind: Kind) -> Fields:
    credit = kind in {Kind.INVOICE, Kind.SUPPORT_DOCUMENT} and draw(st.booleans())
    means: Fields = {
        "id": "2" if credit else "1",
        "payment_means_code": draw(st.sampled_from(["10", "42", "49"])),
    }
    if credit:
        means["payment_due_date"] = dt.date(2026, 12, 20)
    fields: Fields = {"payment_means": [means]}
    if credit:
        fields["due_date"] = dt.date(2026, 12, 20)
    if kind in _WITH_PREPAYMENTS:
        paid = draw(st.lists(amounts(1, 100), max_size=2))
        fields["prepaid_payments"] = [
            {"id": str(number), "paid_amount": amount, "received_date": dt.date(2026, 11, 18)}
            for number, amount in enumerate(paid, start=1)
        ]
    if draw(st.booleans()):
        fields["document_currency_code"] = "USD"
        fields["payment_exchange_rate"] = {
            "source_currency_code": "USD",
            "source_currency_base_rate": "1.00",
            "target_currency_code": "COP",
            "target_currency_base_rate": "1.00",
            "calculation_rate": draw(amounts(3000, 5000)),
            "date": ISSUED,
        }
    return fields


@st.composite
def documents(draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind)) -> Document:
    """Make a document that states no result: no value, no sum, no key, no check digit, no profile."""
    kind = draw(st.sampled_from(kinds))
    aiu = kind == Kind.INVOICE and draw(st.integers(0, 3)) == 0
    fields: Fields = {
        "kind": kind,
        "type_code": draw(st.sampled_from(_TYPE_CODES[kind])),
        "id": f"SETP{draw(st.integers(990000000, 995000000))}",
        "issue_date": ISSUED,
        "issue_time": "10:15:00-05:00",
        "note": draw(st.lists(notes(), max_size=2)),
        "dian_extensions": draw(_dian(kind)),
        "accounting_supplier_party": draw(companies(_NITS[0])),
        "accounting_customer_party": draw(people() | st.sampled_from(_NITS[1:]).flatmap(companies)),
        "lines": draw(st.lists(_lines(kind, aiu=aiu), min_size=1, max_size=4)),
        "allowance_charges": draw(_allowances()),
        **draw(_payment(kind)),
    }
    if kind not in _INVOICES:
        fields |= draw(_references(kind))
    if aiu:
        fields["customization_id"] = "09"
    if draw(st.booleans()):
        fields["order_reference"] = {"id": draw(words()), "issue_date": dt.date(2026, 11, 1)}
    return Document.model_validate(fields)
