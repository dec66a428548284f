"""The one style of the page, and the hash by which the page's policy allows it and nothing else."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources

from cuadre.formats.html_report import chart, line_table, summary, tax_table, totals
from cuadre.formats.html_report.language import Language


def style(language: Language) -> str:
    """Return the style; on a phone a cell is named by the style, since its heading is not seen."""
    rules = [
        *_names("lines", line_table.COLUMNS, 2, language),
        *_names("totals", totals.COLUMNS, 1, language),
        *_names("taxes", tax_table.COLUMNS, 1, language),
        *_names("list", summary.COLUMNS, 1, language),
        *_names("chart", chart.COLUMNS, 1, language),
    ]
    return "\n".join([_sheet().rstrip(), *rules, ""])


def _names(table: str, columns: Sequence[str], first: int, language: Language) -> Iterator[str]:
    width = _WIDTHS.get(table, _NARROW)
    for number, name in enumerate(columns[first:], start=first + 1):
        rule = f'.{table} td:nth-child({number})::before {{ content: "{language.word(name.lstrip(">"))}" }}'
        yield f"@media screen and (max-width: {width}px) {{ {rule} }}"


_NARROW = 640
_WIDTHS = {"lines": 900}
"""The screens, in pixels, on which report.css shows the rows of a table as blocks."""


def policy(sheet: str) -> str:
    """Return a policy that allows this style, and no script, picture, font, form or connection."""
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _sheet() -> str:
    return resources.files("cuadre.formats.html_report").joinpath("report.css").read_text(encoding="utf-8")
