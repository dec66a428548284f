"""VLR01: no amount may be negative but PayableRoundingAmount, wherever it is."""

import pytest

from cuadre.checking import check

from .negatives import Negative, negatives
from .said import said


@pytest.mark.parametrize("negative", list(negatives()), ids=lambda one: f"{one.letter}-{one.path}")
def test_every_negative_amount_is_found(negative: Negative) -> None:
    """VLR01 names each negative amount once, whatever else is wrong because of it."""
    findings = check(negative.data).findings
    (found,) = [one for one in findings if (one.code, one.place.path) == ("VLR01", negative.path)]
    wanted = {"severity": "reject", "message_key": "below", "stated": "-7.00", "expected": "0"}
    assert said(found) == {"path": negative.path, **wanted, "detail": "", "fix": ""}
