"""Hypothesis as these tests use it, and rules of folders that do not outlive the test that loads them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from cuadre import rule_folders
from cuadre.rules import registry

settings.register_profile("front", deadline=None, derandomize=True, database=None, max_examples=150)
settings.load_profile("front")


@pytest.fixture(autouse=True)
def _no_rules_are_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a test load folders of rules, and forget them after it."""
    loaded: dict[Path, str] = {}
    monkeypatch.setattr(registry, "_ADDED", [])
    monkeypatch.setattr(rule_folders, "_LOADED", loaded)
    yield
    for path in loaded:
        rule_folders._forget(rule_folders._package(path))
