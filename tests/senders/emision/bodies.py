"""Bodies to test with: two invented ones, and the seed's sample where the seeds are at hand."""

import json
import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from cuadre.engine.json_reading import read_json
from cuadre.senders.payloads.differences import encode
from cuadre.senders.payloads.payload import Json

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
CORPUS = Path(os.environ.get("CUADRE_CORPUS") or ROOT.parent / "shared" / "corpus")
_SEEDS = list(CORPUS.parent.glob("seeds/001_*.txt"))
PROPERTY = settings(deadline=None, derandomize=True, database=None, max_examples=120)
FIXTURES = ("water", "gas")


def body(name: str) -> bytes:
    """Return a fixture's bytes."""
    return (HERE / "fixtures" / f"{name}.json").read_bytes()


def value(data: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Read JSON, numbers as Decimal."""
    return read_json(data)


def exact(data: bytes) -> str:
    """Tell what JSON says, types and digits included, whatever the order of its keys."""
    return same(value(data))


def same(tree: Json) -> str:
    """Tell a JSON value's types and digits, whatever the order of its keys."""
    return json.dumps(encode(tree), sort_keys=True)


def changed(name: str, change: Callable[[Any], None]) -> bytes:
    """Return a fixture with a change."""
    tree = value(body(name))
    change(tree)
    return json.dumps(tree, default=_number).encode()


def _number(number: Decimal) -> float:
    return float(number)


def seed_blocks() -> list[str]:
    """Return the numbered listings of the seed: the sample body and the three answers."""
    if not _SEEDS:
        pytest.skip(f"no seeds at {CORPUS.parent / 'seeds'}: set $CUADRE_CORPUS")
    blocks: list[list[str]] = []
    for line in _SEEDS[0].read_text(encoding="utf-8").splitlines():
        numbered = re.match(r" *(\d+)", line)
        if numbered is None:
            continue
        if numbered[1] == "1":
            blocks.append([])
        if blocks and int(numbered[1]) == len(blocks[-1]) + 1:
            blocks[-1].append(line[numbered.end() :])
    return ["\n".join(block) for block in blocks if block[0].startswith("{")]
