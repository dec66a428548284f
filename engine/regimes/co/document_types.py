"""The types of an invoice that a rule asks about (table 13.1.3 of annex 1.9)."""

EXPORT = "02"
"""An export invoice."""
