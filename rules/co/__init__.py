"""DIAN's rules for the electronic sales invoice, the credit note and the debit note (annex 1.9)."""

COUNTRIES = ("CO",)
