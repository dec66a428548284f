"""The five providers' secrets: in no log, journal, receipt, error or dry run, though servers echo them."""

import logging
from pathlib import Path

import pytest

from cuadre.cli import main
from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Reference, Request, Settings
from cuadre.senders.delivery.credentials import Credentials, CredentialsError, variable
from cuadre.senders.delivery.journal_entry import AlreadySentError
from cuadre.senders.delivery.transport import HttpTransport, NeverArrivedError, Timeouts

from .cases import impatient, told
from .conftest import Open
from .ways import QUESTIONS, WAYS, Way

EVERY = {**WAYS, **QUESTIONS}
HOW = ("accepted", "rejected", "401", "429", "500", "malformed", "not http", "cut after", "silent")


def assert_clean(way: Way, *texts: str) -> None:
    """No text holds a word of a secret."""
    assert [word for word in way.words for text in texts if word in text] == []


def request_of(way: Way, url: str) -> Request:
    """Make what the provider sends, or asks where it sends nothing."""
    settings = Settings(url + way.path, way.values)
    if way.document is None:
        return way.plugin.query_request(Reference("SETP1", "invoice"), settings)
    return way.plugin.send_request(way.letter, settings)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", EVERY)
def test_unseen(name: str, how: str, open_way: Open, caplog: pytest.LogCaptureFixture) -> None:
    """However it ends, and though headers and failures repeat the request, nothing keeps a secret."""
    caplog.set_level(logging.DEBUG)
    way = EVERY[name]
    desk = open_way(way)
    if way.document is None:
        desk.office.queries.append(how)
        said = [repr(impatient(desk, how).ask(Reference("SETP1", "invoice")))]
    else:
        said = [repr(told(desk, way, how).send(way.letter)), repr(desk.resume())]
        said += [repr(event) for event in desk.journal.history(way.letter.id or "")]
    arrived = str(desk.office.calls)
    assert [word for word in way.words if word not in arrived] == []
    assert caplog.records
    files = [file for file in desk.journal.file.parent.rglob("*") if file.is_file()]
    assert_clean(
        way,
        *said,
        caplog.text,
        *(str(record.__dict__) for record in caplog.records),
        *(file.read_bytes().decode("latin-1") for file in files),
        repr(desk),
    )
    repeated = "accept-encoding" in str(said)
    assert repeated == (how == "500")


@pytest.mark.parametrize("name", EVERY)
def test_errors(name: str, open_way: Open) -> None:
    """An error says nothing of a secret: no server, a missing secret, a number that is sent twice."""
    way = EVERY[name]
    desk = open_way(way)
    transport = HttpTransport(Timeouts(0.2, 0.2, 0.5), trust_env=False)
    errors: list[CuadreError] = []
    with pytest.raises(NeverArrivedError) as never:
        transport.exchange(request_of(way, "http://nobody.invalid"), desk.credentials)
    errors.append(never.value)
    first, *others = way.secrets
    poor = Credentials(way.provider, {one: way.secrets[one] for one in others}, way.plugin.credentials)
    with pytest.raises(CredentialsError) as missing:
        poor.fill(request_of(way, desk.office.url))
    assert missing.value.detail["missing"] == (first.upper(),)
    errors.append(missing.value)
    if way.document is not None:
        desk.send(way.letter)
        with pytest.raises(AlreadySentError) as already:
            desk.send(way.letter.model_copy(update={"note": ("other",)}))
        errors.append(already.value)
    for error in errors:
        assert_clean(way, str(error), repr(error), str(vars(error)))
        assert (error.__context__, error.__cause__) == (None, None)


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("name", EVERY)
def test_dry_run(
    name: str,
    style: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A dry run shows placeholders, though the secrets are at hand, and stand in the file that it reads."""
    way = EVERY[name]
    for secret, value in way.secrets.items():
        monkeypatch.setenv(variable(way.provider, secret), value)
    request = request_of(way, "http://nobody.invalid")
    names = way.plugin.credentials
    file = tmp_path / "payload"
    file.write_bytes(Credentials(way.provider, way.secrets, names).fill(request).body)
    values = [part for pair in way.values.items() for part in ("--set", "=".join(pair))]
    said = ["--via", way.provider, "--url", "http://nobody.invalid", *values, "--format", style]
    reads = ["--as", way.provider] if way.document else []
    code = main(["send", str(file), *said, *reads, "--force", "--dry-run"])
    printed = "".join(capfd.readouterr())
    assert_clean(way, printed)
    placeholders = [one for one in names if f"${{{one}}}" in printed]
    assert (code, placeholders) == ((0, list(names)) if way.document else (2, []))
