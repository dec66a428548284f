"""Numbering resolutions as input: their files, the option, the configuration, the layer and the key."""

import datetime as dt
import json
from pathlib import Path

import pytest

import cuadre
from cuadre.config.discovery import load_configuration
from cuadre.config.merging import options_of
from cuadre.engine.regimes.co.numbering import NumberingError, NumberingResolution
from cuadre.numbering_files import read_numbering

from .running import run

Capture = pytest.CaptureFixture[str]
_EXAMPLE = "examples/numbering.toml"
_KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
_TODAY = dt.date(2026, 11, 21)
_ROW = {
    "invoice_authorization": "18760000001",
    "prefix": "SETP",
    "from_number": 990000000,
    "to_number": "995000000",
    "start_date": "2026-01-01",
    "end_date": "2027-12-31",
    "company_id": 990412378,
    "technical_key": "env:KEY_OF_THE_TEST",
}


def _file(folder: Path, content: object, name: str = "numbering.json") -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize("content", [[_ROW], {"numbering": [_ROW]}])
def test_json_says_the_same_as_toml(content: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates are texts in JSON, numbers may be, and the technical key may be said by reference."""
    monkeypatch.setenv("KEY_OF_THE_TEST", _KEY)
    wanted = NumberingResolution(
        invoice_authorization="18760000001",
        prefix="SETP",
        from_number=990000000,
        to_number=995000000,
        start_date=dt.date(2026, 1, 1),
        end_date=dt.date(2027, 12, 31),
        company_id="990412378",
        technical_key=_KEY,
    )
    assert read_numbering(_file(tmp_path, content)) == read_numbering(_EXAMPLE) == (wanted,)


def test_a_key_in_a_file_beside_it(tmp_path: Path) -> None:
    """A reference to a file starts at the folder of the file with the resolutions."""
    (tmp_path / "key.txt").write_text(f"{_KEY}\n", encoding="utf-8")
    (one,) = read_numbering(_file(tmp_path, [{**_ROW, "technical_key": "file:key.txt"}]))
    assert one.technical_key == _KEY


_WRONG = [
    ("{", "numbering.json: not JSON: "),
    ({}, "numbering.json: numbering: it must be a list of resolutions"),
    ([], "numbering.json: numbering: it must be a list of resolutions"),
    ({"numbering": [_ROW], "other": 1}, "numbering.json: other: there is no key 'other'"),
    ([1], "numbering.json: numbering[0]: it must be a table"),
    ([_ROW, {**_ROW, "prefx": "A"}], "numbering.json: numbering[1].prefx: there is no key 'prefx'; did you"),
    ([{**_ROW, "end_date": None}], "numbering.json: numbering[0].end_date: a resolution needs it"),
    ([{**_ROW, "end_date": "31/12/2027"}], "numbering.json: numbering[0].end_date: it must be a date"),
    ([{**_ROW, "from_number": 1.5}], "numbering.json: numbering[0].from_number: it must be a whole number"),
    (
        [{**_ROW, "to_number": "9" * 5000}],
        "numbering.json: numbering[0].to_number: it must be a whole number",
    ),
    ([{**_ROW, "technical_key": "file:none"}], "numbering.json: numbering[0].technical_key: none: there is"),
    (
        [{**_ROW, "technical_key": "s3cret"}],
        "numbering.json: numbering[0].technical_key: a technical key has",
    ),
]


@pytest.mark.parametrize(("content", "said"), _WRONG)
def test_wrong_files(content: object, said: str, tmp_path: Path, capsys: Capture) -> None:
    """One sentence names the file and the key, in both languages, without the secret; the exit code is 2."""
    file = _file(tmp_path, content)
    with pytest.raises(NumberingError) as caught:
        read_numbering(file)
    assert caught.value.detail["file"] == str(file)
    done = run(capsys, "check", "examples/invoice.xml", "--numbering", str(file))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"cuadre: {tmp_path}/{said}")
    assert len(done.err.splitlines()) == 1
    assert "s3cret" not in done.err
    spanish = run(capsys, "check", "examples/invoice.xml", "--numbering", str(file), "--lang", "es")
    assert spanish.err != done.err


@pytest.mark.parametrize(
    "content", ["[[numbering]]\nx =", "numbering = 3", "[[numbering]]\nprefix = '\udce9'"]
)
def test_wrong_toml(content: str, tmp_path: Path) -> None:
    """What is no TOML, or has no resolutions, is refused with the file's name."""
    file = tmp_path / "numbering.toml"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(NumberingError, match=r"numbering\.toml: "):
        read_numbering(file)


def _layers(report: cuadre.Report) -> dict[str, tuple[str, str | None]]:
    return {layer.name: (layer.status, layer.reason) for layer in report.documents[0].layers}


@pytest.mark.parametrize(
    ("name", "company", "layer"),
    [
        ("invoice", "990412378", ("ran", None)),
        (
            "invoice",
            "990587461",
            ("not run", "none of the given numbering resolutions is of this issuer"),
        ),
        (
            "credit-note",
            "990412378",
            ("not run", "this kind of document has no rules about the resolution here"),
        ),
    ],
)
def test_the_layer(name: str, company: str, layer: tuple[str, str | None], tmp_path: Path) -> None:
    """With resolutions the report says whether they were compared; without them it has no such layer."""
    given = read_numbering(_file(tmp_path, [{**_ROW, "company_id": company, "technical_key": _KEY}]))
    report = cuadre.check(f"examples/{name}.xml", today=_TODAY, numbering=given)
    assert (report.verdict, _layers(report)["numbering"]) == ("accepted", layer)
    assert "numbering" not in _layers(cuadre.check(f"examples/{name}.xml", today=_TODAY))


def test_an_invoice_without_authorisation() -> None:
    """There is nothing to compare with a resolution where the document states none."""
    document = cuadre.read("examples/invoice.xml").document
    assert document is not None
    bare = document.model_copy(update={"dian_extensions": None})
    report = cuadre.check(bare, today=_TODAY, numbering=read_numbering(_EXAMPLE))
    assert _layers(report)["numbering"] == ("not run", "the document states no numbering authorisation")


@pytest.mark.parametrize(
    ("key", "secrets", "codes"),
    [
        (_KEY, None, []),
        ("0" * 40, None, ["FAD06"]),
        ("0" * 40, cuadre.Secrets(technical_key=_KEY), []),
        (_KEY, cuadre.Secrets(technical_key="0" * 40), ["FAD06"]),
    ],
)
def test_its_technical_key(
    key: str, secrets: cuadre.Secrets | None, codes: list[str], tmp_path: Path
) -> None:
    """The CUFE is computed with the key of the resolution, unless another key is given."""
    given = read_numbering(_file(tmp_path, [{**_ROW, "technical_key": key}]))
    report = cuadre.check("examples/invoice.xml", today=_TODAY, numbering=given, secrets=secrets)
    assert ([one.code for one in report.findings], _layers(report)["key"]) == (codes, ("ran", None))


def test_several_files(tmp_path: Path, capsys: Capture) -> None:
    """The option may be repeated: the invoice is of the second file."""
    other = _file(tmp_path, [{**_ROW, "invoice_authorization": "18760000002", "technical_key": _KEY}])
    options = ["check", "examples/invoice.xml", "--today", "2026-11-21", "--numbering", str(other)]
    assert (run(capsys, *options).code, run(capsys, *options).codes) == (1, ["FAB05b"])
    assert run(capsys, *options, "--numbering", _EXAMPLE).code == 0


def test_the_configuration_names_files(tmp_path: Path) -> None:
    """Files of the configuration start at its folder; resolutions that are given replace them."""
    _file(tmp_path, [{**_ROW, "prefix": "SETT", "technical_key": _KEY}])
    file = _file(tmp_path, 'numbering = ["numbering.json"]', "cuadre.toml")
    configuration = load_configuration(file)
    assert [one.prefix for one in options_of(configuration).options.numbering] == ["SETT"]
    given = read_numbering(_EXAMPLE)
    assert options_of(configuration, numbering=given).options.numbering == given
