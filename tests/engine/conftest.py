"""Hypothesis as these tests use it: the same examples in every run, no clock, nothing left on disk."""

from hypothesis import settings

settings.register_profile("engine", deadline=None, derandomize=True, database=None)
settings.load_profile("engine")
