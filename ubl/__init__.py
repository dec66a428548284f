"""UBL 2.1 in and out, as DIAN uses it."""
