"""``--lang es``: every command over the examples and over inputs that are refused, and no English in it."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import cuadre
from cuadre.cli.main import command_names

from .running import BROKEN, EXAMPLES, INVOICE, NAMES, TODAY, Run, run

Capture = pytest.CaptureFixture[str]
_ENGLISH = re.compile(
    r"(?<![\w./:@{,-])(?:the|is|are|was|were|be|not|must|of|and|or|with|without|that|which|has|have|it|there|from|to"
    r"|by|for|than|where|when|what|cannot|nothing|none|only|more|most|give|needs|known|stated|computed"
    r"|rounded|accepted|rejected|read|run|failed|missing|should|does|its|too|much|terms)(?![\w./:@=}\[,-])",
    re.IGNORECASE,
)
_PAYLOADS = sorted(str(file) for file in (EXAMPLES / "payloads").glob("*.json"))
_SNAPSHOT = Path(__file__).parent / "broken-es.txt"
_DOCUMENT = '{"kind": "invoice", "lines": [{"quantity": %s}]}'


def _english(done: Run) -> Sequence[str]:
    """Find English words; what the rule page quotes from the catalogue of sources is no sentence of ours."""
    return [line for line in (done.out + done.err).splitlines() if _ENGLISH.search(line)]


def test_report() -> None:
    """The Spanish report of examples/broken.xml is the one that was looked at."""
    from cuadre.formats.registry import write_report  # noqa: PLC0415 - the one place

    report = cuadre.check(BROKEN, today=None, name="examples/broken.xml")
    assert write_report(report, "text", "es") + "\n" == _SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "argv",
    [
        ("check", str(EXAMPLES), *TODAY),
        ("check", str(EXAMPLES), "--select", "FAU,CAV", "--ignore", "FAU14", "--pin", "1"),
        ("check", INVOICE, "--technical-key", "x"),
        *[("totals", str(EXAMPLES / name), "--all") for name in NAMES],
        *[("totals", name, "--from-inputs", "--all") for name in _PAYLOADS[:1]],
        ("totals", BROKEN, "--explain"),
        ("totals", BROKEN, "--explain", "tax_totals[0].tax_amount"),
        ("totals", BROKEN, "--explain", "nada"),
        ("totals", BROKEN, "--locale", "xx"),
        ("rules",),
        ("rules", "--select", "NADA"),
        ("rule", "NADA"),
        ("rule", "FAU1"),
        ("key", INVOICE),
        ("key", INVOICE, "--technical-key", "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"),
        ("key", INVOICE, "--technical-key", "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c", "--qr", "x.gif"),
        ("key", INVOICE, "--technical-key", "@nada"),
        ("render", BROKEN),
        ("convert", INVOICE, "--to", "nada"),
        ("sign", INVOICE, "--certificate", INVOICE, "-o", "/dev/null"),
        ("sign", INVOICE, "--certificate", "nada.p12", "-o", "/dev/null"),
        ("attach", INVOICE, "--response", INVOICE, "-o", "/dev/null"),
        ("send", "--via", "apidian"),
        ("send", INVOICE, "--via", "apidian"),
        ("send", INVOICE, "--via", "nada"),
        ("send", INVOICE, "--via", "apidian", "--url", "http://x.invalid", "--set", "x"),
        ("send", INVOICE, "--via", "apidian", "--url", "http://x.invalid", "--set", "x=y"),
        ("send", BROKEN, "--via", "apidian", "--dry-run", "--url", "http://x.invalid"),
        ("send", "--dry-run", "--via", "apidian"),
        ("status", "--via", "apidian"),
        ("status", "F1", "--via", "apidian", "--reason", "x"),
        ("status", "--via", "apidian", "--settle", "accepted"),
        ("status", "F1", "--via", "apidian", "--settle", "accepted", "--journal", "/nada"),
        ("check", "nada.xml"),
        ("check", ""),
        ("check", "nada*.xml"),
        ("check", INVOICE, "--schemas", "nada"),
        ("totals", str(EXAMPLES)),
        *[(name, "--help") for name in command_names()],
        ("--help",),
    ],
)
def test_no_english(capsys: Capture, argv: tuple[str, ...]) -> None:
    """Nothing that a command says is English, but for names."""
    done = run(capsys, *argv, "--lang", "es")
    assert done.out + done.err
    assert _english(done) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FACTURA",
        "<a/>",
        "<!DOCTYPE a><a/>",
        "<?xml version='1.0' encoding='utf-16'?><a/>",
        "<ApplicationResponse/>",
        "<AttachedDocument/>",
        '{"kind": "invoice", "kind": "invoice"}',
        '{"kind": "invoice", "country": "XX"}',
        '{"request": {"kind": "invoice", "id": "1"}}',
        '{"kind": "factura"}',
        '{"kind": "invoice", "lines": 1}',
        '{"kind": "invoice", "lines": [1]}',
        '{"kind": "invoice", "id": 1}',
        '{"kind": "invoice", "x": 1}',
        '{"kind": "invoice", "issue_date": "hoy"}',
        "{}",
        _DOCUMENT % "NaN",
        _DOCUMENT % '"1,5"',
        _DOCUMENT % '""',
        _DOCUMENT % "1e99",
        _DOCUMENT % ("[" * 100_000),
        _DOCUMENT % '"1"',
    ],
)
@pytest.mark.parametrize("command", ["check", "totals"])
def test_unreadable(capsys: Capture, tmp_path: Path, command: str, text: str) -> None:
    """Why an input cannot be read, or filled, is said in Spanish."""
    file = tmp_path / "x"
    file.write_text(text, encoding="utf-8")
    options = ["--from-inputs"] if command == "totals" else []
    done = run(capsys, command, str(file), *options, "--lang", "es")
    assert done.out + done.err
    assert _english(done) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">626838.06<", ">626.838,06<"),
        ("<cbc:ProfileID>", "<cbc:ProfileID>x</cbc:ProfileID><cbc:ProfileID>"),
        ("<cbc:ProfileID>", "<cbc:Nada/><cbc:ProfileID>"),
        ("<cbc:ProfileID>", "<cbc:ID>1</cbc:ID><cbc:ProfileID>"),
        (">2026-11-20<", ">ayer<"),
        ("</cac:LegalMonetaryTotal>", "x</cac:LegalMonetaryTotal>"),
    ],
)
def test_faulty_xml(capsys: Capture, tmp_path: Path, old: str, new: str) -> None:
    """What is wrong with an XML is said in Spanish, by the reader or by the schema."""
    given = Path(INVOICE).read_text(encoding="utf-8")
    assert old in given
    file = tmp_path / "x.xml"
    file.write_text(given.replace(old, new), encoding="utf-8")
    done = run(capsys, "check", str(file), "--lang", "es")
    assert done.code in {1, 2}
    assert _english(done) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("604839.06", "PayableAmount (total a pagar) es 604.839,06, debe ser 584.838,06"),
        ("584839.06", "sobra 1,00"),
        ("584837.06", "falta 1,00"),
        ("584840.06", "sobran 2,00"),
    ],
)
def test_amounts_and_agreement(changed: str, said: str) -> None:
    """Amounts are written as people there do, and the verb agrees with the difference."""
    from cuadre.messages import said as say_it  # noqa: PLC0415 - the one place

    data = Path(BROKEN).read_bytes().replace(b">604838.06<", f">{changed}<".encode())
    (finding,) = cuadre.check(data, select="FAU14").findings
    assert said in say_it(finding, "es")
    assert f"es {changed}, debe ser 584838.06 " in finding.message("es")
    assert f"is {changed}, must be 584838.06 " in say_it(finding, "en")
