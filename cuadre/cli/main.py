"""Parse the command line and run a command; nothing that goes wrong shows a traceback."""

import argparse
import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType

from cuadre.engine.errors import CuadreError

_SUFFIX = "_command"
OK, REJECTED, NOT_CHECKED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run cuadre: 0 where there is nothing to reject, 1 where there is, 2 where it could not check."""
    given = sys.argv[1:] if argv is None else list(argv)
    parser = argparse.ArgumentParser(prog="cuadre", description="Does this electronic invoice add up?")
    parser.add_argument("--version", action="store_true", help="print the version and leave")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for module in _modules(given[0] if given else None):
        name = module.__name__.rpartition(".")[2].removesuffix(_SUFFIX)
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        command.add_argument(
            "--lang", choices=("en", "es"), default=_language(), help="language of sentences"
        )
        module.add(command)
        command.set_defaults(run=module.run)
    parser.set_defaults(run=lambda arguments: _without_command(parser, arguments))
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets its escape instead of a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    return _run(parser.parse_args(given))


def _without_command(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    if arguments.version:
        print(f"cuadre {import_module('cuadre').__version__}")
        return OK
    parser.print_help()
    return NOT_CHECKED


def _modules(command: str | None) -> list[ModuleType]:
    """Find the commands: each is a file here with HELP, ``add(parser)`` and ``run(arguments) -> int``.

    Where the command line begins with one, that is the only one that is imported.
    """
    found = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    names = [name for name in found if name.endswith(_SUFFIX)]
    if f"{command}{_SUFFIX}" in names:
        names = [f"{command}{_SUFFIX}"]
    return [import_module(f"cuadre.cli.{name}") for name in names]


def _run(arguments: argparse.Namespace) -> int:
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except CuadreError as error:
        print(f"cuadre: {error}", file=sys.stderr)
        return NOT_CHECKED
    except BrokenPipeError:
        # The reader of a pipe left; Python would complain again when it closes the stream.
        _silence()
        return NOT_CHECKED
    except OSError as error:
        _silence()
        print(f"cuadre: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return NOT_CHECKED
    except KeyboardInterrupt:
        print("cuadre: stopped", file=sys.stderr)
        return NOT_CHECKED
    return code


def _silence() -> None:
    """Send what is still buffered nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "es" if value.startswith("es") else "en"
    return "en"
