"""Tests of the apidian provider."""
