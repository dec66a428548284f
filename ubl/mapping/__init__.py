"""Tables: which element of UBL is which field of the Document, and the order of elements in UBL."""
