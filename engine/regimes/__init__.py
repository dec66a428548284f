"""What differs from country to country: one folder each, named by its ISO 3166 code."""
