"""The baseline: findings that are known, so that only new ones fail a check."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Finding, Severity, Value
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.texts import say
from cuadre.report import DocumentReport, Layer, verdict_of

_VERSION = 1


class BaselineError(CuadreError):
    """A baseline that cannot be used; ``detail["file"]`` names it."""

    code = "baseline"


class Known(NamedTuple):
    """A finding as a baseline has it: by what it says, and by no line, so that it is told again."""

    file: str
    """Relative to the folder of the baseline, with ``/``."""
    code: str
    path: str
    """The path in the document, without positions."""
    stated: str
    expected: str
    """Of an amount; another expected value, such as a date, may depend on the day of the check."""


@dataclass(frozen=True)
class Baseline:
    """Known findings, with how often each is known."""

    folder: Path
    known: Mapping[Known, int]

    def without_known(self, document: DocumentReport) -> DocumentReport:
        """Take the known findings out of a report, and out of its verdict; the report says how many.

        A document that cannot be read, or was not checked, stays so.
        """
        name = self.name(document.source)
        left = Counter(self._by_file.get(name))
        new = []
        for finding in document.findings:
            key = known(finding, name)
            if left[key] and finding.severity is not Severity.ERROR:
                left[key] -= 1
            else:
                new.append(finding)
        count = len(document.findings) - len(new)
        if not count:
            return document
        layers = tuple([_in_part(layer, count) for layer in document.layers])
        verdict = verdict_of(tuple(new), layers)
        return replace(document, findings=tuple(new), layers=layers, verdict=verdict, in_baseline=count)

    @cached_property
    def _by_file(self) -> Mapping[str, Mapping[Known, int]]:
        """The known findings of each file, so that a document is not compared with those of all others."""
        found: dict[str, dict[Known, int]] = {}
        for one, count in self.known.items():
            found.setdefault(one.file, {})[one] = count
        return found

    def name(self, source: str) -> str:
        """Name a file relative to the folder of the baseline."""
        return Path(os.path.relpath(source, self.folder)).as_posix()

    def updated(self, documents: Iterable[DocumentReport]) -> "Baseline":
        """Know what is found in these documents, and keep what is known of other files that still exist."""
        checked = {self.name(document.source): document for document in documents}
        kept = {
            one: count
            for one, count in self.known.items()
            if one.file not in checked and (self.folder / one.file).is_file()
        }
        found = Counter(
            known(finding, name)
            for name, document in checked.items()
            for finding in document.findings
            if finding.severity is not Severity.ERROR
        )
        return Baseline(self.folder, {**kept, **found})

    def to_json(self) -> str:
        """Write it in order, so that a change of it is easy to read."""
        rows = [{**one._asdict(), "count": self.known[one]} for one in sorted(self.known)]
        return json.dumps({"version": _VERSION, "findings": rows}, indent=2) + "\n"


def known(finding: Finding, file: str) -> Known:
    """Describe a finding as a baseline does."""
    path = _POSITION.sub("", finding.place.path)
    expected = finding.expected if isinstance(finding.expected, Decimal) else None
    return Known(file, finding.code, path, _text(finding.stated), _text(expected))


_POSITION = re.compile(r"\[[0-9]+\]")


def _text(value: Value) -> str:
    return format_amount(value) if isinstance(value, Decimal) else value or ""


def _in_part(layer: Layer, count: int) -> Layer:
    if layer.name != "rules" or layer.status == "failed":
        return layer
    reason = say("cuadre:in_baseline", count=count)
    if layer.reason is not None:
        reason = say("cuadre:both", first=layer.reason, second=reason)
    return Layer(layer.name, "in part", reason)


def load_baseline(file: Path) -> Baseline:
    """Read a baseline; one that is not there knows nothing. Raises BaselineError where it is wrong."""
    folder = file.absolute().parent
    try:
        content = json.loads(file.read_bytes(), parse_float=str)
    except FileNotFoundError:
        return Baseline(folder, {})
    except (ValueError, RecursionError):
        raise _wrong(file) from None
    if not isinstance(content, dict) or content.get("version") != _VERSION:
        raise _wrong(file)
    try:
        rows = {
            Known(*[str(row[name]) for name in Known._fields]): int(row["count"])
            for row in content["findings"]
        }
    except (KeyError, TypeError, ValueError):
        raise _wrong(file) from None
    return Baseline(folder, rows)


def _wrong(file: Path) -> BaselineError:
    return BaselineError(say("cuadre:no_baseline", file=str(file)), file=str(file))
