"""The command line: ``cuadre check``, ``totals``, ``rule``, ``rules``; exit codes 0, 1 and 2."""

from cuadre.cli.main import main

__all__ = ["main"]
