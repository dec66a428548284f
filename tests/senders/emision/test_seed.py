"""The seed's own sample and answers, read from the seed's text."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from cuadre.engine.findings import Severity
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.tables import load_table
from cuadre.engine.totals import recompute
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.emision import PROVIDER, Identity, documented, examine
from cuadre.senders.payloads.payload import Json
from cuadre.senders.payloads.reading import parse

from .bodies import exact, seed_blocks, value

pytestmark = pytest.mark.corpus


@pytest.fixture
def blocks() -> list[str]:
    """Return the sample body and the three answers."""
    return seed_blocks()


def test_sample_comes_back(blocks: list[str]) -> None:
    """The sample is a document of public utilities, and comes back digit by digit."""
    data = blocks[0].encode()
    document = PROVIDER.read(data).document
    assert (len(blocks), document.kind.value, document.id) == (4, "equivalent_document", "SPD56")
    assert exact(PROVIDER.write(document)) == exact(data)
    assert PROVIDER.recognises(data)


def test_document_totals_are_right(blocks: list[str]) -> None:
    """No total of the sample differs from what its lines and taxes give."""
    document = PROVIDER.read(blocks[0].encode()).document
    totals = recompute(document, find_regime("CO"))
    wrong = [figure.path for figure in totals.by_path.values() if figure.difference]
    total = document.legal_monetary_total
    assert (wrong, total and total.payable_amount) == ([], Decimal("35126.05"))


def test_differences(blocks: list[str]) -> None:
    """The consumption's payable amount is off, and so are three months' days and the document's total."""
    found = examine(parse(blocks[0]))
    assert [(one.code, one.difference) for one in found if not one.holds] == [
        ("CUA202", Decimal("-9445.62")),
        ("CUA206", Decimal(1)),
        ("CUA206", Decimal(3)),
        ("CUA206", Decimal(1)),
        ("CUA205", Decimal("-31886.05")),
    ]
    payable = _of(found, "CUA202")[0]
    assert (payable.stated, payable.computed) == (Decimal("67012.1"), Decimal("76457.72"))


def test_what_holds(blocks: list[str]) -> None:
    """Quantity × price is right; the meter counts thousands; the average is a whole number."""
    found = examine(parse(blocks[0]))
    assert _of(found, "CUA201")[0].computed == Decimal("65289.4")
    meter, average = _of(found, "CUA203")[0], _of(found, "CUA204")[0]
    assert (meter.holds, meter.shift, meter.formula.exact()) == (True, 3, Decimal("0.022"))
    assert (average.holds, average.stated, average.computed) == (
        True,
        Decimal(25),
        Decimal("24.666667"),
    )
    assert [one.holds for one in _of(found, "CUA206")] == [True, False, True, True, False, True, False]


def _of(found: list[Identity], code: str) -> list[Identity]:
    return [identity for identity in found if identity.code == code]


def test_both_spellings_of_the_sample(blocks: list[str]) -> None:
    """The seven keys that the sample spells in its own way get the names of the page."""
    rows = load_table("cuadre.senders.emision", "spellings", ("holder", "documented"))
    tree = value(blocks[0].encode())
    before, after = set(_keys(tree["spd_extensions"])), set(_keys(documented(tree["spd_extensions"])))
    assert before & {row["documented"] for row in rows} == set()
    assert after & {row["sample"] for row in rows} == set()
    assert after - before == {row["documented"] for row in rows}


def _keys(tree: Json) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from tree
        tree = list(tree.values())
    for part in tree if isinstance(tree, list) else ():
        yield from _keys(part)


def test_accepted(blocks: list[str]) -> None:
    """The first answer, with comments and a semicolon for a colon, is an acceptance."""
    receipt = _read(200, blocks[1])
    assert (receipt.status, receipt.provider_code, receipt.key) == (Status.ACCEPTED, "6", "Cufe")


def test_rejected(blocks: list[str]) -> None:
    """The second answer is a rejection with five rules, though its description says validated."""
    receipt = _read(422, blocks[2])
    assert (receipt.status, receipt.stage) == (Status.REJECTED, "authority")
    assert [(one.code.lower(), one.severity) for one in receipt.messages] == [
        ("fau04", Severity.REJECT),
        ("fau14", Severity.REJECT),
        ("faq07", Severity.NOTIFY),
        ("fad09c", Severity.NOTIFY),
        ("faq09", Severity.NOTIFY),
    ]


def test_refused(blocks: list[str]) -> None:
    """The third answer, with a comma too many, is e-Misión's own refusal, by field."""
    receipt = _read(422, blocks[3])
    assert (receipt.status, receipt.stage, receipt.provider_code) == (Status.REJECTED, "provider", "13")
    fields = [message.text.partition(":")[0] for message in receipt.messages]
    assert fields == ["customer.country_id", "customer.type_regime_id"]


def _read(status: int, text: str) -> Receipt:
    return PROVIDER.read_send(Response(status, {}, text.encode()))
