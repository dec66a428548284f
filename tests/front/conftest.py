"""Hypothesis as these tests use it: the same examples in every run, no clock, nothing left on disk."""

from hypothesis import settings

settings.register_profile("front", deadline=None, derandomize=True, database=None, max_examples=150)
settings.load_profile("front")
