"""A country from another distribution: its arithmetic, its rules, and no file of ours changes."""

import json
from pathlib import Path

from .distribution import install, run

_ENTRY_POINTS = """\
[cuadre.regimes]
XA = xa_cuadre.regime:XA

[cuadre.rules]
xa = xa_cuadre.rules
"""
_TOTALS = "legal_monetary_total"
_FILES = {
    "xa_cuadre/__init__.py": '"""The country XA."""\n',
    "xa_cuadre/regime.py": '''\
        """Its arithmetic: three decimals, a tax in the price, a total that takes the discount off twice."""

        from decimal import Decimal

        from cuadre.engine.formula import Formula
        from cuadre.engine.model.document import Document, Line, TaxSubtotal
        from cuadre.engine.regimes.regime import Regime, Tolerance, Total
        from cuadre.engine.rounding import Rounding

        VALUE = Formula(Line, "price.price_amount * quantity")
        TAX = Formula(TaxSubtotal, "taxable_amount * percent / 100")
        GROSS = Total("line_extension_amount", (Formula(Document, "lines.line_extension_amount"),))
        PAYABLE = Total("payable_amount", (Formula(Document, "legal_monetary_total.line_extension_amount"),))
        EXACT = Tolerance("exact", lambda stated, exact: stated == exact)
        XA = Regime(
            country="XA",
            authority="XA Revenue",
            currency="XAU",
            rounding=Rounding("half_even", 3),
            taxes={},
            tolerance=lambda figure: EXACT,
            tolerances={"": (EXACT,)},
            line_extension=lambda line: (VALUE,),
            tax_amount=lambda subtotal: (TAX,),
            totals=(GROSS, PAYABLE),
            formulas={
                "lines.line_extension_amount": (VALUE,),
                "legal_monetary_total.payable_amount": PAYABLE.formulas,
            },
            vat="V",
            vat_withholding=None,
            complete=lambda document, secrets: document.model_copy(update={"document_currency_code": "XAU"}),
        )
        ''',
    "xa_cuadre/rules/__init__.py": '"""Its rules."""\n\nCOUNTRIES = ("XA",)\n',
    "xa_cuadre/rules/codes.csv": (
        "code,rule,kind,severity,element,basis,source\nXA1,XA1,any,reject,PayableAmount,law,Act 1\n"
    ),
    "xa_cuadre/rules/rules.csv": (
        "rule,group,figure,title_en,title_es,condition,advice_en,advice_es\n"
        "XA1,totals,legal_monetary_total.payable_amount,The total,El total,,Add.,Sume.\n"
    ),
    "xa_cuadre/rules/checks.csv": "rule,at,field,test,value\n",
}
_DOCUMENT = {
    "kind": "invoice",
    "country": "XA",
    "id": "1",
    "lines": [{"quantity": "3", "price": {"price_amount": "1.5"}, "line_extension_amount": "4.5"}],
    _TOTALS: {"line_extension_amount": "4.5", "payable_amount": "4.6"},
}


def _file(folder: Path, **totals: str) -> str:
    file = folder / "document.json"
    file.write_text(json.dumps({**_DOCUMENT, _TOTALS: totals} if totals else _DOCUMENT))
    return str(file)


def test_is_judged_by_its_own_rules(tmp_path: Path) -> None:
    """Its pack rejects; DIAN's rules do not run."""
    install(tmp_path, "xa", _ENTRY_POINTS, _FILES)
    done = run(tmp_path, "check", _file(tmp_path), "--format", "json")
    (document,) = json.loads(done.stdout)["documents"]
    rejected = [one for one in document["findings"] if one["severity"] == "reject"]
    assert [(one["code"], one["stated"], one["expected"]) for one in rejected] == [("XA1", "4.6", "4.500")]
    assert (done.returncode, document["verdict"]) == (1, "rejected")


def test_its_page_has_its_formula(tmp_path: Path) -> None:
    """The formula and the tolerance of a page are those of the regime."""
    install(tmp_path, "xa", _ENTRY_POINTS, _FILES)
    page = run(tmp_path, "rule", "XA1").stdout
    assert "PayableAmount = LineExtensionAmount" in page
    assert "exact" in page


def test_a_wrong_regime_is_named(tmp_path: Path) -> None:
    """A plugin that is no regime stops with one sentence and exit code 2."""
    install(tmp_path, "xa", "[cuadre.regimes]\nXA = json:loads\n", {})
    done = run(tmp_path, "totals", _file(tmp_path))
    assert done.returncode == 2
    assert "XA" in done.stderr
    assert "Traceback" not in done.stderr
