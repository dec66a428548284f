"""SRI's rules for invoices and notes (technical sheet 2.32, offline scheme) that arithmetic can decide."""

COUNTRIES = ("EC",)
