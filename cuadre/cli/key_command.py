"""``cuadre key``: the CUFE, CUDE or CUDS of a document, and whether the stated one is right."""

import argparse

from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.engine.texts import say
from cuadre.messages import text


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="PATH", help=helps["document"])
    add_secrets(parser, helps)
    parser.add_argument("--qr", metavar="FILE.svg|png", help=helps["qr"])


def add_secrets(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options that give the secrets of keys; the environment is the other way."""
    parser.add_argument("--technical-key", metavar="KEY|@FILE", help=helps["technical_key"])
    parser.add_argument("--pin", metavar="PIN|@FILE", help=helps["pin"])


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
        print(text("states_no_key", arguments.lang))
        return 0
    print(text("states_key" if right else "states_other_key", arguments.lang, key=document.uuid))
    return 0 if right else 1
