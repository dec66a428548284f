"""The pure core: rounding, the document, its totals, its traces and findings."""
