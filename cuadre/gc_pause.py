"""Keep the garbage collector quiet while one document is checked."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause automatic collection: a document is many small objects without a cycle.

    Half the time went into looking for one. What the caller had switched off stays off, and the
    pause lasts for one document of at most 20 MB.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
