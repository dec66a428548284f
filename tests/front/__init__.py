"""The front door and the command line, as users meet them."""
