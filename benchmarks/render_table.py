"""Print how long rendering takes, as a ratio to building the same tree with lxml alone."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

# A script has its own folder on the path, and not the one above.
sys.path.append(str(Path(__file__).parent.parent))

from benchmarks.ratios import interleave, ratios, spread, verdict
from benchmarks.test_render import AGAIN, BASE, RENDER, drafthorse, works

_PLAN = {10: (25, 40), 100: (25, 8), 1000: (25, 1)}
"""Rounds, and calls for one figure, by the number of lines."""
_TARGET = 1.5
_MANY, _FEW = 1000, 100
_PER_LINE_TARGET = 1.3
_HEADS = ("lines", "what", "median", "95 % interval", "least", "best ÷ best", "target", "")


def main() -> None:
    """Measure everything and print it as it comes."""
    python = platform.python_version()
    print(f"CPython {python} on {os.cpu_count()} × {platform.machine()}; lxml {version('lxml')}", end="\n\n")
    _print(_HEADS)
    _print(["---:", "---", *["---:"] * 5, "---"])
    for lines, (rounds, calls) in _PLAN.items():
        timed = works(lines)
        times = interleave(timed, rounds, dict.fromkeys(timed, calls))
        _ratio(str(lines), f"{RENDER} ÷ {BASE}", times[RENDER], times[BASE], _TARGET)
        _ratio(str(lines), f"{AGAIN} ÷ {BASE}", times[AGAIN], times[BASE], None)
    _per_line()
    _drafthorse()


def _per_line() -> None:
    """Print the time per line of many lines, divided by that of few: 1 is linear."""
    timed = {lines: works(lines)[RENDER] for lines in (_FEW, _MANY)}
    times = interleave(timed, 15, {_FEW: _MANY // _FEW})
    many = [seconds / _MANY for seconds in times[_MANY]]
    few = [seconds / _FEW for seconds in times[_FEW]]
    _ratio("", f"{RENDER}: time per line, {_MANY} lines ÷ {_FEW} lines", many, few, _PER_LINE_TARGET)


def _drafthorse() -> None:
    """Time drafthorse where it is installed; it writes CII, so what it builds is another, smaller tree."""
    name = f"drafthorse, these lines as CII ÷ {BASE}"
    if find_spec("drafthorse") is None:
        _print(["", name, "not installed", *[""] * 5])
        return
    for lines, (_, calls) in _PLAN.items():
        timed = {BASE: works(lines)[BASE], name: drafthorse(lines)}
        times = interleave(timed, 9, dict.fromkeys(timed, calls))
        _ratio(str(lines), name, times[name], times[BASE], None)


def _ratio(
    lines: str, name: str, times: Sequence[float], bases: Sequence[float], target: float | None
) -> None:
    found = spread(ratios(times, bases))
    _print(
        [
            lines,
            name,
            f"{found.median:.2f}",
            f"{found.low:.2f} to {found.high:.2f}",
            f"{found.least:.2f}",
            f"{min(times) / min(bases):.2f}",
            "" if target is None else f"≤ {target:g}",
            verdict(found.low, found.high, target),
        ]
    )


def _print(cells: Sequence[str]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
