"""A headless Chromium for the tests of the HTML report; without it they are skipped, with the reason."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_AXE = ROOT / "build" / "browser" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start the Chromium that is installed here, or that ``CUADRE_CHROMIUM`` names."""
    reason = "needs playwright: make browser"
    playwright = pytest.importorskip("playwright.sync_api", reason=reason)
    found = os.environ.get("CUADRE_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium, or its path in CUADRE_CHROMIUM")
    with playwright.sync_playwright() as started:
        # Chromium's own sandbox needs more than a container allows; the pages are our own.
        running = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the source of axe-core, which looks for what keeps people from reading a page."""
    file = Path(os.environ.get("CUADRE_AXE", _AXE))
    if not file.is_file():
        pytest.skip("needs axe-core: make browser, or its path in CUADRE_AXE")
    return file.read_text(encoding="utf-8")
