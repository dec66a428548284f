"""How a report is written: one module a format, with a function ``write(report, language) -> str``."""
