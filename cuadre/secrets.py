"""Where the secrets of keys come from: an option's file or the environment, never the command line itself."""

import os
from pathlib import Path

from cuadre.engine.errors import CuadreError
from cuadre.engine.secrets import Secrets
from cuadre.engine.texts import say

TECHNICAL_KEY = "CUADRE_TECHNICAL_KEY"
PIN = "CUADRE_PIN"


def find_secrets(technical_key: str | None = None, pin: str | None = None) -> Secrets:
    """Take what is given; else the environment variables CUADRE_TECHNICAL_KEY and CUADRE_PIN.

    A value that starts with ``@`` names a file that holds the secret.
    """
    return Secrets(_secret(technical_key, TECHNICAL_KEY), _secret(pin, PIN))


def _secret(given: str | None, variable: str) -> str | None:
    value = given if given is not None else os.environ.get(variable)
    if not value or not value.startswith("@"):
        return value or None
    try:
        return Path(value[1:]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        sentence = say("cuadre:secret_file", file=value[1:])
        raise CuadreError(sentence, file=value[1:]) from error
