"""UBL's XSD: find the files, compile them, validate, and explain what is refused."""
