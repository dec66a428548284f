"""A pack of rules from another distribution judges and is documented; no file of ours changes."""

import json
from pathlib import Path

import pytest

from .distribution import install, run

_ENTRY_POINTS = """\
[cuadre.rules]
acme = acme_rules
"""
_FILES = {
    "acme_rules/__init__.py": '"""Rules of a company for its own invoices."""\n\nCOUNTRIES = ("CO",)\n',
    "acme_rules/codes.csv": (
        "code,rule,kind,severity,element,basis,source\n"
        "ACME01,ACME01,any,reject,cbc:Note,house,the sales handbook\n"
        "ACME02,ACME02,any,lint,cbc:ID,house,the sales handbook\n"
    ),
    "acme_rules/rules.csv": (
        "rule,group,figure,title_en,title_es,condition,advice_en,advice_es\n"
        "ACME01,notes,,An invoice names a campaign,Nombra una campaña,Note = CAMP…,Ask.,Pregunte.\n"
        "ACME02,lines,,A line has a long id,La línea tiene un id largo,len(ID) > 3,Ask.,Pregunte.\n"
    ),
    "acme_rules/checks.csv": "rule,at,field,test,value\n",
    "acme_rules/messages.csv": (
        "key,en,es\n"
        'no_campaign,"{element} names no campaign, such as {detail}",'
        '"{element} no nombra campaña, como {detail}"\n'
    ),
    "acme_rules/notes.py": '''\
        """Notes of a document."""

        from cuadre.engine.model.document import Document, Line
        from cuadre.rules.registration import check
        from cuadre.rules.rule import Context, Fault


        @check("ACME01", at="document")
        def names_a_campaign(document: Document, context: Context) -> Fault | None:
            """A document names a campaign in a note."""
            if any(note.startswith("CAMP") for note in document.note):
                return None
            return Fault("note", "no_campaign", detail="CAMP-7")


        @check("ACME02", at="lines")
        def has_a_long_id(line: Line, context: Context) -> Fault | None:
            """A line has a long id."""
            raise RuntimeError("the handbook is not there")
        ''',
}
_INVOICE = "examples/invoice.xml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Install the pack."""
    install(tmp_path, "acme", _ENTRY_POINTS, _FILES)
    return tmp_path


def test_judges(folder: Path) -> None:
    """Its finding stands in the report with its sentence; it rejects what DIAN would accept."""
    done = run(folder, "check", _INVOICE, "--today", "2026-11-21", "--select", "ACME01", "--format", "json")
    (document,) = json.loads(done.stdout)["documents"]
    (finding,) = document["findings"]
    assert (done.returncode, finding["code"], finding["severity"]) == (1, "ACME01", "reject")
    assert finding["message"] == "Note names no campaign, such as CAMP-7"


def test_a_rule_that_raises_is_a_failed_layer(folder: Path) -> None:
    """Its other rules still judge; the layer says which rule failed, and the exit code that one did."""
    done = run(folder, "check", _INVOICE, "--today", "2026-11-21", "--select", "ACME", "--format", "json")
    (document,) = json.loads(done.stdout)["documents"]
    layers = {layer["name"]: layer for layer in document["layers"]}
    assert [finding["code"] for finding in document["findings"]] == ["ACME01"]
    assert (layers["lint"]["status"], done.returncode) == ("failed", 2)
    assert "ACME02 of the pack acme: RuntimeError('the handbook is not there')" in layers["lint"]["reason"]


def test_speaks_spanish(folder: Path) -> None:
    """Its messages.csv has both languages."""
    done = run(folder, "check", _INVOICE, "--select", "ACME01", "--lang", "es")
    assert "no nombra campaña, como CAMP-7" in done.stdout


def test_is_documented(folder: Path) -> None:
    """``cuadre rule`` and ``cuadre rules`` know its codes."""
    page = run(folder, "rule", "ACME01").stdout
    assert page.startswith("# ACME01: An invoice names a campaign")
    assert "the sales handbook" in page
    assert "2 codes of 2 rules" in run(folder, "rules", "--select", "ACME").stdout


_WRONG = {
    "no package": ("[cuadre.rules]\nacme = json\n", {}),
    "nothing there": ("[cuadre.rules]\nacme = acme_nowhere\n", {}),
    "a misspelt part": (
        _ENTRY_POINTS,
        {"acme_rules/checks.csv": "rule,at,field,test,value\nACME02,linez,id,present,\n"},
    ),
    "a figure of DIAN's": (
        _ENTRY_POINTS,
        {
            "acme_rules/rules.csv": (
                "rule,group,figure,title_en,title_es,condition,advice_en,advice_es\n"
                "ACME01,notes,legal_monetary_total.payable_amount,To pay,A pagar,,Ask.,Pregunte.\n"
                "ACME02,lines,,A line has a long id,La línea tiene un id largo,len(ID) > 3,Ask.,Pregunte.\n"
            )
        },
    ),
    "a code of DIAN's": (
        _ENTRY_POINTS,
        {
            "acme_rules/codes.csv": (
                "code,rule,kind,severity,element,basis,source\n"
                "FAU14,ACME01,invoice,lint,cbc:Note,house,x\nACME02,ACME02,any,lint,cbc:ID,house,x\n"
            )
        },
    ),
}


@pytest.mark.parametrize(("entry_points", "files"), _WRONG.values(), ids=_WRONG.keys())
def test_a_wrong_pack_is_named(tmp_path: Path, entry_points: str, files: dict[str, str]) -> None:
    """What cannot be loaded stops the check with one sentence that names it, and exit code 2."""
    install(tmp_path, "acme", entry_points, {**_FILES, **files})
    done = run(tmp_path, "check", _INVOICE)
    assert done.returncode == 2
    assert "acme" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_provider_of_one_module(tmp_path: Path) -> None:
    """A provider that is a module and no package has no codes of its own, and stops no list of rules."""
    install(
        tmp_path,
        "colibri",
        "[cuadre.senders]\ncolibri = colibri_sender:PROVIDER\n",
        {"colibri_sender.py": ""},
    )
    done = run(tmp_path, "rule", "FAU14")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# AU14")
