"""The document as data: one immutable model for every kind and country."""
