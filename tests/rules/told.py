"""What a check tells of each document of the tables, as far as the tests of this folder assert it."""

from decimal import Decimal
from typing import NamedTuple

from cuadre.checking import check
from cuadre.engine.findings import Finding
from cuadre.engine.json_reading import read_json
from cuadre.engine.secrets import Secrets
from cuadre.reading import read
from cuadre.report import DocumentReport, Layer
from cuadre.senders.contract import providers

from .cases import KINDS, TODAY, Case, base, bases, cases, resolutions, table
from .mutate import mutate
from .negatives import negatives
from .said import follows, own, said, stated, text


class Told(NamedTuple):
    """A document to check, as plain data."""

    data: bytes
    secrets: tuple[str | None, str | None] = (None, None)
    only: str = ""
    """The one path that the test looks at; empty for all."""
    dated: bool = True
    """Whether the check is given the date of sending."""
    is_payload: bool = False
    """Whether the inputs of findings are in the body, and not in the Document."""
    numbering: str = ""
    """The resolutions, as the table writes them."""


def documents() -> list[Told]:
    """List the bases and the documents of every table of this folder, and those with a negative amount."""
    found = [Told(data, dated=dated) for data in bases().values() for dated in (True, False)]
    found += [_of_case(case) for case in cases()]
    for row in table("tolerances"):
        for letter in row["kinds"]:
            for value in f"{row['tolerated']} {row['rejected']}".split():
                change = KINDS[letter].fill(row["change"]).replace("{value}", value)
                found.append(Told(mutate(base(row["base"], letter), change), only=row["path"]))
    return found + [Told(one.data, only=one.path) for one in negatives()]


def _of_case(case: Case) -> Told:
    secrets = (case.secrets.technical_key, case.secrets.pin)
    return Told(case.data, secrets, is_payload=case.pack in providers(), numbering=case.numbering)


def tell(document: Told) -> list[object]:
    """Check a document, and return what the tests compare."""
    today, secrets = TODAY if document.dated else None, Secrets(*document.secrets)
    given = resolutions(document.numbering)
    report = check(document.data, today=today, ignore="XSD", secrets=secrets, numbering=given).documents[0]
    if document.only:
        mine = [found for found in report.findings if found.place.path == document.only]
        return [(one.code, one.severity.value, text(one.stated), text(one.expected)) for one in mine]
    told: list[object] = [report.verdict, *failed(report)]
    for found in own(report.findings):
        told += [found.code, said(found), sorted(follows(report.findings, found))]
    tree = read_json(document.data) if document.is_payload else read(document.data).document
    return told + [numbers(found, tree) for found in report.findings]


def failed(report: DocumentReport) -> list[Layer]:
    """List the layers in which a rule raised."""
    return [layer for layer in report.layers if layer.status == "failed"]


def numbers(found: Finding, tree: object) -> tuple[bool, Decimal | None, list[Decimal]]:
    """Return whether a finding has a place, how far its difference and its inputs are from what they are."""
    expected = None
    if isinstance(found.stated, Decimal) and isinstance(found.expected, Decimal):
        expected = found.stated - found.expected
    off = None if found.difference is None or expected is None else found.difference - expected
    # The pointer of a whole body is empty.
    has_place = (found.place.xpath or "").startswith("/") or found.place.pointer is not None
    return has_place, off, [one.value - stated(tree, one.path) for one in found.inputs]
