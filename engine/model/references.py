"""What a document points to: periods, other documents, the reason of a note, the means of payment."""

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.scalars import Code, Date


class Period(Aggregate):
    """UBL InvoicePeriod."""

    start_date: Date | None = None
    end_date: Date | None = None


class DocumentReference(Aggregate):
    """Another document that this one is about; ``uuid`` is its CUFE, CUDE or CUDS."""

    id: Code | None = None
    uuid: Code | None = None
    uuid_scheme_name: Code | None = None
    issue_date: Date | None = None
    document_type_code: Code | None = None


class BillingReference(Aggregate):
    """The invoice or note that this document corrects or mentions."""

    invoice_document_reference: DocumentReference | None = None
    credit_note_document_reference: DocumentReference | None = None
    debit_note_document_reference: DocumentReference | None = None


class OrderReference(Aggregate):
    """The buyer's order."""

    id: Code | None = None
    issue_date: Date | None = None


class DiscrepancyResponse(Aggregate):
    """Why a note is issued (tables 13.2.4 and 13.2.5 of annex 1.9)."""

    reference_id: Code | None = None
    response_code: Code | None = None
    description: tuple[str, ...] = ()


class PaymentMeans(Aggregate):
    """How it is paid: ``id`` 1 in cash and 2 on credit; the means is a code of table 13.3.4.2."""

    id: Code | None = None
    payment_means_code: Code | None = None
    payment_due_date: Date | None = None
    payment_id: tuple[str, ...] = ()
