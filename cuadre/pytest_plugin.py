"""``pytest --cuadre``: documents and payloads as tests; without it, nothing of cuadre is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cuadre.pytest_fixture import Checker
    from cuadre.pytest_items import DocumentFile

_ENDINGS = {".xml", ".json"}
_MARKERS = {
    "cuadre": "a document that cuadre checks",
    "reject": "a rule whose findings reject a document",
    "notify": "a rule whose findings are remarks of the tax authority",
    "lint": "a rule of cuadre's own",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; each has the name that ``cuadre check`` has for it."""
    group = parser.getgroup("cuadre", "electronic invoices as tests")
    # Each is None where it is not given; cuadre.pytest_options says what that means.
    flag: dict[str, Any] = {"action": "store_true", "default": None}
    group.addoption("--cuadre", help="collect documents and payloads as tests", **flag)
    group.addoption("--cuadre-per-rule", help="one test for each rule, not for each document", **flag)
    group.addoption("--cuadre-select", metavar="CODES", help="only codes that start so")
    group.addoption("--cuadre-ignore", metavar="CODES", help="no codes that start so")
    group.addoption(
        "--cuadre-rules",
        metavar="FOLDER",
        action="append",
        help="a folder with rules of your own, whose Python files are run; may be repeated",
    )
    group.addoption("--cuadre-today", metavar="DATE", help="date to compare issue dates with (default: none)")
    group.addoption(
        "--cuadre-fail-on",
        choices=("reject", "notify", "lint"),
        help="the mildest severity that fails a test (default: reject)",
    )
    group.addoption("--cuadre-lang", choices=("en", "es"), help="language of sentences (default: en)")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks that the items carry, and refuse options that cannot be used before any test."""
    for name, meaning in _MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning} (--cuadre)")
    if config.getoption("cuadre") or config.getoption("cuadre_rules"):
        from cuadre.pytest_options import settings_of  # noqa: PLC0415 - only where it is asked for

        settings_of(config)


@pytest.fixture(scope="session")
def cuadre(pytestconfig: pytest.Config) -> "Checker":
    """Check documents with the options of the command line: check, assert_accepted, assert_fires, mutate."""
    from cuadre.pytest_fixture import Checker  # noqa: PLC0415 - only who uses it pays

    return Checker(pytestconfig)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "DocumentFile | None":
    """Collect a document; a file named on the command line is collected whatever is in it."""
    config = parent.config
    if not config.getoption("cuadre") or file_path.suffix.lower() not in _ENDINGS:
        return None
    from cuadre.pytest_items import DocumentFile  # noqa: PLC0415 - only with --cuadre
    from cuadre.pytest_options import settings_of  # noqa: PLC0415 - as above
    from cuadre.recognition import recognise  # noqa: PLC0415 - as above

    named = any(Path(str(one).partition("::")[0]).absolute() == file_path for one in config.args)
    if not named:
        left_out = settings_of(config).exclusion.leaves_out(file_path)
        if left_out or recognise(file_path.read_bytes()) != "document":
            return None
    collector: DocumentFile = DocumentFile.from_parent(parent, path=file_path)
    return collector
