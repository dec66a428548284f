"""``cuadre check`` over whole folders of documents by others, which this repository does not hold."""

import json
import os
from pathlib import Path

import pytest

from .running import ROOT, TODAY, run

CORPUS = Path(os.environ.get("CUADRE_CORPUS") or ROOT.parent / "shared" / "corpus")
FOLDERS = [
    ("dian-real-sanitized", 15),
    ("dian-toolbox-1.9", 42),
    ("dian-toolbox-1.9/eventos-radian", 5),
    ("dian-toolbox-older", 10),
]

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}: set $CUADRE_CORPUS"),
]


@pytest.mark.parametrize(("folder", "count"), FOLDERS)
def test_folder(capsys: pytest.CaptureFixture[str], folder: str, count: int) -> None:
    """Every document of the folder is read and judged, and the run ends with 0 or 1."""
    done = run(capsys, "check", str(CORPUS / folder), *TODAY, "--format", "json")
    documents = json.loads(done.out)["documents"]
    assert [document["source"] for document in documents if document["verdict"] == "unreadable"] == []
    assert (len(documents), done.code in {0, 1}, done.err) == (count, True, "")


def test_real_documents(capsys: pytest.CaptureFixture[str]) -> None:
    """What DIAN accepted in production is not rejected, but for what depends on masked values."""
    masked = "FAB10a,FAJ24b,FAJ47,FAK24,FAK47,FAK64"
    real = str(CORPUS / "dian-real-sanitized")
    done = run(capsys, "check", real, "--ignore", masked, "--format", "json")
    documents = json.loads(done.out)["documents"]
    rejected = [(document["source"], document["verdict"]) for document in documents]
    assert [one for one in rejected if one[1] == "rejected"] == []


def test_events(capsys: pytest.CaptureFixture[str]) -> None:
    """Events are answers without figures."""
    done = run(capsys, "check", str(CORPUS / "dian-toolbox-1.9" / "eventos-radian"), "--format", "json")
    documents = json.loads(done.out)["documents"]
    assert {(document["kind"], len(document["findings"])) for document in documents} == {
        ("application_response", 0)
    }
    assert {document["authority"]["response_code"] for document in documents} == {
        "030",
        "031",
        "032",
        "033",
        "034",
    }
