"""The body that the tests read, changed where they say so, and what is done with it again and again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from cuadre.engine.findings import Finding
from cuadre.engine.json_reading import read_json
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.ec.regime import EC
from cuadre.engine.totals import recompute
from cuadre.rules.judge import judge
from cuadre.rules.registry import packs
from cuadre.senders.ecuafact import PROVIDER
from cuadre.senders.payloads.differences import differences
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.payload import PayloadReading

Body = dict[str, Any]
FOLDER = Path(__file__).parent / "fixtures"


def load(data: bytes) -> Body:
    """Load JSON with its digits."""
    return cast("Body", read_json(data))


def own(change: Callable[[Body], object] | None = None) -> Body:
    """Load the invoice whose figures all hold, fresh each time, changed."""
    body = load((FOLDER / "invoice.json").read_bytes())
    if change is not None:
        change(body)
    return body


def read(body: Body) -> PayloadReading:
    """Read a body."""
    return PROVIDER.read(write_json(body), "invoice.json")


def document(change: Callable[[Body], object] | None = None) -> Document:
    """Read the invoice, changed."""
    return read(own(change)).document


def changes(body: Body) -> Body:
    """Tell how a body differs from what is written of the Document read from it: digits count."""
    return differences(body, load(PROVIDER.write(read(body).document)))


def findings(body: Body) -> list[Finding]:
    """Judge a body by SRI's rules."""
    reading = read(body)
    return list(
        judge(recompute(reading.document, EC), packs("EC")[0].plan("invoice"), reading.source, None).findings
    )


def codes(body: Body) -> set[str]:
    """Name the rules that a body breaks."""
    return {finding.code for finding in findings(body)}
