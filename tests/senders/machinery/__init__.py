"""The machinery of sending, against an invented provider and real servers on this machine."""
