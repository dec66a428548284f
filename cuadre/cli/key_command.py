"""``cuadre key``: the CUFE, CUDE or CUDS of a document, and whether the stated one is right."""

import argparse

from cuadre.cli.files import read_bytes
from cuadre.engine.texts import say

HELP = "compute the CUFE, CUDE or CUDS and compare it with the stated one"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="PATH", help="a document, or - for stdin")
    add_secrets(parser)
    parser.add_argument("--qr", metavar="FILE.svg|png", help="write the QR code as a picture (extra qr)")


def add_secrets(parser: argparse.ArgumentParser) -> None:
    """Add the options that give the secrets of keys; the environment is the other way."""
    parser.add_argument(
        "--technical-key", metavar="KEY|@FILE", help="of the numbering range (else CUADRE_TECHNICAL_KEY)"
    )
    parser.add_argument("--pin", metavar="PIN|@FILE", help="of the software (else CUADRE_PIN)")


def run(arguments: argparse.Namespace) -> int:
    """Print the key; exit with 1 where the document states another."""
    from cuadre.engine.errors import CuadreError  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.engine.regimes.co.keys import document_key, key_scheme  # noqa: PLC0415 - as above
    from cuadre.engine.regimes.co.qr import qr_text  # noqa: PLC0415 - as above
    from cuadre.pictures import write_qr  # noqa: PLC0415 - as above
    from cuadre.reading import read  # noqa: PLC0415 - as above
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above

    document = read(read_bytes(arguments.path), arguments.path).document
    if document is None:
        sentence = say("cuadre:answer_has_no_key", path=arguments.path)
        raise CuadreError(sentence)
    key = document_key(document, find_secrets(arguments.technical_key, arguments.pin))
    scheme = key_scheme(document).name
    right = document.uuid == key
    print(f"{scheme} {key}")
    if arguments.qr:
        write_qr(qr_text(document.model_copy(update={"uuid": key})), arguments.qr)
    if not document.uuid:
        print("the document states none")
        return 0
    print("the document states the same" if right else f"the document states {document.uuid}")
    return 0 if right else 1
