"""The changes of the tables of cases: several steps of ``cuadre.testing.mutate`` in one cell."""

from cuadre import testing


def mutate(data: bytes, change: str) -> bytes:
    """Apply the steps of ``change``, which ``; `` separates."""
    return testing.mutate(data, *filter(None, change.split("; ")))
