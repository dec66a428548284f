"""Documents as tests: collected, selected, failed and reported by pytest as any test is."""

import os
import shutil
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest
from lxml import etree

from cuadre.cli import main

from .own_rules import write_folder

_EXAMPLES = Path(__file__).parents[2] / "examples"
_TODAY = ("--cuadre-today", "2026-11-21")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a project with a good and a wrong invoice, a payload, a Python test, and other files."""
    invoices = tmp_path / "invoices"
    invoices.mkdir()
    for name in ("invoice.xml", "broken.xml", "payloads/apidian-credit-note.json"):
        shutil.copy(_EXAMPLES / name, invoices)
    (invoices / "package.json").write_text('{"name": "shop"}')
    (invoices / "pom.xml").write_text("<project/>")
    (tmp_path / "test_shop.py").write_text("def test_shop():\n    assert True\n")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in the project, without the settings of ours."""
    environment = {**os.environ, "PY_COLORS": "0", "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)


def test_not_without_the_option(folder: Path) -> None:
    """Without ``--cuadre`` no document is collected, and cuadre is not even loaded."""
    done = run(folder, "-p", "no:xdist")
    assert "1 passed" in done.stdout
    (folder / "conftest.py").write_text(
        "import sys\n\ndef pytest_sessionfinish():\n"
        "    print('LOADED', sorted(m for m in sys.modules if m.split('.')[0] in ('pydantic', 'lxml')))\n"
    )
    assert "LOADED []" in run(folder, "-p", "no:xdist", "-s").stdout


def test_one_a_document(folder: Path) -> None:
    """Each document is a test; what is no document is passed by."""
    done = run(folder, "--cuadre", *_TODAY)
    assert "1 failed, 3 passed" in done.stdout
    assert "Traceback" not in done.stdout
    assert done.returncode == 1


def test_failure_shows_the_line(folder: Path) -> None:
    """The failure is the finding with its line under it, and a mark under the figure."""
    out = run(folder, "--cuadre", *_TODAY, "invoices/broken.xml").stdout.splitlines()
    at = next(number for number, line in enumerate(out) if "FAU14 reject: " in line)
    assert out[at].startswith("invoices/broken.xml:225: FAU14 reject: PayableAmount is 604838.06")
    assert out[at + 1] == '   225 | <cbc:PayableAmount currencyID="COP">604838.06</cbc:PayableAmount>'
    assert out[at + 2].index("^") == out[at + 1].index("604838.06")
    assert out[at + 2].strip().lstrip("| ") == "^" * len("604838.06")


def test_named_files_are_judged(folder: Path) -> None:
    """A file that is named on the command line is judged, whatever it is."""
    done = run(folder, "--cuadre", "invoices/pom.xml")
    assert "1 failed" in done.stdout
    assert "CUA001" in done.stdout


def test_per_rule(folder: Path) -> None:
    """Each rule that is about a document is a test, which -k and -m choose."""
    done = run(
        folder, "--cuadre-per-rule", "--cuadre", *_TODAY, "invoices/broken.xml", "-k", "FAU14 or FAU02"
    )
    assert "1 failed, 1 passed" in done.stdout
    done = run(folder, "--cuadre-per-rule", "--cuadre", *_TODAY, "invoices/broken.xml", "-m", "reject")
    assert "2 failed, " in done.stdout
    assert "FAU04" in done.stdout
    assert "FAQ07" not in done.stdout


def test_junit_and_xdist(folder: Path) -> None:
    """JUnit XML names the tests, and workers collect the same ones."""
    done = run(
        folder, "--cuadre", "--cuadre-per-rule", *_TODAY, "invoices", "-n", "2", "--junit-xml", "out.xml"
    )
    cases = list(etree.parse(folder / "out.xml").iter("testcase"))
    failed = {case.get("name") for case in cases if case.find("failure") is not None}
    assert failed == {"FAU04", "FAU14"}
    assert len(cases) > 300
    assert done.returncode == 1


def test_stops_and_starts_again(folder: Path) -> None:
    """``-x`` stops at the first failure, ``--lf`` runs what failed."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    environment = {**os.environ, "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "--cuadre", *_TODAY]
    subprocess.run([*command, "-x"], capture_output=True, check=False, cwd=folder, env=environment)
    done = subprocess.run(
        [*command, "--lf"], capture_output=True, text=True, check=False, cwd=folder, env=environment
    )
    assert "1 failed" in done.stdout


def test_severity_that_fails(folder: Path) -> None:
    """``--cuadre-fail-on`` says which severity fails; ``--cuadre-select`` which codes there are."""
    done = run(folder, "--cuadre", *_TODAY, "--cuadre-select", "FAQ", "invoices/broken.xml")
    assert "1 passed" in done.stdout
    done = run(
        folder,
        "--cuadre",
        *_TODAY,
        "--cuadre-select",
        "FAQ",
        "--cuadre-fail-on",
        "notify",
        "invoices/broken.xml",
    )
    assert "1 failed" in done.stdout


@pytest.mark.parametrize("workers", [("-p", "no:xdist"), ("-n", "2")], ids=["alone", "xdist"])
def test_rules_of_a_folder(folder: Path, workers: tuple[str, str]) -> None:
    """``--cuadre-rules`` adds the rules of a folder, in each worker, as tests of their own too."""
    write_folder(folder / "own")
    given = ("--cuadre", "--cuadre-rules", "own", "invoices/invoice.xml", *workers)
    assert "ACME02 reject: Note names no campaign, such as CAMP-7 [own]" in run(folder, *given).stdout
    done = run(folder, *given, "--cuadre-per-rule", "-k", "ACME", "--cuadre-fail-on", "notify")
    assert "2 failed" in done.stdout
    assert "1 passed" in run(folder, *given, "--cuadre-per-rule", "-k", "ACME01").stdout
    assert "2 passed" in run(folder, *given, "--cuadre-per-rule", "-k", "FAU14 or FAU02").stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--cuadre-rules", "nowhere"), "nowhere: there is no such folder of rules"),
        (("--cuadre", "--cuadre-select", "FAX99"), "no rule has a code that starts with 'FAX99'"),
        (("--cuadre", "--cuadre-today", "21/11"), "'21/11' is not a date such as 2026-11-21"),
        (("--cuadre-rules", "nowhere", "--cuadre-lang", "es"), "nowhere: no existe esa carpeta de reglas"),
    ],
)
def test_options_that_cannot_be_used(folder: Path, given: tuple[str, ...], said: str) -> None:
    """A wrong option ends the run before any test, with one sentence."""
    done = run(folder, *given)
    assert (done.returncode, "passed" in done.stdout) == (4, False)
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


_TESTS = """
import pytest

def test_accepted(cuadre):
    cuadre.assert_accepted("invoices/invoice.xml")

def test_fires(cuadre):
    changed = cuadre.mutate("invoices/invoice.xml", "remove //cbc:Note")
    assert cuadre.assert_fires(changed, "ACME02", at="note").severity == "reject"

def test_chosen(cuadre):
    report = cuadre.check("invoices/broken.xml")
    assert {finding.code[:3] for finding in report.findings} == {"FAQ", "ACM"}
    assert str(cuadre.options.today) == "2026-11-21"
    assert cuadre.check("invoices/broken.xml", select="FAU").verdict == "rejected"

def test_that_fails(cuadre):
    cuadre.assert_accepted("invoices/broken.xml", ignore=["ACME"])

def test_that_passes(cuadre):
    cuadre.assert_accepted("invoices/broken.xml", ignore=["ACME"], fail_on="reject")
"""


def test_the_fixture(folder: Path) -> None:
    """The fixture checks as the options say, and a failure is cuadre's own text without its frames."""
    write_folder(folder / "own")
    (folder / "test_shop.py").write_text(_TESTS, encoding="utf-8")
    given = ("--cuadre-rules", "own", "--cuadre-select", "FAQ,ACME", "--cuadre-fail-on", "notify")
    done = run(folder, "test_shop.py", *_TODAY, *given, "--cuadre-lang", "es", "-k", "not test_accepted")
    assert "1 failed, 3 passed" in done.stdout
    assert (
        "AssertionError: invoices/broken.xml: factura SETP990000105, aceptada con observaciones"
        in done.stdout
    )
    assert "FAQ07 notificación" in done.stdout
    assert "assertions.py" not in done.stdout
    assert "pytest_fixture.py" not in done.stdout


def test_the_fixture_without_options(folder: Path) -> None:
    """Without options everything has its default, and other tests still load nothing of cuadre."""
    (folder / "test_shop.py").write_text(_TESTS, encoding="utf-8")
    assert "1 passed" in run(folder, "test_shop.py", "-k", "test_accepted").stdout


def test_configuration(folder: Path) -> None:
    """What the project configures holds for pytest too: codes, paths, severities, language and baseline."""
    file = folder / "cuadre.toml"
    file.write_text('select = ["FAU"]\nlang = "es"\n', encoding="utf-8")
    done = run(folder, "--cuadre", "--no-header")
    assert done.returncode == 1
    assert "FAU14 rechazo" in done.stdout
    assert "FAQ07" not in done.stdout
    file.write_text('select = ["FAU"]\nseverity = { FAU = "lint" }\n', encoding="utf-8")
    assert run(folder, "--cuadre").returncode == 0
    assert run(folder, "--cuadre", "--cuadre-fail-on", "lint").returncode == 1
    counted = run(folder, "--cuadre", "--cuadre-per-rule", "-m", "lint", "--collect-only").stdout
    assert "broken.xml::FAU14" in counted
    file.write_text('per-file-ignores = { "broken.xml" = ["FAU", "FAQ"] }', encoding="utf-8")
    assert run(folder, "--cuadre").returncode == 0
    file.write_text('exclude = ["broken.xml"]', encoding="utf-8")
    assert "broken.xml" not in run(folder, "--cuadre", "-v").stdout
    assert run(folder, "--cuadre", "invoices/broken.xml").returncode == 1


def test_baseline_of_the_configuration(folder: Path) -> None:
    """A known finding fails no test."""
    (folder / "cuadre.toml").write_text('baseline = "known.json"', encoding="utf-8")
    assert run(folder, "--cuadre").returncode == 1
    with chdir(folder):
        main(["check", "invoices/broken.xml", "--update-baseline", "--quiet"])
    assert run(folder, "--cuadre").returncode == 0


def test_configuration_that_is_wrong(folder: Path) -> None:
    """A wrong key ends the run before any test, with its name and the nearest one."""
    (folder / "cuadre.toml").write_text("selct = []", encoding="utf-8")
    done = run(folder, "--cuadre")
    assert done.returncode == 4
    assert "there is no key 'selct'; did you mean select?" in done.stderr
