"""Columns of text: the first to the left, figures to the right."""

from collections.abc import Sequence


def columns(rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Align rows, which have the same number of cells; the first ``left`` cells of each are words."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [
                *map(str.ljust, row[:left], widths[:left]),
                *map(str.rjust, row[left:], widths[left:]),
            ]
        ).rstrip()
        for row in rows
    )


def signed(difference: str) -> str:
    """Write the sign of a difference also where it is positive; nothing where there is none."""
    return f"+{difference}" if difference and not difference.startswith(("-", "0")) else difference
