"""The HTML report in a real Chromium: nothing is loaded, nothing overflows, everybody can read it."""

import datetime as dt
import re
import runpy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cuadre
from cuadre.engine.sentences import LANGUAGES
from cuadre.report import Report

from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
_EXAMPLES = ROOT / "examples"
_INVOICE: Callable[..., bytes] = runpy.run_path(str(ROOT / "benchmarks" / "generate.py"))["invoice"]
_PHONE, _DESK = 360, 1280
_LONG = "9" * 18 + "." + "9" * 12
_TODAY = dt.date(2027, 1, 31)


def _check(data: bytes | Path) -> Report:
    return cuadre.check(data, name="a.xml", today=_TODAY, keep=True)


def _broken() -> Report:
    return _check(_EXAMPLES / "broken.xml")


def _several() -> Report:
    files = sorted([*_EXAMPLES.glob("*.xml"), *_EXAMPLES.glob("payloads/*")])
    return Report(tuple([document for file in files for document in _check(file).documents]))


def _largest_amounts() -> Report:
    """Put the largest amount in each place, and texts without a space in others."""
    text = (_EXAMPLES / "withholdings-and-discounts.xml").read_text(encoding="utf-8")
    text = re.sub(r">[0-9]+\.[0-9]+</cbc:", f">{_LONG}</cbc:", text)
    elements = "Description|RegistrationName|Note|Line|AllowanceChargeReason"
    text = re.sub(rf">[^<>]+</cbc:({elements})>", rf">{'W' * 150}</cbc:\1>", text)
    report = _check(text.encode())
    assert report.verdict == "rejected"
    return report


def _lines() -> Report:
    return _check(_INVOICE(1000, odd=True))


_REPORTS = {
    "one": _broken,
    "several": _several,
    "payload": lambda: _check(_EXAMPLES / "payloads" / "apidian-credit-note.json"),
    "unreadable": lambda: _check(b"<"),
    "not kept": lambda: cuadre.check(_EXAMPLES / "broken.xml"),
    "largest amounts": _largest_amounts,
}


@contextmanager
def _opened(
    browser: "Browser", page: str, folder: Path, width: int, *, scheme: str = "light", bypass: bool = False
) -> "Iterator[Page]":
    """Open a page from a file; whatever it says on the console, or asks for, is a failure."""
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=bypass,
    )
    said: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: said.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert set(said) == {file.as_uri()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [_PHONE, _DESK])
@pytest.mark.parametrize("name", _REPORTS)
def test_everybody_can_read_it(
    browser: "Browser", axe: str, tmp_path: Path, name: str, width: int, scheme: str, language: str
) -> None:
    """axe-core finds nothing, with everything unfolded, on a desk and on a phone, light and dark."""
    page = _REPORTS[name]().to_html(language)
    # The policy would keep axe-core out too, as it should.
    with _opened(browser, page, tmp_path, width, scheme=scheme, bypass=True) as opened:
        opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        opened.evaluate(axe)
        found = opened.evaluate("axe.run()")
    assert [(one["impact"], one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 15


@pytest.mark.parametrize("unfolded", [False, True])
@pytest.mark.parametrize("width", [_PHONE, _DESK])
@pytest.mark.parametrize("name", _REPORTS)
def test_no_sideways_scrolling(
    browser: "Browser",
    tmp_path: Path,
    name: str,
    width: int,
    unfolded: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """No part of the page is wider than the screen, folded or not, whatever the amounts."""
    with _opened(browser, _REPORTS[name]().to_html("es"), tmp_path, width) as opened:
        if unfolded:
            opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_scripting_time(browser: "Browser", tmp_path: Path) -> None:
    """The page of 1,000 lines takes no scripting time, since it has no script; 2 seconds are allowed."""
    with _opened(browser, _lines().to_html("es"), tmp_path, _DESK) as opened:
        session = opened.context.new_cdp_session(opened)
        session.send("Performance.enable")
        opened.reload()
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        assert metrics["ScriptDuration"] < 2
        assert opened.locator("table.lines tbody tr").count() == 1000


@pytest.mark.parametrize("width", [_PHONE, _DESK])
def test_keyboard(browser: "Browser", tmp_path: Path, width: int) -> None:
    """The first stop leads to the content; each fold is reached with Tab, seen, and opened with Enter."""
    with _opened(browser, _broken().to_html("en"), tmp_path, width) as opened:
        opened.keyboard.press("Tab")
        assert opened.evaluate("document.activeElement.getAttribute('href')") == "#content"
        assert opened.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        folds = opened.locator("summary").count()
        opened.keyboard.press("Enter")
        reached = 0
        for _ in range(200):
            opened.keyboard.press("Tab")
            name = opened.evaluate("document.activeElement.tagName")
            if name == "BODY":
                break
            if name == "SUMMARY":
                reached += 1
                assert opened.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                opened.keyboard.press("Enter")
        assert reached == folds > 10
        assert opened.locator("details:not([open])").count() == 0


def test_link_into_a_fold(browser: "Browser", tmp_path: Path) -> None:
    """A link of the list unfolds the document that it leads to."""
    with _opened(browser, _several().to_html("en"), tmp_path, _DESK) as opened:
        assert opened.locator("details.document[open]").count() == 0
        opened.locator("table.list a").first.click()
        opened.wait_for_function("document.querySelector(location.hash).getBoundingClientRect().top < 400")


def test_print(browser: "Browser", tmp_path: Path) -> None:
    """What is folded on the screen is printed."""
    with _opened(browser, _broken().to_html("en"), tmp_path, _DESK) as opened:
        inside = "[...document.querySelectorAll('details > :not(summary)')]"
        seen = f"{inside}.filter(one => one.checkVisibility()).length"
        assert opened.evaluate(seen) == 0
        opened.emulate_media(media="print")
        assert opened.evaluate(seen) > 10
        assert opened.evaluate("document.documentElement.scrollWidth") == _DESK


def test_policy_keeps_scripts_out(browser: "Browser", tmp_path: Path) -> None:
    """A script or a style that came into the page in spite of all is not run: the policy forbids it."""
    page = _broken().to_html("en")
    smuggled = "<script>document.title='run'</script><style>body{display:none}</style><img src=x></body>"
    file = tmp_path / "report.html"
    file.write_text(page.replace("</body>", smuggled), encoding="utf-8")
    context = browser.new_context()
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    assert opened.title().startswith("Invoice")
    assert opened.evaluate("getComputedStyle(document.body).display") == "block"
    context.close()
    assert len([one for one in said if "Content Security Policy" in one]) >= 3
