"""What DIAN asks for beyond UBL: the numbering authorisation, the software and the QR code."""

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.scalars import Code, Date


class InvoiceControl(Aggregate):
    """DIAN's authorisation of a range of numbers (sts:InvoiceControl)."""

    invoice_authorization: Code | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    prefix: Code | None = None
    from_number: Code | None = None
    to_number: Code | None = None


class DianExtensions(Aggregate):
    """The numbering authorisation, who made the software, its key, and the QR code (sts:DianExtensions)."""

    invoice_control: InvoiceControl | None = None
    invoice_source_country: Code | None = None
    provider_id: Code | None = None
    provider_id_scheme_id: Code | None = None
    provider_id_scheme_name: Code | None = None
    software_id: Code | None = None
    software_security_code: Code | None = None
    authorization_provider_id: Code | None = None
    authorization_provider_id_scheme_id: Code | None = None
    authorization_provider_id_scheme_name: Code | None = None
    qr_code: str | None = None
