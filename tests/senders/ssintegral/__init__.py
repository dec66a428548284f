"""Tests of the SS Integral provider."""
