"""DIAN's rules for the electronic sales invoice, the credit note and the debit note (annex 1.9)."""

COUNTRIES = ("CO",)
EXPORT = "02"
"""The type of an export invoice (table 13.1.3 of annex 1.9)."""
