"""The pages about senders: the plugin of docs/senders.md sends, and what they name is there."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cuadre.senders.contract import PayloadError, find, register
from cuadre.senders.delivery.receipt import Status
from cuadre.senders.delivery.receipt_limits import MAX_IDENTIFIER, MAX_MESSAGES, MAX_RAW, MAX_TEXT
from cuadre.senders.delivery.retrying import Pace

from .conftest import Desk, invoice

PAGE = Path(__file__).parents[3] / "docs" / "senders.md"


def test_example_sends(desk: Desk) -> None:
    """The example is complete: it is accepted as a provider and its document by the office."""
    (source,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - our own page
    provider = register("colibri", names["provider"])
    reading = provider.read(provider.write(invoice()))
    assert reading.document.id == "SETP1"
    assert reading.source.place(("id",)).pointer == "/number"
    with pytest.raises(PayloadError):
        provider.read(b'{"colibri": 1}')
    desk.office.script.append("cut after")
    assert desk._replace(provider=provider).send(invoice()).status is Status.ACCEPTED
    assert desk.office.posts == {"SETP1": 1}


@pytest.mark.parametrize("name", ["senders", "apidian", "ssintegral"])
def test_files_exist(name: str) -> None:
    """Every file and module that a page names is there."""
    text = PAGE.with_name(f"{name}.md").read_text("utf-8")
    root = PAGE.parents[1]
    files = re.findall(r"`(senders/[\w/.]+)`", text)
    assert [file for file in files if not (root / file).exists()] == []
    modules = re.findall(r"`(cuadre(?:\.\w+)+)`", text)
    assert [module for module in modules if not exists(module)] == []


def exists(name: str) -> bool:
    """Tell whether a dotted name is a module, or a member of one."""
    module, _, member = name.rpartition(".")
    try:
        return hasattr(import_module(module), member) or import_module(name) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("name", ["apidian", "ssintegral"])
def test_settings_and_secrets_are_described(name: str) -> None:
    """A provider's page names each of its settings and secrets."""
    text, provider = PAGE.with_name(f"{name}.md").read_text("utf-8"), find(name)
    assert [one for one in (*provider.settings, *provider.credentials) if f"`{one}`" not in text] == []


def test_numbers() -> None:
    """The limits and times of the page are those of the code."""
    text = PAGE.read_text("utf-8")
    pace = Pace()
    for said in (
        f"{MAX_RAW:,} characters",
        f"{MAX_MESSAGES} messages of {MAX_TEXT:,} characters",
        f"{MAX_IDENTIFIER} characters",
        f"up to {pace.attempts} times",
        f"at most {pace.sends} times",
        f"{pace.settle:.0f} s (`Pace.settle`)",
        f"after {pace.deadline:.0f} s",
        f"up to {pace.cap:.0f} s",
    ):
        assert said in " ".join(text.split()), said
