"""What other distributions add to cuadre."""
