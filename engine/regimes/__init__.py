"""The arithmetic of a country, as data and small functions: one folder a country."""
