"""Remarks of our own: nothing that the authority objects to, and much that an accountant wants to know."""
