"""Tests of the Ecuafact provider."""
