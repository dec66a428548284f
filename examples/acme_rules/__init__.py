"""Rules of a company for its own invoices."""

COUNTRIES = ("CO",)
