"""How a report is written: each format is an entry point in the group ``cuadre.formats``."""
