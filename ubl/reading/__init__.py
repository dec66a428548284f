"""Read UBL XML into a Document, and find the place of each figure in the XML."""
