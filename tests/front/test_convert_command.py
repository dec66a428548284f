"""``cuadre convert``: the formats, and what is said of that which a format has no place for."""

import json
from pathlib import Path

import pytest

from cuadre.cli import main
from cuadre.reading import read

from .running import EXAMPLES

_UTILITY = EXAMPLES / "payloads" / "emision-spd.json"
_NOTE = "cuadre: left out, since only emision has a place for it: software_manufacturer, spd_extensions\n"


def test_names_what_is_left_out(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """The utilities' tree is e-Misión's own, so UBL is written without it, and that is said beside it."""
    assert main(["convert", str(_UTILITY), "--to", "ubl"]) == 0
    written = capsysbinary.readouterr()
    document = read(written.out).document
    assert document is not None
    assert (document.id, document.type_code) == ("SPD1003", "60")
    assert written.err.decode() == _NOTE


@pytest.mark.parametrize("to", ["json", "emision"])
def test_leaves_nothing_out(to: str, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """The model's JSON and the provider itself have it all, also the one from the other."""
    file = tmp_path / "document.json"
    assert main(["convert", str(_UTILITY), "--to", to, "-o", str(file)]) == 0
    assert main(["convert", str(file), "--to", "emision"]) == 0
    written = capsysbinary.readouterr()
    assert json.loads(written.out) == json.loads(_UTILITY.read_bytes())
    assert written.err == b""
