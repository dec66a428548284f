"""Tokens: renewed once after a 401, asked for where none is given, and never more than that."""

import pytest

from cuadre.senders.contract import Response
from cuadre.senders.delivery.credentials import Credentials, CredentialsError
from cuadre.senders.delivery.journal_entry import State
from cuadre.senders.delivery.receipt import Status

from .colibri_office import ColibriOffice
from .conftest import SECRETS, Desk, invoice
from .invented import RefreshingColibri


@pytest.fixture
def refreshing(desk: Desk) -> Desk:
    """Make ready to send through a provider whose tokens run out, with one that has."""
    credentials = Credentials("colibri", {**SECRETS, "TOKEN": "old"}, ("TOKEN", "PIN"))
    return desk._replace(provider=RefreshingColibri(), credentials=credentials)


def test_renewed_once(refreshing: Desk, office: ColibriOffice) -> None:
    """After a 401 a token is asked for, and the document is sent with it; the next send has it already."""
    assert refreshing.send(invoice()).status is Status.ACCEPTED
    assert refreshing.send(invoice("SETP2")).status is Status.ACCEPTED
    assert office.tokens_given == 1
    states = [State.SENDING, State.UNSENT, State.SENDING, State.ACCEPTED]
    assert (refreshing.states(invoice()), refreshing.office.asked) == (states, [])


def test_not_twice(refreshing: Desk, office: ColibriOffice) -> None:
    """A token that is refused again is not renewed again, and the document is surely unsent."""
    refreshing.office.script.extend(["401"] * 5)
    receipt = refreshing.send(invoice())
    assert (receipt.status, receipt.provider_code) == (Status.UNKNOWN, "401")
    assert office.tokens_given == 1
    assert len(refreshing.office.script) == 3
    assert refreshing.state(invoice()) is State.UNSENT


def test_asked_for_where_none_is_given(refreshing: Desk, office: ColibriOffice) -> None:
    """Without a token, the first thing is to ask for one."""
    credentials = Credentials("colibri", {"PIN": SECRETS["PIN"]}, ("TOKEN", "PIN"))
    assert refreshing._replace(credentials=credentials).send(invoice()).status is Status.ACCEPTED
    assert office.tokens_given == 1
    assert len(refreshing.office.received) == 1


def test_no_refresh_without_the_functions(desk: Desk) -> None:
    """A provider that offers none has the 401 as its answer; nobody asks with a token that is refused."""
    desk.credentials.renew({"TOKEN": "old"})
    assert desk.send(invoice()).provider_code == "401"
    assert (desk.state(invoice()), desk.ticks.slept) == (State.UNKNOWN, [])
    desk.credentials.renew({"TOKEN": SECRETS["TOKEN"]})
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert desk.office.posts == {"SETP1": 1}


class AskingColibri(RefreshingColibri):
    """Colibrí, which may have read what it refuses."""

    unread: tuple[int, ...] = ()


def test_asked_before_it_leaves_with_a_new_token(refreshing: Desk, office: ColibriOffice) -> None:
    """Where 401 does not prove that nothing was read, the new token asks before it sends."""
    asking = refreshing._replace(provider=AskingColibri())
    asking.office.script.append("401 after")
    asking.credentials.renew({"TOKEN": office.token})
    assert asking.send(invoice()).status is Status.ACCEPTED
    assert (asking.office.posts, asking.office.asked) == ({"SETP1": 1}, ["SETP1"])


@pytest.mark.parametrize("token", [5, "", "half \ud800"])
def test_no_token(refreshing: Desk, token: object) -> None:
    """What cannot stand in a request is no token, and the 401 is the answer."""

    class Odd(RefreshingColibri):
        def read_refresh(self, response: Response) -> dict[str, str]:
            del response
            return {"TOKEN": token}  # type: ignore[dict-item]

    assert refreshing._replace(provider=Odd()).send(invoice()).provider_code == "401"


def test_nothing_is_noted_without_secrets(desk: Desk) -> None:
    """Where a secret is missing, the journal is not even begun."""
    poor = desk._replace(credentials=Credentials("colibri", {}, ("TOKEN", "PIN")))
    with pytest.raises(CredentialsError) as failed:
        poor.send(invoice())
    assert failed.value.detail["missing"] == ("TOKEN", "PIN")
    assert desk.journal.history("SETP1") == ()


def test_broken_refresh(refreshing: Desk, office: ColibriOffice) -> None:
    """A token that cannot be read leaves the 401 as the answer, and shows nothing of what was read."""

    class Broken(RefreshingColibri):
        def read_refresh(self, response: Response) -> dict[str, str]:
            raise ValueError(response.body.decode())

    broken = refreshing._replace(provider=Broken())
    assert broken.send(invoice()).provider_code == "401"
    assert broken.state(invoice()) is State.UNSENT
    none = broken._replace(credentials=Credentials("colibri", {"PIN": "1"}, ("TOKEN", "PIN")))
    with pytest.raises(CredentialsError) as failed:
        none.send(invoice("SETP2"))
    assert office.token not in str(failed.value)
    assert failed.value.__context__ is None
