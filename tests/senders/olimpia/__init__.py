"""The Olimpia provider: its request in three formats, its answer in two; and the XML that senders read."""
