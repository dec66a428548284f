"""Which element of UBL is which field of the Document, in which order, under which name."""
