"""Reading, validating and signing the XML of UBL."""
