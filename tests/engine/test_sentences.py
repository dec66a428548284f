"""Sentences: what a package may register, and what is refused, by file and key."""

import sys
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from cuadre.engine import sentences
from cuadre.engine.errors import DefinitionError, UnknownNameError
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.sentences import register
from cuadre.engine.source import Place

Package = Callable[[str], str]
_NUMBERS = count()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """Return a function that makes an importable package with the given ``messages.csv``."""
    monkeypatch.syspath_prepend(tmp_path)
    for table in (sentences._ROWS, sentences._OWNERS):
        monkeypatch.setattr(sentences, "_ROWS" if table is sentences._ROWS else "_OWNERS", {**table})
    monkeypatch.setattr(sentences, "_PACKAGES", {*sentences._PACKAGES})

    def make(text: str) -> str:
        # Tables are read once a process, so each package has a name of its own.
        name = f"sentences_of_test_{next(_NUMBERS)}"
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / "messages.csv").write_text(f"key,en,es\n{text}\n", encoding="utf-8")
        monkeypatch.delitem(sys.modules, name, raising=False)
        return name

    return make


def _finding(key: str) -> Finding:
    place = Place("lines[0].price.price_amount")
    return Finding("X01", "X01", Severity.LINT, place, "", key, Decimal("1.50"), difference=Decimal("-0.50"))


def test_sentence_of_a_package(package: Package) -> None:
    """A registered sentence is said in both languages, with its blanks filled."""
    register(package("mine,{element} is {stated}: {amount} {too},{element} es {stated}: {too} {amount}"))
    assert _finding("mine").message() == "PriceAmount is 1.50: 0.50 too little"
    assert _finding("mine").message("es") == "PriceAmount es 1.50: faltan 0.50"


def test_registered_twice(package: Package) -> None:
    """To register a package again changes nothing."""
    name = package("again,a,b")
    register(name)
    register(name)
    assert sentences.owner_of("again") == name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("one,a,b\none,a,b", "one"),
        ("one,a,", "one"),
        ("one,,b", "one"),
        ("one,{element},{stated}", "one"),
        ("one,{element},{element} {stated}", "one"),
        ("two,{other},{other}", "two"),
        ("two,{},{}", "two"),
        ("two,{element.path},{element.path}", "two"),
        ("two,{element,{element", "two"),
        ("figure,a,b", "figure"),
    ],
)
def test_refused(package: Package, text: str, key: str) -> None:
    """A fault of the table is named with its file and key, and nothing of it is added."""
    name = package(text)
    with pytest.raises(DefinitionError, match=rf"{name}/messages\.csv.*{key}"):
        register(name)
    assert sentences.owner_of("one") is None


def test_key_of_another_package(package: Package) -> None:
    """Two packages cannot say one key."""
    first, second = package("shared,a,b"), package("shared,c,d")
    register(first)
    with pytest.raises(DefinitionError) as caught:
        register(second)
    assert caught.value.detail == {"file": f"{second}/messages.csv", "key": "shared"}
    assert first in str(caught.value)


def test_package_without_sentences() -> None:
    """A package that has no table has nothing to add."""
    before = {**sentences._OWNERS}
    register("cuadre.engine.regimes.ec")
    assert {**before, **sentences._OWNERS} == sentences._OWNERS
    assert "cuadre.engine.regimes.ec" not in sentences._OWNERS.values()


def test_unknown_key_and_language() -> None:
    """A key that nobody registered is an error of definition; an unknown language names those there are."""
    with pytest.raises(DefinitionError) as caught:
        _finding("nobody").message()
    assert caught.value.detail == {"key": "nobody"}
    with pytest.raises(UnknownNameError) as unknown:
        _finding("missing").message("fr")
    assert unknown.value.detail["near"] == ["en", "es"]
