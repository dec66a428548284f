"""Tell a finding again in a later report: by what it says, not by the line where it is."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.findings import Finding
from cuadre.engine.model.scalars import format_amount
from cuadre.formats.words import spot
from cuadre.report import DocumentReport


def fingerprints(document: DocumentReport) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with 64 hexadecimal digits; no two findings of a document have the same.

    They depend on the file's name, the code, the place in the document and the stated value.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in document.findings:
        stated = finding.stated
        value = format_amount(stated) if isinstance(stated, Decimal) else stated or ""
        content = (document.source, finding.code, spot(finding.place), value)
        seen[content] += 1
        whole = "\0".join([*content, str(seen[content])])
        yield finding, hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()
