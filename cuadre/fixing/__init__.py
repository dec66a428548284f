"""Fixes: computed figures written back into the bytes that a document was read from."""
