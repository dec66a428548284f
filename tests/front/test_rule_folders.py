"""``--rules FOLDER``: rules that are installed nowhere judge and are explained, and a fault is named."""

import json
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import cuadre
from cuadre.engine.errors import DefinitionError, UsageError

from .own_rules import write_folder
from .running import BROKEN, EXAMPLES, INVOICE, TODAY, run

Capture = pytest.CaptureFixture[str]
_CODES = "code,rule,kind,severity,element,basis,source\n"
_TEXTS = "rule,group,figure,title_en,title_es,condition,advice_en,advice_es\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the folder of the example."""
    return write_folder(tmp_path / "acme_rules")


def _codes(given: str, **choices: str) -> list[str]:
    return [finding.code for finding in cuadre.check(given, select=choices.get("select", "ACME")).findings]


def test_judges(capsys: Capture, folder: Path) -> None:
    """A row and a function find what is missing; the report names their pack."""
    done = run(capsys, "check", INVOICE, "--rules", str(folder), "--select", "ACME")
    assert done.code == 1
    assert "ACME01 notify DueDate is missing [acme_rules]" in done.out
    assert "ACME02 reject Note names no campaign, such as CAMP-7 [acme_rules]" in done.out


def test_is_in_every_report(capsys: Capture, folder: Path) -> None:
    """JSON has the pack of each finding, of ours too; SARIF has it beside the page of the rule."""
    given = ("check", INVOICE, *TODAY, "--rules", str(folder), "--format")
    (document,) = json.loads(run(capsys, *given, "json").out)["documents"]
    (ours,) = json.loads(run(capsys, "check", BROKEN, *TODAY, "--format", "json").out)["documents"]
    assert {one["pack"] for one in ours["findings"]} == {"co", "acme_rules"}
    assert {(one["code"], one["pack"]) for one in document["findings"]} == {
        ("ACME01", "acme_rules"),
        ("ACME02", "acme_rules"),
    }
    rules = json.loads(run(capsys, *given, "sarif").out)["runs"][0]["tool"]["driver"]["rules"]
    assert {(one["id"], one["properties"]["pack"]) for one in rules} >= {("ACME01", "acme_rules")}


def test_is_documented(capsys: Capture, folder: Path) -> None:
    """The list names the pack, the page too, with where its rules are carried out."""
    given = ("--rules", str(folder))
    listed = run(capsys, "rules", "--select", "ACME", *given).out
    assert "ACME02   reject       invoice      acme_rules A note names the campaign" in listed
    page = run(capsys, "rule", "ACME02", *given, "--lang", "es").out
    assert page.startswith("# ACME02: Una nota nombra la campaña\n\n## Paquete de reglas\n\n`acme_rules`")
    assert "`acme_rules.notes:names_the_campaign`" in page
    assert "acme_rules/checks.csv" in run(capsys, "rule", "ACME01", *given).out


