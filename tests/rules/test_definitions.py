"""A pack that is wrongly defined does not load, and the error names the rule."""

import importlib
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from cuadre.engine.errors import DefinitionError
from cuadre.rules.pack import Pack, load_pack

_CODES = "code,rule,kind,severity,element,basis,source"
_RULES = "rule,group,figure,fix,title_en,title_es,condition,advice_en,advice_es"
_CHECKS = "rule,at,field,test,value,when"
_CODE = "FXX01,XX01,invoice,reject,cbc:ID,test,made up"
_RULE = "XX01,lines,,,A line has a number,Una línea tiene número,ID,Number it.,Numérela."
_CHECK = "XX01,lines,id,present,,"
_MODULE = '"""A check."""\nfrom cuadre.rules.registration import check\n\n'


class Files(NamedTuple):
    """The rows of a pack's three tables below their headings, and a module of checks."""

    codes: tuple[str, ...] = (_CODE,)
    rules: tuple[str, ...] = (_RULE,)
    checks: tuple[str, ...] = (_CHECK,)
    module: str = ""

    def load(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
        """Write the pack as a package whose name is the folder's, and load it."""
        package = folder / f"pack_of_{folder.name}".replace("-", "_")
        package.mkdir()
        (package / "__init__.py").write_text('"""A pack for a test."""\n')
        (package / "checking.py").write_text(_MODULE + self.module)
        for name, heading, rows in (
            ("codes", _CODES, self.codes),
            ("rules", _RULES, self.rules),
            ("checks", _CHECKS, self.checks),
        ):
            (package / f"{name}.csv").write_text("\n".join((heading, *rows, "")), encoding="utf-8")
        monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
        importlib.invalidate_caches()
        return load_pack(package.name)


_FUNCTION = '@check("{}", at="{}")\ndef one(part, context):\n    """Nothing."""\n    return None\n'


def test_a_right_pack_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack that the other tests break is whole."""
    pack = Files().load(tmp_path, monkeypatch)
    assert [rule.code for rule in pack.rules] == ["FXX01"]
    assert [len(checks) for checks in pack.plan("invoice").checks.values()] == [1]
    assert not pack.plan("credit_note").rules


def test_a_rule_may_be_a_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decorated function in any module of the package is as good as a row of checks.csv."""
    pack = Files(checks=(), module=_FUNCTION.format("XX01", "lines")).load(tmp_path, monkeypatch)
    assert list(pack.plan("invoice").checks) == ["lines"]


_WRONG = {
    "no title in English": Files(rules=(_RULE.replace("A line has a number", ""),)),
    "no title in Spanish": Files(rules=(_RULE.replace("Una línea tiene número", ""),)),
    "a code without a text": Files(rules=()),
    "a rule without a check": Files(checks=()),
    "a text without a code": Files(codes=(), checks=()),
    "a check without a code": Files(codes=(), rules=()),
    "an unknown part in checks.csv": Files(checks=(_CHECK.replace("lines", "rows"),)),
    "an unknown part in a function": Files(checks=(), module=_FUNCTION.format("XX01", "rows")),
    "an unknown test": Files(checks=(_CHECK.replace("present", "absent"),)),
    "an unknown field": Files(checks=(_CHECK.replace("id", "number"),)),
    "a limit that is no number": Files(checks=("XX01,lines,quantity,at_most,many,",)),
    "a pattern that is none": Files(checks=("XX01,lines,id,pattern,[0-9:7,",)),
    "a list in no table": Files(checks=("XX01,lines,id,one_of,towns:code,",)),
    "names in no table": Files(checks=("XX01,lines,id,paired,towns:code=id:name,",)),
    "a condition that is none": Files(checks=("XX01,lines,id,present,,quantity > 3",)),
    "a condition about no field": Files(checks=("XX01,lines,id,present,,number = 3",)),
    "an unknown severity": Files(codes=(_CODE.replace("reject", "refuse"),)),
    "an unknown word for its fix": Files(rules=(_RULE.replace("lines,,,", "lines,,sure,"),)),
    "an unknown kind of document": Files(codes=(_CODE.replace("invoice", "bill"),)),
    "two codes for one rule and kind": Files(codes=(_CODE, _CODE.replace("FXX01", "FXX01b"))),
}


@pytest.mark.parametrize("files", _WRONG.values(), ids=_WRONG.keys())
def test_a_wrong_pack_names_its_rule(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mistake in a definition is a DefinitionError with the rule in its detail."""
    with pytest.raises(DefinitionError) as caught:
        files.load(tmp_path, monkeypatch)
    assert caught.value.detail["rule"] == "XX01"


@pytest.mark.parametrize(
    ("files", "table"),
    [
        (Files(codes=(_CODE, _CODE)), "codes"),
        (Files(rules=(_RULE, _RULE)), "rules"),
        (Files(checks=(_CHECK, _CHECK)), "checks"),
        (Files(codes=(_CODE, "FXX02,XX01")), "codes"),
    ],
)
def test_a_row_that_stands_twice_or_is_short_names_its_line(
    files: Files, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A duplicate code, and a row with too few cells, are found by their line in the table."""
    with pytest.raises(DefinitionError) as caught:
        files.load(tmp_path, monkeypatch)
    assert caught.value.detail == {"file": table, "line": 3}


def test_the_same_code_for_two_kinds_is_no_duplicate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """VLR01 is one code for every kind of document."""
    pack = Files(codes=(_CODE, _CODE.replace("invoice", "credit_note"))).load(tmp_path, monkeypatch)
    assert [rule.kind for rule in pack.rules] == ["invoice", "credit_note"]
