"""Every rule that an authority is known to have: those that cuadre judges, and the rest with the reason."""
