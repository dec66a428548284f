"""The e-Misión provider: its payload, the arithmetic of its tree, its answers."""
