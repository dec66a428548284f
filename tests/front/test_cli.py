"""``cuadre check`` in this process: exit codes, inputs, choices, formats and languages."""

import json
from pathlib import Path

import pytest

from .running import BROKEN, EXAMPLES, INVOICE, NAMES, TODAY, give, run

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "broken.xml"])
def test_accepted(capsys: Capture, name: str) -> None:
    """Nothing to reject is exit code 0."""
    done = run(capsys, "check", str(EXAMPLES / name), *TODAY)
    assert (done.code, done.codes, done.err) == (0, [], "")


def test_rejected(capsys: Capture) -> None:
    """A rejection is exit code 1, and every finding has a line in the order of the file."""
    done = run(capsys, "check", BROKEN, *TODAY)
    assert (done.code, done.codes) == (1, ["FAD09c", "FAQ07", "FAQ09", "FAU04", "FAU14"])
    assert f"{BROKEN}:225 FAU14 " in done.out


def test_could_not_check(capsys: Capture, tmp_path: Path) -> None:
    """A folder or a pattern that finds nothing is exit code 2, named on stderr, with nothing on stdout."""
    for name in (tmp_path, tmp_path / "*.xml", tmp_path / "**" / "x[0-9].xml"):
        done = run(capsys, "check", str(name))
        assert (done.code, done.out, str(name) in done.err) == (2, "", True)


def test_cannot_be_opened(capsys: Capture, tmp_path: Path) -> None:
    """A file that cannot be opened is exit code 2, and is reported as unreadable beside the others."""
    name = str(tmp_path / "no.xml")
    done = run(capsys, "check", name, BROKEN, "--select", "FAU14", "--lang", "en")
    assert (done.code, done.codes, done.err) == (2, ["CUA001", "FAU14"], "")
    assert f"{name}: could not be read\n  {name} CUA001 error " in done.out
    assert run(capsys, "check", name, "--lang", "en").code == 2
    (document,) = json.loads(run(capsys, "check", name, "--format", "json").out)["documents"]
    assert (document["source"], document["verdict"]) == (name, "unreadable")


@pytest.mark.parametrize(
    "data", [b"", b"<a", b"rubbish", b"\x00\xff", b"<a/>", b'{"a": 1}', b"{", b"[1]", b"[]"]
)
def test_unreadable(capsys: Capture, tmp_path: Path, data: bytes) -> None:
    """A document that cannot be read is exit code 2, and is reported beside the others."""
    file = tmp_path / "x.xml"
    file.write_bytes(data)
    done = run(capsys, "check", str(file), BROKEN, "--select", "FAU14", "--lang", "en")
    assert (done.code, done.codes[-1], done.err) == (2, "FAU14", "")
    assert set(done.codes) == {"CUA001", "FAU14"}


def test_place_of_what_cannot_be_read(capsys: Capture, tmp_path: Path) -> None:
    """The text names the place: the line of XML, the pointer of JSON."""
    file = tmp_path / "x.json"
    file.write_text(
        '{"kind": "invoice", "legal_monetary_total": {"payable_amount": "12,50"}}', encoding="utf-8"
    )
    assert "/legal_monetary_total/payable_amount" in run(capsys, "check", str(file)).out
    file.write_text("<Invoice>\n<a>\n</Invoice>", encoding="utf-8")
    assert f"{file}:3 CUA001" in run(capsys, "check", str(file)).out


@pytest.mark.parametrize(
    "argv",
    [
        ("check",),
        ("nosuch",),
        ("check", INVOICE, "--today", "2026-02-30"),
        ("check", INVOICE, "--today", "yesterday"),
        ("check", INVOICE, "--format", "xml"),
        ("check", INVOICE, "--lang", "fr"),
        ("check", INVOICE, "--nosuch"),
        ("totals",),
        ("rule",),
    ],
)
def test_wrong_command_line(capsys: Capture, argv: tuple[str, ...]) -> None:
    """A command line that is not understood is exit code 2 with the usage on stderr."""
    done = run(capsys, *argv)
    assert (done.code, done.out, done.err.startswith("usage: ")) == (2, "", True)


def test_no_command(capsys: Capture) -> None:
    """Without a command there is help, and exit code 2."""
    done = run(capsys)
    assert (done.code, all(name in done.out for name in ("check", "totals", "rule", "rules"))) == (2, True)


def test_version(capsys: Capture) -> None:
    """The version is that of the package."""
    assert run(capsys, "--version")[:2] == (0, "cuadre 0.1.0\n")


