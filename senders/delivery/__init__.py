"""Send once and find out what came of it: journal, transport, retries, credentials."""
