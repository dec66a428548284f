"""``cuadre sign``: sign one document with a certificate file; the password comes from outside the command."""

import argparse
import datetime as dt
import os
import sys
import warnings
from getpass import GetPassWarning, getpass
from pathlib import Path
from typing import TYPE_CHECKING

from cuadre.cli.files import read_bytes
from cuadre.engine.errors import CuadreError

if TYPE_CHECKING:
    from cuadre.ubl.signing.sign import Pkcs12

HELP = "sign a document as DIAN asks (XAdES-EPES), with the key of a .p12 file"
_PASSWORD = "CUADRE_CERTIFICATE_PASSWORD"  # noqa: S105 - the name of a variable
_SIGNED_ON_ISSUE_DATE = "AD09e"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command; a password is none of them, since others can read a command line."""
    parser.add_argument("input", metavar="INPUT", help="the XML to sign, or - for stdin")
    parser.add_argument("--certificate", required=True, metavar="FILE", help="key and certificate (.p12)")
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="where to write what is signed")
    parser.add_argument(
        "--password-env",
        default=_PASSWORD,
        metavar="NAME",
        help=f"environment variable with the password of FILE (default: {_PASSWORD}; asked for if not set)",
    )
    # Not there, --password would be read as short for --password-env, and repeated in an error.
    parser.add_argument("--password", nargs="?", action=_Refused, help=argparse.SUPPRESS)


class _Refused(argparse.Action):
    """Refuse an option without repeating its value."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        parser.error(f"a password is not given on the command line: set {_PASSWORD}, or be asked")


def run(arguments: argparse.Namespace) -> int:
    """Sign with the clock's time in Bogotá, verify, write, and warn where the issue date is another day."""
    from cuadre.ubl.signing.sign import BOGOTA, sign, verify  # noqa: PLC0415 - `cuadre --help` needs none of it

    document = read_bytes(arguments.input)
    certificate = _certificate(arguments)
    signed = sign(document, certificate, signing_time=dt.datetime.now(tz=BOGOTA))
    verification = verify(signed)
    Path(arguments.output).write_bytes(signed)
    print(f"{arguments.output}: signed at {verification.signing_time.isoformat()}")
    _warn(signed, arguments)
    return 0


def _certificate(arguments: argparse.Namespace) -> "Pkcs12":
    from cuadre.ubl.signing.sign import load_pkcs12  # noqa: PLC0415 - as above

    data = read_bytes(arguments.certificate)
    password = os.environ.get(arguments.password_env)
    return load_pkcs12(data, _ask(arguments) if password is None else password)


def _ask(arguments: argparse.Namespace) -> str:
    """Ask on the terminal, and never where the answer would be seen."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            return getpass(f"Password of {arguments.certificate}: ")
        except (GetPassWarning, EOFError):
            # The name is not repeated: who mistook --password-env wrote the password there.
            sentence = (
                f"no terminal to ask for the password, and no variable that has it (usual: {_PASSWORD})"
            )
            raise CuadreError(sentence) from None


def _warn(signed: bytes, arguments: argparse.Namespace) -> None:
    """Say that DIAN will reject the document, where it was signed on another day than its issue date."""
    from cuadre.checking import check  # noqa: PLC0415 - as above

    for finding in check(signed).findings:
        if finding.rule == _SIGNED_ON_ISSUE_DATE:
            said = finding.message(arguments.lang)
            print(f"cuadre: warning: {finding.code} {said}", file=sys.stderr)
