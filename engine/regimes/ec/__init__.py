"""Ecuador: the SRI. What only its documents have, and its arithmetic (``regime.py``)."""
