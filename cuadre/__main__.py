"""``python -m cuadre`` is the command line."""

import sys

from cuadre.cli import main

if __name__ == "__main__":
    sys.exit(main())
