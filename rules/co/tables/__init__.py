"""DIAN's code tables of annex 1.9: currencies (13.3.3), units (13.3.6), rates (13.3.11)."""
