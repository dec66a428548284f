"""The HTML report: what it shows, that it is whole, and that no document can put markup into it."""

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import cuadre
from cuadre.engine.sentences import LANGUAGES
from cuadre.report import Report

from . import hostile
from .html_pages import faults, invoice, parse, words
from .running import BROKEN, EXAMPLES, TODAY, paths, run

_TODAY = dt.date(2026, 11, 21)


def _broken() -> Report:
    return cuadre.check(BROKEN, name="broken.xml", today=_TODAY, keep=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdict(language: str) -> None:
    """The heading says the document and the verdict in words, and the page its language."""
    root = parse(_broken().to_html(language))
    assert root.get("lang") == language
    (heading,) = root.xpath("//h1")
    assert (
        words(heading)
        == {
            "en": "Invoice SETP990000105: rejected",
            "es": "Factura SETP990000105: rechazada",
        }[language]
    )
    facts = words(root.xpath("//dl[@class='facts']")[0])
    assert "NIT 990412378-9" in facts
    assert {"en": "604,838.06 COP", "es": "604.838,06 COP"}[language] in facts


def test_totals() -> None:
    """Stated and recomputed totals are side by side, and the wrong ones say so and link to the finding."""
    root = parse(_broken().to_html("es"))
    rows = {
        words(row[0]): [words(cell) for cell in row[1:]]
        for row in root.xpath("//table[@class='totals']//tr[th]")
    }
    assert rows["Total a pagar FAU14"] == ["604.838,06", "584.838,06", "+20.000,00", "✕ no cuadra"]
    assert rows["Base gravable FAU04"] == ["584.900,25", "429.900,25", "+155.000,00", "✕ no cuadra"]
    assert rows["IVA 19 %"] == ["27.743,80", "27.743,80", "", "✓ cuadra"]
    assert list(rows)[-1] == "Total a pagar FAU14"


def test_absent_total() -> None:
    """A total that is not stated, and that no rule asks for, is no fault of the document."""
    report = cuadre.check(EXAMPLES / "payloads" / "ecuafact-invoice.json", keep=True)
    root = parse(report.to_html("en"))
    assert root.xpath("//table[@class='totals']//tr[contains(@class, 'wrong')]") == []
    (row,) = root.xpath("//table[@class='totals']//tr[th = 'Taxable base']")
    assert [words(cell) for cell in row[1:]] == ["not stated", "48.90", "", "– nothing to compare"]
    assert "IVA 15 % 5.54" in words(root.xpath("//table[@class='lines']/tbody/tr[1]")[0])


def test_missing_total() -> None:
    """A total that is not stated, though a rule asks for it, is said to be missing."""
    text = re.sub(r".*<cbc:TaxInclusiveAmount.*\n", "", (EXAMPLES / "broken.xml").read_text(encoding="utf-8"))
    report = cuadre.check(text.encode(), keep=True)
    assert "legal_monetary_total.tax_inclusive_amount" in {one.place.path for one in report.findings}
    root = parse(report.to_html("en"))
    (row,) = root.xpath("//table[@class='totals']//tr[contains(th, 'Total with taxes')]")
    assert words(row[1]) == "not stated"
    assert words(row[4]) == "✕ missing"


def test_traces() -> None:
    """Each total unfolds to its formula, numbers, rounding and inputs; each line to its computation."""
    root = parse(_broken().to_html("en"))
    (trace,) = root.xpath("//table[@class='totals']//details[contains(summary, '283,880.25 × 5.00')]")
    assert [words(part) for part in trace.xpath("./dl/* | ./ul/li")] == [
        *("Formula", "TaxableAmount × Percent / 100"),
        *("Numbers", "283,880.25 × 5.00 / 100 = 14,194.0125"),
        *("Rounding", "half up, 2 decimals"),
        *("Result", "14,194.01"),
        *("+ 283,880.25 TaxableAmount", "+ 5.00 Percent"),
    ]
    lines = [words(one) for one in root.xpath("//table[@class='lines']//details/p")]
    assert lines[1].endswith("IVA 5 %: 283,880.25 × 5.00 / 100 = 14,194.0125 → 14,194.01")
    assert len(root.xpath("//table[@class='lines']//details")) == 3


def test_findings() -> None:
    """A finding has its code, its severity in a word, its sentence, its advice, and a link to its line."""
    root = parse(_broken().to_html("en"))
    cards = root.xpath("//article[contains(@class, 'card')]")
    assert [words(card[0]) for card in cards] == [
        "FAU04 rejects Look here first",
        "FAU14 rejects",
        "FAD09c notifies",
        "FAQ07 notifies",
        "FAQ09 notifies",
    ]
    said = words(cards[1])
    assert (
        "PayableAmount is 604,838.06, must be 584,838.06 (626,838.06 − 42,000.00 + 0.00): 20,000.00 too much"
        in said
    )
    assert "Where to look first: " in said
    (target,) = cards[1].xpath(".//li/p/a/@href")
    (line,) = root.xpath(f"//*[@id='{target[1:]}']")
    assert words(line) == '225 <cbc:PayableAmount currencyID="COP">604838.06</cbc:PayableAmount> FAU14'
    assert words(line.xpath(".//mark")[0]) == "604838.06"


def test_cause_comes_first() -> None:
    """What explains another finding is first, though it is milder, and both link to each other."""
    report = cuadre.check(EXAMPLES / "payloads" / "apidian-credit-note.json", keep=True)
    root = parse(report.to_html("en"))
    cards = root.xpath("//article[contains(@class, 'card')]")
    assert words(cards[0][0]) == "CUA101 remark Look here first"
    assert words(cards[-1][0]) == "CAV06 notifies"
    (forth,) = cards[0].xpath(".//p[@class='why']/a/@href")
    (back,) = cards[-1].xpath(".//p[@class='why']/a/@href")
    assert cards[-1].xpath(f".//li[@id='{forth[1:]}']")
    assert cards[0].xpath(f".//li[@id='{back[1:]}']")


def test_severity_of_a_line() -> None:
    """A line is marked by the worst that was found in it: a notification is no rejection."""
    report = cuadre.check(EXAMPLES / "payloads" / "apidian-credit-note.json", keep=True)
    root = parse(report.to_html("en"))
    assert root.xpath("//table[@class='lines']/tbody/tr/@class") == ["notify"]
    links = root.xpath("//table[@class='lines']/tbody/tr/th/a")
    assert [words(one) for one in links] == ["CAV06", "CUA101"]


def test_document() -> None:
    """The document is laid out: parties, lines with their taxes, rates, discounts, the key."""
    root = parse(_broken().to_html("es"))
    (paper,) = root.xpath("//div[@class='paper']")
    said = words(paper)
    assert "Distribuidora Tres Quebradas S.A.S." in said
    assert "Descuento 2 % (Descuento de bienvenida)−24.000,00" in said
    assert re.search(r"CUFE-SHA384 [0-9a-f]{96}", said)
    (row,) = paper.xpath(".//table[@class='lines']/tbody/tr[1]")
    assert [words(cell) for cell in row][2:] == [
        "40",
        "94",
        "3.650,50",
        "",
        "IVA 19 % 27.743,80",
        "146.020,00",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "file", sorted([*EXAMPLES.glob("*.xml"), *EXAMPLES.glob("payloads/*")]), ids=lambda file: file.name
)
def test_whole(file: object, language: str) -> None:
    """The page of each example loads nothing, has no script, and each of its links leads somewhere."""
    report = cuadre.check(str(file), today=dt.date(2027, 1, 31), keep=True)
    assert faults(report.to_html(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_tables(language: str) -> None:
    """Every cell of figures is in a table whose headings have a scope; levels of headings leave none out."""
    root = parse(_broken().to_html(language))
    assert root.xpath("//th[not(@scope)]") == []
    levels = [int(str(one.tag)[1]) for one in root.iter("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def _hostile(text: str) -> Report:
    document = cuadre.read(EXAMPLES / "credit-note.xml").document
    assert document is not None
    data = document.model_dump_json(exclude_defaults=True)
    for was in re.findall(r'"((?:[^"\\]|\\.){12,})":?', data):
        if not re.fullmatch(r"[a-z_]+", was):
            data = data.replace(f'"{was}"', f'"{text}"')
    assert data.count(text) > 10
    return cuadre.check(data.encode(), name="a.json", keep=True)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</style></title></textarea><img src=x onerror=alert(1)>",
        "]]>--><svg onload=alert(1)>",
        '\\" onmouseover=alert(1) x=\\"\'',
        "\\u0000\\u001b[2J\\u202ertl\\ufffe",
        "javascript:alert(1)//&lt;b&gt;&amp;",
    ],
)
def test_texts_of_a_document_are_no_markup(text: str) -> None:
    """Whatever a document says, the page has the same kinds of elements, and no control character."""
    page = _hostile(text).to_html("es")
    assert faults(page) == []
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe]", page)
    tags = {one.tag for one in parse(page).iter() if isinstance(one.tag, str)}
    assert tags == {
        one.tag for one in parse(_hostile("Texto de prueba").to_html("es")).iter() if isinstance(one.tag, str)
    }


def test_hostile_findings() -> None:
    """The texts of findings, of layers and of file names are texts too, also without the document."""
    page = hostile.report(hostile.finding(), failed=True, more=3).to_html("en")
    assert faults(page) == []
    assert "not in this report" in page
    assert "And 3 more findings" in page
    assert "\\x1b[2J" in words(parse(page))


def test_long_texts() -> None:
    """Texts of megabytes are cut."""
    assert len(_hostile("x" * 1_000_000).to_html("en")) < 100_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", [False, True])
def test_size(language: str, wrong: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The page of 1,000 lines with two taxes each is under a megabyte, also where every line is wrong."""
    data = invoice(1000, odd=True)
    if wrong:
        data = re.sub(
            rb"(?s)(<cac:InvoiceLine>.*?<cbc:LineExtensionAmount currencyID=.COP.>)\d", rb"\g<1>9", data
        )
    report = cuadre.check(data, keep=True)
    assert (len(report.findings) > 900) is wrong
    page = report.to_html(language)
    assert len(page.encode()) < 1_000_000
    assert faults(page) == []
    assert len(parse(page).xpath("//table[@class='lines']/tbody/tr")) == 1000


def test_more_lines_than_are_shown() -> None:
    """Of more than 1,000 lines those with findings are shown, and the page says how many are not."""
    data = invoice(1200).replace(b'<cbc:ID schemeID="999">ART1150<', b'<cbc:ID schemeID="qq">ART1150<')
    wrong = re.sub(
        rb"(?s)(.*Articulo de prueba 1150<.*?<cbc:PriceAmount currencyID=.COP.>)\d", rb"\g<1>9", data
    )
    root = parse(cuadre.check(wrong, keep=True).to_html("en"))
    rows = root.xpath("//table[@class='lines']/tbody/tr")
    assert [words(row[0]) for row in rows][999:] == ["1000", "1150"]
    assert words(root.xpath("//table[@class='lines']/tfoot")[0]) == "199 more lines are not shown"


def test_minified() -> None:
    """A file of one line is shown as pieces around each figure, each with its mark."""
    text = (EXAMPLES / "broken.xml").read_text(encoding="utf-8")
    data = re.sub(r">\s+<", "><", text).encode()
    page = cuadre.check(data, name="a.xml", today=_TODAY, keep=True).to_html("en")
    assert faults(page) == []
    pieces = parse(page).xpath("//div[@class='src']/div[@id]")
    assert [words(one.xpath(".//mark")[0]) for one in pieces] == [
        "2026-11-05",
        "18000.00",
        "1200000.00",
        "584900.25",
        "604838.06",
    ]
    assert max(len(words(one)) for one in pieces) < 150


def test_latin_1() -> None:
    """A file that is not UTF-8 is shown with its letters."""
    text = (EXAMPLES / "broken.xml").read_text(encoding="utf-8")
    text = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    text = text.replace("<cbc:PayableAmount", "<!-- año -->\n<cbc:PayableAmount")
    page = cuadre.check(text.encode("latin-1"), name="a.xml", today=_TODAY, keep=True).to_html("en")
    assert "&lt;!-- año --&gt;" in page


@pytest.mark.parametrize("data", [b"<", b'{"kind": "invoice", "lines": 5}', b"", b"<a>\n<b>\n</a>"])
def test_unreadable(data: bytes) -> None:
    """What cannot be read has a page that says why."""
    page = cuadre.check(data, name="a.xml", keep=True).to_html("es")
    assert faults(page) == []
    assert words(parse(page).xpath("//h1")[0]) == "a.xml: no se pudo leer"
    assert "CUA001" in page


def test_without_amounts() -> None:
    """A document with no figures at all has a page."""
    page = cuadre.check({"kind": "invoice"}, keep=True).to_html("en")
    assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_several(capsys: pytest.CaptureFixture[str], language: str) -> None:
    """Several documents have a list and a chart before them, and each is on the page."""
    argv = ("check", str(EXAMPLES), *TODAY, "--format", "html", "--lang", language)
    done = run(capsys, *argv)
    assert done.code == 1
    assert faults(done.out) == []
    root = parse(done.out)
    assert (
        words(root.xpath("//h1")[0])
        == {
            "en": "Rejected: 1 of 10 documents",
            "es": "Rechazados: 1 de 10 documentos",
        }[language]
    )
    assert len(root.xpath("//table[@class='list']/tbody/tr")) == 10
    assert len(root.xpath("//details[@class='document']")) == 10
    first = root.xpath("//table[@class='chart']/tbody/tr")[0]
    assert words(first[0]).startswith("FAU04")
    assert words(first[2]) == {"en": "155,000.00 COP", "es": "155.000,00 COP"}[language]
    widths = [int(width) for width in first.xpath(".//rect/@width")]
    assert widths == [100, 27]


def test_bars() -> None:
    """A bar is as long as its figure, and amounts of different currencies are not added."""
    reports = [cuadre.check(paths("broken.xml")[0], keep=True) for _ in range(3)]
    documents = [one.documents[0] for one in reports]
    kept = documents[0].kept
    assert kept is not None
    assert kept.document is not None
    dollars = kept.document.model_copy(update={"document_currency_code": "USD"})
    documents[0] = replace(documents[0], kept=replace(kept, document=dollars))
    root = parse(Report(tuple(documents)).to_html("en"))
    (row,) = root.xpath("//table[@class='chart']/tbody/tr[contains(th, 'FAU14')]")
    assert words(row[1]) == "3"
    assert words(row[2]) == "40,000.00 COP20,000.00 USD"


def test_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page would be too large, the worst documents are whole and the others in the list only."""
    monkeypatch.setattr("cuadre.formats.html_report.page._MOST_SIGNS", 60_000)
    good, bad = cuadre.check(EXAMPLES / "invoice.xml", keep=True), _broken()
    report = Report((*[good.documents[0]] * 5, *bad.documents))
    page = report.to_html("en")
    assert faults(page) == []
    root = parse(page)
    whole = root.xpath("//details[@class='document']")
    assert 1 <= len(whole) < 6
    assert words(whole[0].xpath(".//h2")[0]).endswith("rejected")
    assert f"{6 - len(whole)} more documents are in the list only" in page


def test_kept_up_to_a_limit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many bytes the documents of a run are no longer kept; their findings are."""
    monkeypatch.setattr("cuadre.cli.check_files._MOST_KEPT", 1000)
    done = run(
        capsys, "check", *paths("broken.xml", "invoice.xml"), *TODAY, "--format", "html", "--lang", "en"
    )
    root = parse(done.out)
    assert len(root.xpath("//div[@class='paper']")) == 1
    assert done.out.count("not in this report") == 1


def test_not_kept_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """A check keeps the document only where it is asked to; what it keeps is no part of equality."""
    (plain,), (kept,) = cuadre.check(BROKEN).documents, cuadre.check(BROKEN, keep=True).documents
    assert plain.kept is None
    assert kept.kept is not None
    assert kept.kept.data == (EXAMPLES / "broken.xml").read_bytes()
    assert plain == kept
    assert repr(plain) == repr(kept)
    assert cuadre.check(BROKEN, keep=True).to_json() == cuadre.check(BROKEN).to_json()
    assert (
        run(capsys, "check", BROKEN, "--format", "json").out
        == run(capsys, "check", BROKEN, "--output", "json=-").out
    )


def test_baseline(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What a baseline knows is counted, and shown nowhere."""
    argv = ("check", BROKEN, *TODAY, "--baseline", str(tmp_path / "known.json"), "--lang", "en")
    run(capsys, *argv, "--update-baseline")
    page = run(capsys, *argv, "--format", "html").out
    assert faults(page) == []
    assert words(parse(page).xpath("//h1")[0]).endswith("accepted")
    assert "5 findings that the baseline knows are not shown" in page
    assert parse(page).xpath("//article[contains(@class, 'card')]") == []


@pytest.mark.parametrize("count", [0, 1, 2])
def test_passed_by(count: int) -> None:
    """The page says what a folder holds that was not checked, also where it holds nothing else."""
    report = Report(_broken().documents * count, {"other JSON": 2})
    page = report.to_html("en")
    assert faults(page) == []
    assert words(parse(page)).count("2 other JSON") == 1


def test_same_each_time() -> None:
    """The same report gives the same page: it has no date, and no order of chance."""
    assert _broken().to_html("es") == _broken().to_html("es")