def test_only_where_it_is_named(capsys: Capture, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder beside the documents is not loaded, and its codes are not known."""
    monkeypatch.chdir(folder)
    assert "ACME" not in run(capsys, "check", INVOICE).out
    assert run(capsys, "rule", "ACME02").code == 2


def test_a_near_code_is_suggested(capsys: Capture, folder: Path) -> None:
    """A misspelt code of the folder is told with the right one."""
    done = run(capsys, "rule", "ACME03", "--rules", str(folder))
    assert (done.code, "did you mean ACME0" in done.err) == (2, True)


def test_two_folders(capsys: Capture, tmp_path: Path) -> None:
    """Two folders of one name are two packs, told apart by the folder around."""
    one, two = write_folder(tmp_path / "a" / "own"), write_folder(tmp_path / "b" / "own", code="BETA")
    done = run(
        capsys, "check", INVOICE, "--rules", str(one), "--rules", str(two), "--select", "ACME02,BETA02"
    )
    assert "ACME02 reject Note names no campaign, such as ACME-7 [own]".replace("ACME-", "CAMP-") in done.out
    assert "BETA02 reject Note names no campaign, such as CAMP-7 [b/own]" in done.out


def test_configured(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration names folders, beside the file, and its own keys may have their codes."""
    write_folder(tmp_path / "own")
    content = 'rules = ["own"]\nselect = ["ACME"]\nseverity = { ACME02 = "lint" }\n'
    (tmp_path / "cuadre.toml").write_text(content, encoding="utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    done = run(capsys, "check", INVOICE)
    assert (done.code, "ACME02 lint Note names no campaign, such as CAMP-7 [own]" in done.out) == (0, True)
    (tmp_path / "cuadre.toml").write_text('rules = ["nowhere"]\n', encoding="utf-8")
    refused = run(capsys, "check", INVOICE)
    assert (refused.code, f"{tmp_path}/nowhere: there is no such folder of rules" in refused.err) == (2, True)


def test_parts_of_a_folder(tmp_path: Path) -> None:
    """Its modules import one another, its tables are found, and the tests beside it are no rules."""
    folder = write_folder(
        tmp_path / "own",
        {
            "words.py": 'BEGINNING = "CAMP-"\n',
            "notes.py": (EXAMPLES / "acme_rules" / "notes.py")
            .read_text(encoding="utf-8")
            .replace("from cuadre.rules.rule", "from .words import BEGINNING\nfrom cuadre.rules.rule")
            .replace('"CAMP-"', "BEGINNING"),
            "checks.csv": "rule,at,field,test,value\nACME01,document,country,one_of,money:code\n",
            "tables/money.csv": "code\nEC\n",
            "test_notes.py": "raise AssertionError\n",
            "conftest.py": "raise AssertionError\n",
        },
    )
    assert cuadre.load_rules(folder) == "own"
    assert _codes(INVOICE) == ["ACME01", "ACME02"]
    assert str(folder) not in sys.path


def test_is_for_its_countries(tmp_path: Path) -> None:
    """COUNTRIES of ``__init__.py`` are kept to; without that file the rules are for all."""
    payload = str(EXAMPLES / "payloads" / "ecuafact-invoice.json")
    cuadre.load_rules(write_folder(tmp_path / "acme"))
    cuadre.load_rules(write_folder(tmp_path / "beta", {"__init__.py": None}, code="BETA"))
    codes = ["ACME", "BETA"]
    assert [finding.code for finding in cuadre.check(payload, select=codes).findings] == ["BETA01", "BETA02"]
    found = {finding.code for finding in cuadre.check(INVOICE, select=codes).findings}
    assert found == {"ACME01", "ACME02", "BETA01", "BETA02"}


def test_layers_stay_honest(folder: Path) -> None:
    """Rules of one's own are no rules of the authority: where it has none, the report says so still."""
    bill = EXAMPLES / "payloads" / "emision-spd.json"
    before = cuadre.check(bill).documents[0].layers
    cuadre.load_rules(folder)
    (after,) = cuadre.check(bill).documents
    assert after.layers == before
    assert "ACME01" in {finding.code for finding in after.findings}


def test_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is named twice, by two of its names, is loaded once."""
    cuadre.load_rules(folder)
    monkeypatch.chdir(folder.parent)
    assert (
        cuadre.load_rules("acme_rules") == cuadre.load_rules(Path("acme_rules/../acme_rules")) == "acme_rules"
    )
    assert _codes(INVOICE) == ["ACME01", "ACME02"]


def test_a_finding_can_be_pickled(folder: Path) -> None:
    """A report with its findings goes to another process and back."""
    cuadre.load_rules(folder)
    report = cuadre.check(INVOICE, select="ACME")
    assert pickle.loads(pickle.dumps(report)).to_json("es") == report.to_json("es")  # noqa: S301 - our own


def test_processes(folder: Path) -> None:
    """Workers that load the folder report what this process does."""
    cuadre.load_rules(folder)
    with ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), initializer=cuadre.load_rules, initargs=(str(folder),)
    ) as pool:
        report = pool.submit(cuadre.check, INVOICE).result()
    assert report == cuadre.check(INVOICE)
    assert "ACME02" in {finding.code for finding in report.findings}


_WRONG: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "no codes": ({"codes.csv": None}, ["codes.csv"]),
    "no rules": ({"rules.csv": None}, ["own has no table rules.csv"]),
    "no checks": ({"checks.csv": None}, ["own has no table checks.csv"]),
    "a row too short": ({"codes.csv": _CODES + "ACME01,ACME01,any\n"}, ["own/codes.csv line 2"]),
    "no column": ({"codes.csv": "code;rule;kind\n"}, ["own/codes.csv", "'basis'"]),
    "a severity": (
        {"codes.csv": _CODES + "ACME01,ACME01,any,fatal,x,house,y\n"},
        ["own/codes.csv", "ACME01", "'fatal'"],
    ),
    "no title": ({"rules.csv": _TEXTS + "ACME01,dates,,,,x,,\n"}, ["own/rules.csv", "ACME01"]),
    "a part": (
        {"checks.csv": "rule,at,field,test,value\nACME01,linez,id,present,\n"},
        ["own: rule ACME01", "linez"],
    ),
    "a test": (
        {"checks.csv": "rule,at,field,test,value\nACME01,document,due_date,is,\n"},
        ["own/checks.csv", "ACME01", "'is'"],
    ),
    "no table": (
        {"checks.csv": "rule,at,field,test,value\nACME01,document,id,one_of,money:code\n"},
        ["own.tables", "money.csv"],
    ),
    "no check": ({"notes.py": None}, ["own: rule ACME02"]),
    "a sentence": ({"messages.csv": "key,en,es\nno_ACME,{element}!,\n"}, ["own/messages.csv", "no_ACME"]),
    "a sentence of ours": ({"messages.csv": "key,en,es\nmissing,a,b\n"}, ["own/messages.csv", "missing"]),
    "syntax": ({"notes.py": "\n\ndef x(:\n"}, ["own/notes.py line 3", "SyntaxError: invalid syntax"]),
    "python": ({"notes.py": "\nimport nothing_at_all\n"}, ["own/notes.py line 2", "nothing_at_all"]),
    "init": ({"__init__.py": "1 / 0\n"}, ["own/__init__.py line 1", "ZeroDivisionError: division by zero"]),
    "countries": ({"__init__.py": 'COUNTRIES = ("CO")\n'}, ["own: COUNTRIES is 'CO'"]),
    "a column of a field": (
        {"checks.csv": "rule,at,field,test,value\nACME01,document,dew_date,present,\n"},
        ["own: rule ACME01", "'dew_date'"],
    ),
    "it leaves": ({"notes.py": "import sys\nsys.exit(0)\n"}, ["own/notes.py line 2", "SystemExit"]),
    "a code of DIAN's": (
        {"codes.csv": _CODES + "FAU14,ACME01,invoice,lint,x,house,y\nACME02,ACME02,any,lint,x,house,y\n"},
        ["FAU14", "'co'", "'own'"],
    ),
    "a code of no pack": (
        {"codes.csv": _CODES + "XSD,ACME01,invoice,lint,x,house,y\nACME02,ACME02,any,lint,x,house,y\n"},
        ["XSD", "'own'"],
    ),
    "a figure of DIAN's": (
        {
            "rules.csv": _TEXTS
            + "ACME01,dates,legal_monetary_total.payable_amount,a,b,,,\nACME02,notes,,a,b,x,,\n",
            "checks.csv": "rule,at,field,test,value\n",
        },
        ["legal_monetary_total.payable_amount", "ACME01 of 'own'"],
    ),
}


@pytest.mark.parametrize(("changes", "said"), _WRONG.values(), ids=_WRONG.keys())
def test_a_fault_is_named(
    capsys: Capture, tmp_path: Path, changes: dict[str, str | None], said: list[str]
) -> None:
    """One sentence names the folder, the file and the rule; the exit code is 2, and nothing is loaded."""
    folder = write_folder(tmp_path / "own", changes)
    before = {*sys.modules}
    done = run(capsys, "check", INVOICE, "--rules", str(folder))
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert [one for one in (str(folder), *said) if one not in done.err] == []
    assert "cuadre_rules_" not in done.err
    assert {name for name in sys.modules if name.startswith("cuadre_rules_")} <= before
    assert run(capsys, "rules", "--select", "ACME").code == 2
    spanish = run(capsys, "check", INVOICE, "--rules", str(folder), "--lang", "es").err
    english = {*done.err.partition(f"{folder}: ")[2].split()}
    assert spanish.startswith("cuadre: no se pueden usar las reglas de ") or "codes.csv" in spanish
    assert english & {"line", "rule", "has", "is", "the"} & {*spanish.split()} == set()


def test_a_file_that_is_no_utf_8(tmp_path: Path) -> None:
    """A table in another encoding is named; a mark of byte order, as Excel writes it, is no fault."""
    folder = write_folder(tmp_path / "own")
    texts = (folder / "rules.csv").read_text(encoding="utf-8")
    (folder / "rules.csv").write_bytes(texts.encode("utf-16"))
    with pytest.raises(DefinitionError, match=r"own/rules\.csv is not UTF-8"):
        cuadre.load_rules(folder)
    (folder / "rules.csv").write_text(texts, encoding="utf-8-sig")
    assert cuadre.load_rules(folder) == "own"


@pytest.mark.parametrize("name", ["nowhere", "file.csv", "empty", "nul\0"])
def test_no_pack(tmp_path: Path, name: str) -> None:
    """What is no folder, or has no codes, is refused before any code in it runs."""
    (tmp_path / "file.csv").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.py").write_text("raise AssertionError\n")
    with pytest.raises(UsageError) as refused:
        cuadre.load_rules(str(tmp_path / name))
    assert str(refused.value).startswith(str(tmp_path))
    assert refused.value.message("es") != str(refused.value)


def test_it_can_be_mended(tmp_path: Path) -> None:
    """A folder that was refused can be loaded after its files were mended, in the same process."""
    folder = write_folder(tmp_path / "own", {"codes.csv": _CODES + "ACME01,ACME01,any,fatal,x,house,y\n"})
    with pytest.raises(DefinitionError, match="fatal") as refused:
        cuadre.load_rules(folder)
    assert refused.value.message("es").startswith("no se pueden usar las reglas de ")
    (folder / "codes.csv").write_text((EXAMPLES / "acme_rules" / "codes.csv").read_text(encoding="utf-8"))
    cuadre.load_rules(folder)
    assert _codes(INVOICE) == ["ACME01", "ACME02"]


_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
import cuadre
sys.setswitchinterval(1e-6)
folders, invoice = sys.argv[1:3], sys.argv[3]
def work(number):
    cuadre.load_rules(folders[number % 2])
    return sorted({finding.code for finding in cuadre.check(invoice).findings} & {"ACME01", "BETA01"})
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(work, range(40)))
own = [("ACME01", "BETA01")[number % 2] in codes for number, codes in enumerate(found)]
print(all(own), found[-1])
"""


def test_threads(tmp_path: Path) -> None:
    """Threads that load two folders and check at once each see the rules of the folder they loaded."""
    one, two = write_folder(tmp_path / "one"), write_folder(tmp_path / "two", code="BETA")
    command = [sys.executable, "-c", _THREADS, str(one), str(two), INVOICE]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "True ['ACME01', 'BETA01']\n"
