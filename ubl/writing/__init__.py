"""Write UBL XML: a Document in the order of the schema, and the container for the buyer."""
