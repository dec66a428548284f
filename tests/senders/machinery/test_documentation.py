"""The plugin of docs/senders.md is a provider, and sends."""

import re
from pathlib import Path
from typing import Any

import pytest

from cuadre.senders.contract import PayloadError, register
from cuadre.senders.delivery.receipt import Status

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
