"""AV03: how long the note of an AIU invoice may be."""

import pytest

from cuadre.checking import check

from .cases import KINDS, TODAY, base
from .mutate import mutate

_PHRASE = "Contrato de servicios AIU por concepto de:"


@pytest.mark.parametrize(("length", "found"), [(42, []), (5000, []), (5001, ["AV03"])])
@pytest.mark.parametrize("letter", KINDS)
def test_length_of_the_note(letter: str, length: int, found: list[str]) -> None:
    """A note has at most 5000 characters; the phrase alone, of 42, is long enough."""
    note = _PHRASE.ljust(length, ".")
    data = mutate(base("aiu", letter), KINDS[letter].fill(f"set {{line}}[2]/cbc:Note = {note}"))
    assert [one.rule for one in check(data, today=TODAY, ignore="XSD").findings] == found
