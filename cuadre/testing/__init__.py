"""For tests of documents and of rules: assertions, and documents changed in one thing.

They raise AssertionError, so that they work in pytest, in unittest and by themselves.
"""

from cuadre.testing.assertions import assert_accepted, assert_fires
from cuadre.testing.mutations import mutate

__all__ = ["assert_accepted", "assert_fires", "mutate"]
