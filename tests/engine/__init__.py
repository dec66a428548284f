"""Tests of the engine, which is pure: every one of them works on values that it makes itself."""
