"""The help of each command, in both languages: every option has a row, and no row is left over."""

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from cuadre.cli.helps import Helps
from cuadre.cli.main import command_names, parser_of
from cuadre.engine.sentences import LANGUAGES, load_sentences
from cuadre.engine.tables import load_table

from .running import run

Capture = pytest.CaptureFixture[str]
_ROWS = load_sentences("cuadre.cli", "help")


def _options(name: str) -> Iterator[argparse.Action]:
    parser = parser_of([name], "en")
    (commands,) = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    yield from commands.choices[name]._actions


def test_every_option_has_help() -> None:
    """An option without help is one that nobody finds; a password is none that anybody should."""
    bare = [
        (name, option.option_strings)
        for name in command_names()
        for option in _options(name)
        if not option.help or option.help == argparse.SUPPRESS
    ]
    assert bare == [("sign", ["--password"])]


def test_no_row_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row of help.csv is asked for by a command."""
    asked = {"cuadre", *command_names()}

    class Listening(Helps):
        def __getitem__(self, option: str) -> str:
            own = f"{self.command}.{option}"
            asked.add(own if own in _ROWS else option)
            return super().__getitem__(option)

    monkeypatch.setattr(import_module("cuadre.cli.main"), "Helps", Listening)
    for name in command_names():
        parser_of([name], "es")
    assert _ROWS.keys() - asked == set()
    assert asked - _ROWS.keys() == set()


@pytest.mark.parametrize("name", ["", *command_names()])
def test_help_in_spanish(capsys: Capture, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Help is in Spanish where the option or the environment says so, argparse's own words too."""
    argv = [name, "--help"] if name else ["--help"]
    asked = run(capsys, *argv, "--lang", "es")
    monkeypatch.setenv("LC_ALL", "es_CO.UTF-8")
    assert run(capsys, *argv) == asked
    assert asked.code == 0
    assert asked.out.startswith("uso: cuadre")
    assert "opciones:" in asked.out
    assert "muestra esta ayuda y termina" in asked.out
    assert run(capsys, *argv, "--lang=en").out.startswith("usage: cuadre")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["check"], "faltan estos argumentos: PATH"),
        (["check", "x", "--nothing"], "argumentos desconocidos: --nothing"),
        (["check", "x", "--today"], "argumento --today: necesita un valor"),
        (["check", "x", "--today", "21/11"], "argumento --today: '21/11' no es una fecha como 2026-11-21"),
        (["check", "x", "--format", "y"], "argumento --format: 'y' no es una de las opciones ("),
        (["check", "x", "--s"], "opción ambigua: --s puede ser --statistics, --select, --schemas, --strict"),
        (["check", "x", "--strict=1"], "argumento --strict: no recibe el valor '1'"),
        (["nothing"], "'nothing' no es una de las opciones ("),
        (["sign", "x", "--password", "y"], "la contraseña no se da en la línea de comandos: defina CUADRE_"),
    ],
)
def test_errors_of_the_command_line(capsys: Capture, argv: list[str], said: str) -> None:
    """What argparse refuses is said in Spanish, and its words are its own again afterwards."""
    done = run(capsys, "--lang", "es", *argv)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "uso: " in done.err
    assert "usage: " in run(capsys, *argv, "--lang", "en").err


def test_words_of_argparse() -> None:
    """Each row of argparse.csv has the blanks of both languages, and is one that this Python has."""
    rows = load_table("cuadre.cli", "argparse", ("en",), ("es",))
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    assert all(sorted(_signs(row["en"])) == sorted(_signs(row["es"])) for row in rows)
    known = [row["en"] for row in rows if row["en"] in source]
    assert len(known) > len(rows) - 5


def _signs(text: str) -> list[str]:
    return [part.split(")")[0] if part.startswith("(") else part[0] for part in text.split("%")[1:]]


def test_language_of_the_texts() -> None:
    """Every help is there in both languages."""
    assert all(row[language] for row in _ROWS.values() for language in LANGUAGES)
    assert str(Helps("check", "es")).startswith("verifica")


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        (("chek", "x"), "did you mean check?"),
        (("check", "--stict", "x"), "did you mean --strict?"),
        (("check", "--colour=never", "x"), "did you mean --color?"),
        (("check", "--format", "sarf", "x"), "did you mean sarif?"),
        (("check", "--format", "sarf", "x", "--lang", "es"), "¿quiso decir sarif?"),
        (("check", "--stict", "x", "--lang", "es"), "¿quiso decir --strict?"),
    ],
)
def test_what_was_meant(capsys: Capture, argv: tuple[str, ...], meant: str) -> None:
    """A wrong command, option or value is told the nearest one; the exit code is 2."""
    done = run(capsys, *argv)
    assert done.code == 2
    assert done.err.rstrip().endswith(meant)


def test_nothing_near(capsys: Capture) -> None:
    """What is near nothing is refused without a suggestion."""
    assert "mean" not in run(capsys, "xyz").err