def test_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hyphen is standard input, also beside files."""
    give(monkeypatch, Path(BROKEN).read_bytes())
    done = run(capsys, "check", "-", INVOICE, *TODAY)
    assert (done.code, done.codes[-1]) == (1, "FAU14")
    assert "  -:225 FAU14 " in done.out
    give(monkeypatch, b"")
    assert run(capsys, "check", "-").code == 2


def _sources(text: str) -> list[str]:
    return [Path(document["source"]).name for document in json.loads(text)["documents"]]


def test_folders_and_patterns(capsys: Capture, tmp_path: Path) -> None:
    """Folders are searched to the bottom, patterns are expanded, and a file is checked once."""
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    for name in ("x.XML", "y.xml", "z.json", "readme.txt"):
        (below / name).write_bytes(Path(INVOICE).read_bytes())
    found = {
        "folder": run(capsys, "check", str(tmp_path), "--format", "json"),
        "star": run(capsys, "check", str(below / "*.xml"), "--format", "json"),
        "deep": run(capsys, "check", str(tmp_path / "**" / "*.xml"), "--format", "json"),
        "twice": run(capsys, "check", str(below / "y.xml"), str(below / "*.xml"), "--format", "json"),
    }
    assert {name: (done.code, _sources(done.out)) for name, done in found.items()} == {
        "folder": (0, ["x.XML", "y.xml", "z.json"]),
        "star": (0, ["y.xml"]),
        "deep": (0, ["y.xml"]),
        "twice": (0, ["y.xml"]),
    }


def test_name_that_looks_like_a_pattern(capsys: Capture, tmp_path: Path) -> None:
    """A file whose name has brackets is that file."""
    file = tmp_path / "invoice[1].xml"
    file.write_bytes(Path(INVOICE).read_bytes())
    assert run(capsys, "check", str(file)).code == 0


CHOICES = [
    (("--select", "FAU"), 1, ["FAU04", "FAU14"]),
    (("--select", "fau04"), 1, ["FAU04"]),
    (("--select", "FAU04, FAQ"), 1, ["FAQ07", "FAQ09", "FAU04"]),
    (("--select", "FAU04", "--select", "FAQ07"), 1, ["FAQ07", "FAU04"]),
    (("--ignore", "FAU,FAD"), 0, ["FAQ07", "FAQ09"]),
    (("--select", "FAU", "--ignore", "FAU14"), 1, ["FAU04"]),
    (("--select", "FAD09c"), 0, ["FAD09c"]),
    (("--ignore", "FAD09c,FAU"), 0, ["FAQ07", "FAQ09"]),
]


@pytest.mark.parametrize(("options", "code", "codes"), CHOICES)
def test_choices(capsys: Capture, options: tuple[str, ...], code: int, codes: list[str]) -> None:
    """Codes are chosen by their beginning in any case, with commas or several options."""
    done = run(capsys, "check", BROKEN, *TODAY, *options)
    assert (done.code, done.codes) == (code, codes)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("given", ["FAX99", "FAU,FAX99"])
def test_unknown_choice(capsys: Capture, option: str, given: str) -> None:
    """A beginning that no code has is refused with exit code 2 before anything is checked, and named."""
    done = run(capsys, "check", BROKEN, option, given)
    assert (done.code, done.out, done.err.startswith("cuadre: ")) == (2, "", True)
    assert "'FAX99'" in done.err


def test_layers_that_did_not_run(capsys: Capture) -> None:
    """Before the summary there is a line for each layer that did not run, or not whole, with the reason."""
    argv = ("check", BROKEN, INVOICE, *TODAY, "--lang", "en")
    *_, key, summary = run(capsys, *argv).out.splitlines()
    assert key == "key: not run: no technical key was given"
    assert summary.startswith("2 documents: ")
    secret = ("--technical-key", "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c")
    assert "not run" not in run(capsys, *argv, *secret).out
    lines = run(capsys, *argv, *secret, "--select", "FAU", "--ignore", "FAU14").out.splitlines()
    assert lines[-3:-1] == [
        "rules: in part: select FAU, ignore FAU14",
        "schema: not run: select FAU, ignore FAU14",
    ]


def test_strict(capsys: Capture) -> None:
    """With --strict a notification fails too, and what has no finding does not."""
    assert run(capsys, "check", BROKEN, *TODAY, "--ignore", "FAU").code == 0
    assert run(capsys, "check", BROKEN, *TODAY, "--ignore", "FAU", "--strict").code == 1
    assert run(capsys, "check", INVOICE, *TODAY, "--strict").code == 0


def test_today(capsys: Capture) -> None:
    """The date that is given decides on the age of a document."""
    found = {day: run(capsys, "check", INVOICE, "--today", day).codes for day in ("2026-11-25", "2026-11-26")}
    assert found == {"2026-11-25": [], "2026-11-26": ["FAD09c"]}


def test_languages(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The language changes sentences and nothing else, and is taken from the environment."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    argv = ("check", BROKEN, *TODAY)
    english, spanish = run(capsys, *argv, "--lang", "en"), run(capsys, *argv, "--lang", "es")
    assert english.out != spanish.out
    assert (english.code, english.codes) == (spanish.code, spanish.codes)
    for variable, value, expected in (
        ("LANG", "es_CO.UTF-8", spanish),
        ("LC_ALL", "en_US.UTF-8", english),
        ("LC_ALL", "C", english),
    ):
        monkeypatch.setenv(variable, value)
        assert run(capsys, *argv) == expected


def test_language_of_json(capsys: Capture) -> None:
    """In JSON the message is the only thing that depends on the language."""
    reports = [
        json.loads(run(capsys, "check", BROKEN, *TODAY, "--format", "json", "--lang", language).out)
        for language in ("en", "es")
    ]
    messages = [
        [finding.pop("message") for finding in report["documents"][0]["findings"]] for report in reports
    ]
    assert all(one != other for one, other in zip(*messages, strict=True))
    assert reports[0] == reports[1]
