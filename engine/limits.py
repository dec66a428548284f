"""How large an input may be: above what a real document needs, and low enough to bound time and memory.

In real lines an element takes 41 bytes or more, an aggregate 109 and a line 513, so that a document of
20 MB has at most 480,000 elements, 180,000 aggregates and 40,000 lines. A value of a document's own JSON
takes 20 bytes. 10,000 lines of 60 elements, 21 of them aggregates, are within the limits of parts.
"""

MAX_BYTES = 20_000_000
"""Bytes of an input."""
MAX_VALUES = 1_000_000
"""Elements and attributes of an XML document; values of a JSON text."""
MAX_PARTS = 250_000
"""Aggregates of an XML document; objects of a JSON text."""
MAX_PROBLEMS = 1_000
"""Problems that are kept of an input that cannot be read; the others are only counted."""
