"""Completion scripts of shells; ``python -m tests.front.completion_scripts`` writes them from the options."""
