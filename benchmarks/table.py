"""Print a Markdown table of how long cuadre takes, as ratios; ``make bench`` runs it, no figure fails it."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

# A script has its own folder on the path, and not the one above.
sys.path.append(str(Path(__file__).parent.parent))

from benchmarks.generate import invoice
from benchmarks.plugin import CHECK as CHECK_ALL
from benchmarks.plugin import EMPTY, PLUGIN, plugin_times
from benchmarks.processes import CHECK, COMMANDS, IMPORT, NOTHING, starter
from benchmarks.ratios import interleave, ratios, spread, verdict
from benchmarks.stages import BASE, FULL, RECOMPUTE, REPORT, Work, report, stages

_PLAN = {1: (25, 40), 10: (41, 30), 100: (41, 6), 1000: (31, 1), 10_000: (9, 1)}
"""Rounds, and calls for one figure, by the number of lines."""
_TARGETS = {
    (10, REPORT): 5.0,
    (100, REPORT): 5.0,
    (1000, REPORT): 5.0,
    (10, FULL): 4.0,
    (100, FULL): 4.0,
    (1000, FULL): 4.0,
    (10, RECOMPUTE): 0.67,
}
_MANY, _FEW, _ODD = 10_000, 100, 1000
_ODD_TARGETS = {FULL: 5.0}
_PER_LINE = f"time per line, {_MANY} lines ÷ {_FEW} lines"
_PER_LINE_TARGET = 1.3
_FEW_CALLS = 8
_PER_LINE_ROUNDS = 15
_DOCUMENTS, _PLUGIN_ROUNDS, _PLUGIN_TARGET = 1000, 7, 1.5
_STARTS = 11
_START_TARGETS = {IMPORT: 50.0, CHECK: 300.0}
_HEADS = ("lines", "what", "median", "95 % interval", "least", "best ÷ best", "target", "")


def main() -> None:
    """Measure everything and print it as it comes."""
    print(_machine(), end="\n\n")
    _print(_HEADS)
    _print(["---:", "---", *["---:"] * 5, "---"])
    per_line = _per_line()
    for lines in _PLAN:
        _size(lines)
    _odd()
    _ratio("", _PER_LINE, *per_line, _PER_LINE_TARGET)
    _plugin()
    _starts()


def _machine() -> str:
    names = ("lxml", "pydantic", "cuadre")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    python = platform.python_version()
    return f"CPython {python} on {os.cpu_count()} × {platform.machine()}; {versions}"


def _per_line() -> tuple[list[float], list[float]]:
    """Time the check of many lines and of few, by line; first of all, since a grown process is faster."""
    many, few = invoice(_MANY), invoice(_FEW)
    works: dict[int, Work] = {_FEW: lambda: report(few), _MANY: lambda: report(many)}
    times = interleave(works, _PER_LINE_ROUNDS, {_FEW: _FEW_CALLS})
    return [second / _MANY for second in times[_MANY]], [second / _FEW for second in times[_FEW]]


def _size(lines: int) -> None:
    """Print the rows of one size."""
    rounds, calls = _PLAN[lines]
    works = stages(invoice(lines))
    times = interleave(works, rounds, dict.fromkeys(works, calls))
    for name in works:
        if name != BASE:
            _ratio(str(lines), name, times[name], times[BASE], _TARGETS.get((lines, name)))


def _odd() -> None:
    """Print how long an invoice takes in which no two lines have the same markup."""
    works = stages(invoice(_ODD, odd=True))
    times = interleave(works, _PLAN[_ODD][0], {})
    for name in (REPORT, FULL):
        _ratio(str(_ODD), f"{name}, every line odd", times[name], times[BASE], _ODD_TARGETS.get(name))


def _ratio(
    lines: str, name: str, times: Sequence[float], bases: Sequence[float], target: float | None
) -> None:
    found = spread(ratios(times, bases))
    best = min(times) / min(bases)
    _print(
        [
            lines,
            name,
            f"{found.median:.2f}",
            f"{found.low:.2f} to {found.high:.2f}",
            f"{found.least:.2f}",
            f"{best:.2f}",
            "" if target is None else f"≤ {target:g}",
            verdict(found.low, found.high, target),
        ]
    )


def _starts() -> None:
    """Print cold starts in milliseconds, and what each takes beyond an interpreter that does nothing."""
    times = interleave({name: starter(name) for name in COMMANDS}, _STARTS, {})
    for name, seconds in times.items():
        found = spread([second * 1000 for second in seconds])
        beyond = (min(seconds) - min(times[NOTHING])) * 1000
        target = _START_TARGETS.get(name)
        _print(
            [
                "",
                f"`{name}`" + (f": {beyond:.0f} ms beyond the first" if name != NOTHING else ""),
                f"{found.median:.0f} ms",
                f"{found.low:.0f} to {found.high:.0f} ms",
                f"{found.least:.0f} ms",
                "",
                "" if target is None else f"< {target:g} ms",
                verdict(found.low, found.high, target),
            ]
        )


def _plugin() -> None:
    """Print what pytest costs over many documents, beside checking them and as many empty tests."""
    times = plugin_times(_DOCUMENTS, _PLUGIN_ROUNDS)
    together = [sum(pair) for pair in zip(times[CHECK_ALL], times[EMPTY], strict=True)]
    name = f"`{PLUGIN}`, {_DOCUMENTS} documents ÷ (`{CHECK_ALL}` + {_DOCUMENTS} empty tests)"
    _ratio("10", name, times[PLUGIN], together, _PLUGIN_TARGET)


def _print(cells: Sequence[str]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
