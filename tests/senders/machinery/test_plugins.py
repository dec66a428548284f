"""A provider that others install: found by its entry point, and refused, by name, where it is broken."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cuadre.engine.errors import CuadreError, DefinitionError, UnknownNameError
from cuadre.engine.plugins import plugins
from cuadre.senders import contract
from cuadre.senders.delivery.receipt import Status

from .conftest import Desk, invoice

INVENTED = Path(__file__).with_name("invented.py")


class Shop:
    """Installs packages into a folder on the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, source: str, point: str = "provider") -> None:
        """Install a module with an entry point, as pip would."""
        (self.folder / f"{name}_sender.py").write_text(source, encoding="utf-8")
        info = self.folder / f"{name}_sender-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-sender\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{contract.GROUP}]\n{name} = {name}_sender:{point}\n")


def forget_plugins() -> None:
    """Forget which plugins were found."""
    plugins.cache_clear()
    contract.providers.cache_clear()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Put a folder on the path, and forget afterwards what was found there."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(folder))
    forget_plugins()
    yield Shop(folder)
    forget_plugins()
    for name in set(sys.modules) - before:
        if name.endswith("_sender"):
            del sys.modules[name]


def test_found_and_used(shop: Shop, desk: Desk) -> None:
    """A sixth provider is found beside those that there are, and sends."""
    before = set(contract.providers())
    forget_plugins()
    shop.install("colibri", INVENTED.read_text("utf-8"))
    assert set(contract.providers()) - before == {"colibri"}
    provider = contract.find("colibri")
    assert provider.title == "Colibrí Inventado"
    assert desk._replace(provider=provider).send(invoice()).status is Status.ACCEPTED


@pytest.mark.parametrize(
    "member", ["recognises", "read", "write", "send_request", "read_send", "query_request", "read_query"]
)
def test_broken_function(shop: Shop, member: str) -> None:
    """A plugin without a function is named with what it lacks."""
    source = INVENTED.read_text("utf-8").replace(f"def {member}(", f"def not_{member}(")
    shop.install("colibri", source)
    with pytest.raises(DefinitionError) as broken:
        contract.providers()
    assert broken.value.detail == {"sender": "colibri", "member": member}


@pytest.mark.parametrize(
    ("member", "line"),
    [
        ("title", "title = 5"),
        ("credentials", 'credentials = ["TOKEN"]'),
        ("sends", 'sends = "yes"'),
        ("name", 'name = "gorrion"'),
        ("unread", "unread = [401]"),
        ("unread", 'unread = ("401",)'),
    ],
)
def test_broken_value(shop: Shop, member: str, line: str) -> None:
    """A plugin with a wrong value is named with it."""
    shop.install("colibri", INVENTED.read_text("utf-8") + f"\nColibri.{line}\n")
    with pytest.raises(DefinitionError) as broken:
        contract.providers()
    assert broken.value.detail == {"sender": "colibri", "member": member}


def test_broken_module(shop: Shop) -> None:
    """A plugin that cannot be imported is named, and stops nobody who wants another."""
    shop.install("colibri", "import nothing_of_that_name")
    with pytest.raises(DefinitionError) as broken:
        contract.find("colibri")
    assert broken.value.detail["plugin"] == "colibri"
    assert "colibri-sender" in str(broken.value)
    assert contract.find("apidian").name == "apidian"


def test_unknown_name() -> None:
    """A provider that is not there is said to be so, with those that are."""
    with pytest.raises(UnknownNameError) as unknown:
        contract.find("colibri")
    assert "apidian" in str(unknown.value)


def test_provider_that_only_asks(desk: Desk) -> None:
    """A provider that sends nothing says so, and nothing is noted."""
    desk.provider.sends = False
    with pytest.raises(CuadreError) as refused:
        desk.send(invoice())
    assert refused.value.detail == {"sender": "colibri"}
    assert desk.journal.history("SETP1") == ()
