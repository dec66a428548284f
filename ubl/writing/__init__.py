"""A Document into UBL XML, in the order that the schema wants."""
