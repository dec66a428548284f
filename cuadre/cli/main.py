"""Parse the command line and run a command; nothing that goes wrong shows a traceback."""

import argparse
import io
import os
import pkgutil
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from cuadre.cli.helps import Helps, argparse_in
from cuadre.cli.parser import Parser
from cuadre.engine.errors import CuadreError
from cuadre.engine.file_errors import why
from cuadre.engine.sentences import LANGUAGES
from cuadre.engine.texts import in_language
from cuadre.messages import text

_SUFFIX = "_command"
OK, REJECTED, NOT_CHECKED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run cuadre: 0 where there is nothing to reject, 1 where there is, 2 where it could not check."""
    given = sys.argv[1:] if argv is None else list(argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets its escape instead of a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    chosen = _chosen_language(given)
    language = chosen or _usual_language()
    with argparse_in(language):
        asked = next((argument for argument in given if argument in command_names()), None)
        arguments = parser_of({asked}, language).parse_args(given)
    arguments.lang_given = chosen is not None
    return _run(arguments)


def parser_of(asked: Collection[str | None], language: str) -> argparse.ArgumentParser:
    """Make the parser; of the commands, only those that are asked for are imported and have their options."""
    helps = Helps("cuadre", language)
    parser = Parser(prog="cuadre", description=str(helps), language=language)
    parser.add_argument("--version", action="store_true", help=helps["version"])
    _add_language(parser, helps, language)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in command_names():
        helps = Helps(name, language)
        command = commands.add_parser(name, help=str(helps), description=str(helps), language=language)
        if name in asked:
            _add_language(command, helps, argparse.SUPPRESS)
            module = import_module(f"cuadre.cli.{name}{_SUFFIX}")
            module.add(command, helps)
            command.set_defaults(run=module.run)
            parser.knows(command)
    parser.set_defaults(run=lambda arguments: _without_command(parser, arguments))
    return parser


def _add_language(parser: argparse.ArgumentParser, helps: Helps, default: str) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=helps["lang"])


def command_names() -> list[str]:
    """Find the commands: each is a file here with ``add(parser, helps)`` and ``run(arguments) -> int``."""
    found = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    return [name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)]


def _without_command(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    if arguments.version:
        print(f"cuadre {import_module('cuadre').__version__}")
        return OK
    with argparse_in(arguments.lang):
        parser.print_help()
    return NOT_CHECKED


def _run(arguments: argparse.Namespace) -> int:
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except CuadreError as error:
        print(f"cuadre: {error.message(arguments.lang)}", file=sys.stderr)
        return NOT_CHECKED
    except BrokenPipeError:
        # The reader of a pipe left; Python would complain again when it closes the stream.
        _silence()
        return NOT_CHECKED
    except OSError as error:
        _silence()
        print(f"cuadre: {error.filename or ''}: {in_language(why(error), arguments.lang)}", file=sys.stderr)
        return NOT_CHECKED
    except KeyboardInterrupt:
        print(f"cuadre: {text('stopped', arguments.lang)}", file=sys.stderr)
        return NOT_CHECKED
    return code


def _silence() -> None:
    """Send what is still buffered nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _chosen_language(given: Sequence[str]) -> str | None:
    """Take ``--lang`` before anything is parsed, since help and errors are in it."""
    for argument, following in zip(given, [*given[1:], ""], strict=False):
        option, equals, value = argument.partition("=")
        chosen = value if equals else following
        if option == "--lang" and chosen in LANGUAGES:
            return chosen
    return None


def _usual_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "es" if value.startswith("es") else "en"
    return "en"
