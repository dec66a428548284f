"""Signatures as DIAN asks for them (XAdES-EPES)."""
