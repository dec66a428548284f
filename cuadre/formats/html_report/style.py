"""The one style of the page, and the hash by which the page's policy allows it and nothing else."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources

from cuadre.formats.html_report.language import Language
from cuadre.formats.html_report.line_table import COLUMNS


def style(language: Language) -> str:
    """Return the style; on a phone a cell of a line is named by the style, since its heading is not seen."""
    names = [language.word(name.lstrip(">")) for name in COLUMNS]
    labels = [
        f'.lines td:nth-child({number})::before{{content:"{name}"}}'
        for number, name in enumerate(names, start=1)
    ]
    narrow = "\n".join(labels[2:])
    return f"{_sheet()}@media (max-width:640px){{\n{narrow}\n}}\n"


def policy(sheet: str) -> str:
    """Return a policy that allows this style, and no script, picture, font, form or connection."""
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _sheet() -> str:
    return resources.files("cuadre.formats.html_report").joinpath("report.css").read_text(encoding="utf-8")
