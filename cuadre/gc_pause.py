"""Pause the garbage collector while one document is checked."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause automatic collection: a document is many small objects without a cycle.

    The search for cycles took half of the time of a check. A collector that the caller has switched off
    stays off.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
