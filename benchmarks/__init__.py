"""Benchmarks: tests for pytest-benchmark, and the table of ratios that ``make bench`` prints."""
