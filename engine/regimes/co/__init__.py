"""Colombia: DIAN, UBL 2.1. What only its documents have, and its arithmetic (``regime.py``)."""
