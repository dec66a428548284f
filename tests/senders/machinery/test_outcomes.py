"""What comes of a send, however the server behaves: receipt and journal say the truth."""

import pytest

from cuadre.engine.findings import Severity
from cuadre.senders.contract import PayloadError, Reference, Request, Settings
from cuadre.senders.delivery.journal_entry import AlreadySentError, State
from cuadre.senders.delivery.receipt import Status

from .conftest import Desk, invoice
from .invented import Colibri


def test_accepted(desk: Desk) -> None:
    """An acceptance has its key, and the journal noted the send before it."""
    receipt = desk.send(invoice())
    assert (receipt.status, receipt.key) == (Status.ACCEPTED, "key-SETP1")
    assert desk.states(invoice()) == [State.SENDING, State.ACCEPTED]
    assert desk.office.posts == {"SETP1": 1}


def test_accepted_with_observations(desk: Desk) -> None:
    """An observation keeps its rule."""
    desk.office.script.append("observed")
    receipt = desk.send(invoice())
    assert receipt.status is Status.ACCEPTED_WITH_OBSERVATIONS
    assert [(m.code, m.severity) for m in receipt.messages] == [("FAD09C", Severity.NOTIFY)]
    assert desk.state(invoice()) is State.ACCEPTED_WITH_OBSERVATIONS


def test_rejected_with_rules(desk: Desk) -> None:
    """A rejection has its rules, in the receipt and in the journal."""
    desk.office.script.append("rejected")
    receipt = desk.send(invoice())
    assert receipt.status is Status.REJECTED
    rules = [("FAU04", Severity.REJECT), ("FAQ07", Severity.NOTIFY)]
    assert [(m.code, m.severity) for m in receipt.messages] == rules
    assert desk.journal.history("SETP1")[-1].receipt == receipt


def test_rejected_is_sent_again_with_other_content(desk: Desk) -> None:
    """What was rejected takes the same number with another content."""
    desk.office.script.append("rejected")
    desk.send(invoice())
    assert desk.send(invoice("SETP1", "corrected")).status is Status.ACCEPTED
    assert desk.states(invoice()) == [State.SENDING, State.REJECTED, State.SENDING, State.ACCEPTED]


def test_rejected_by_the_provider(desk: Desk) -> None:
    """The provider's own validation is told from the authority's."""
    desk.office.script.append("invalid")
    receipt = desk.send(invoice())
    assert (receipt.status, receipt.stage) == (Status.REJECTED, "provider")
    assert desk.state(invoice()) is State.REJECTED


def test_pending_then_accepted(desk: Desk) -> None:
    """A document that waits is asked about until it is known, more and more seldom."""
    desk.office.script.append("waiting")
    desk.office.queries.extend(["waiting", "waiting", "accepted"])
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert desk.ticks.slept == [0.5, 1.0]
    assert desk.states(invoice()) == [State.SENDING, State.PENDING, State.ACCEPTED]


def test_pending_until_the_deadline(desk: Desk) -> None:
    """A poll that runs out of time neither accepts nor rejects, and resuming finds the answer later."""
    desk.office.script.append("waiting")
    assert desk.send(invoice()).status is Status.PENDING
    assert desk.state(invoice()) is State.PENDING
    assert sum(desk.ticks.slept) < desk.pace.deadline
    desk.office.turn("SETP1", "rejected")
    (resumed,) = desk.resume()
    assert (resumed.state, resumed.receipt.status) == (State.REJECTED, Status.REJECTED)
    assert desk.journal.unresolved() == ()


def test_pending_stays_so_where_a_query_fails(desk: Desk) -> None:
    """A query that fails does not make less known than was known."""
    desk.office.script.append("waiting")
    desk.send(invoice())
    desk.office.queries.extend(["500"] * 20)
    (resumed,) = desk.resume()
    assert resumed.state is State.PENDING


@pytest.mark.parametrize(
    "how", ["cut after", "silent", "drip", "not http", "malformed", "short", "500 after"]
)
def test_lost_answer_is_asked_for(desk: Desk, how: str) -> None:
    """A document that arrived, and whose answer was lost, is found by a query and never sent again."""
    desk.office.script.append(how)
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert desk.office.posts == {"SETP1": 1}
    assert desk.states(invoice()) == [State.SENDING, State.UNKNOWN, State.ACCEPTED]


@pytest.mark.parametrize("how", ["cut before", "cut during", "500", "503", "307"])
def test_lost_request_is_sent_again_when_surely_lost(desk: Desk, how: str) -> None:
    """A document that may have arrived leaves again only after a query said, late enough, that it did not."""
    desk.office.script.append(how)
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert desk.office.posts == {"SETP1": 1}
    assert sum(desk.ticks.slept) >= desk.pace.settle
    again = [State.SENDING, State.ACCEPTED]
    assert desk.states(invoice()) == [State.SENDING, State.UNKNOWN, State.UNSENT, *again]


def test_large_body_cut_during(desk: Desk) -> None:
    """A connection that is cut while a long body is written leaves the document unresolved."""
    desk.office.script.append("cut during")
    desk.office.queries.extend(["500"] * 200)
    receipt = desk.send(invoice("SETP1", "x" * 3_000_000))
    assert (receipt.status, desk.state(invoice())) == (Status.UNKNOWN, State.UNKNOWN)


def test_unknown_where_queries_fail_too(desk: Desk) -> None:
    """Where nothing can be learnt, nothing is claimed, and nothing leaves again."""
    desk.office.script.append("cut after")
    desk.office.queries.extend(["cut before"] * 200)
    receipt = desk.send(invoice())
    assert (receipt.status, receipt.stage) == (Status.UNKNOWN, "transport")
    assert desk.state(invoice()) is State.UNKNOWN
    desk.office.queries.clear()
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert desk.office.posts == {"SETP1": 1}


AGAIN = [State.SENDING, State.UNKNOWN, State.UNSENT, State.SENDING, State.ACCEPTED]


def test_too_many_requests(desk: Desk) -> None:
    """After 429 the server has its time, is asked, and only then the document leaves again."""
    desk.office.script.append("429")
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert desk.ticks.slept[0] == 7.0
    assert sum(desk.ticks.slept) >= desk.pace.settle
    assert set(desk.office.asked) == {"SETP1"}
    assert desk.states(invoice()) == AGAIN


def test_too_many_requests_for_ever(desk: Desk) -> None:
    """A document that is turned away every time is unresolved, and asked about before it leaves later."""
    desk.office.script.extend(["429"] * 3)
    receipt = desk.send(invoice())
    assert (receipt.status, receipt.send_status, desk.state(invoice())) == (
        Status.UNKNOWN,
        429,
        State.UNKNOWN,
    )
    desk.ticks.sleep(desk.pace.settle)
    (resumed,) = desk.resume()
    assert (resumed.state, resumed.receipt.send_status) == (State.UNSENT, 429)


@pytest.mark.parametrize("how", ["429 after", "401 after", "echo"])
@pytest.mark.parametrize("found", [True, False])
def test_booked_all_the_same(desk: Desk, how: str, found: bool) -> None:  # noqa: FBT001 - cases
    """A refusal or an echo of a document that was booked leads to no second booking, found soon or not."""
    desk.office.script.append(how)
    desk.office.queries.extend([] if found else ["missing"] * 3)
    desk.send(invoice())
    desk.office.queries.clear()
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert (desk.office.posts, desk.office.duplicates) == ({"SETP1": 1}, {})


def test_success_and_not_found(desk: Desk) -> None:
    """What the server answered with success is never sent again, however long it is not found."""
    desk.office.script.append("echo")
    desk.office.queries.extend(["missing"] * 400)
    receipt = desk.send(invoice())
    assert (receipt.status, receipt.send_status) == (Status.UNKNOWN, 200)
    desk.ticks.sleep(86_400)
    (resumed,) = desk.resume()
    assert resumed.state is State.UNKNOWN
    assert desk.send(invoice()).reason == resumed.receipt.reason
    assert desk.office.posts == {"SETP1": 1}


class BusyColibri(Colibri):
    """Colibrí, which counts requests before it reads them."""

    unread = (429, 503)


@pytest.mark.parametrize("how", ["429", "503"])
def test_surely_unread(desk: Desk, how: str) -> None:
    """Where a provider says that it has not read what it answers so, no question is needed."""
    desk = desk._replace(provider=BusyColibri())
    desk.office.script.append(how)
    assert desk.send(invoice()).status is Status.ACCEPTED
    assert (desk.ticks.slept, desk.office.asked) == ([7.0], [])
    assert desk.states(invoice()) == [State.SENDING, State.UNSENT, State.SENDING, State.ACCEPTED]
    desk.office.script.extend([how] * 3)
    desk.send(invoice("SETP2"))
    assert desk.state(invoice("SETP2")) is State.UNSENT


def test_duplicate_of_itself(desk: Desk) -> None:
    """A duplicate is asked about; the same key is the same document."""
    desk.office.book("SETP1", "cufe-1")
    receipt = desk.send(invoice(key="cufe-1"))
    assert (receipt.status, receipt.duplicate, receipt.key) == (Status.ACCEPTED, True, "cufe-1")
    assert desk.office.asked == ["cufe-1"]
    assert desk.state(invoice()) is State.ACCEPTED


def test_duplicate_of_another(desk: Desk) -> None:
    """A number that belongs to a document with another key is a rejection of this one."""
    desk.office.book("SETP1", "cufe-other")
    receipt = desk.send(invoice(key="cufe-1"))
    assert (receipt.status, [m.code for m in receipt.messages]) == (Status.REJECTED, ["90"])
    assert desk.state(invoice()) is State.REJECTED


@pytest.mark.parametrize("how", ["resume", "send"])
def test_duplicate_of_another_known_later(desk: Desk, how: str) -> None:
    """Where the query after a duplicate fails, a later one still tells whose number it is."""
    desk.office.book("SETP1", "cufe-other")
    desk.office.queries.extend(["cut before"] * 200)
    assert desk.send(invoice(key="cufe-1")).status is Status.UNKNOWN
    desk.office.queries.clear()
    receipt = desk.resume()[0].receipt if how == "resume" else desk.send(invoice(key="cufe-1"))
    assert (receipt.status, receipt.key) == (Status.REJECTED, "cufe-other")
    assert desk.state(invoice()) is State.REJECTED


def test_no_question_no_wait(desk: Desk) -> None:
    """A document that cannot be asked about is not waited for; what was answered stays, and why it ends."""
    desk = desk._replace(provider=Silent())
    desk.office.script.append("403")
    receipt = desk.send(invoice())
    assert (receipt.status, receipt.provider_code) == (Status.UNKNOWN, "403")
    assert "no question" in (receipt.reason or "")
    assert desk.send(invoice()) == receipt
    (resumed,) = desk.resume()
    assert (resumed.receipt, resumed.state) == (receipt, State.UNKNOWN)
    assert (desk.ticks.slept, desk.office.asked, desk.office.posts) == ([], [], {})


class Silent(Colibri):
    """Colibrí without its question."""

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Say that there is none."""
        del settings
        sentence = f"no question about {reference.document_id}"
        raise PayloadError(sentence)


def test_duplicate_that_is_not_found(desk: Desk) -> None:
    """A provider that contradicts itself leaves the document unresolved."""
    desk.office.book("SETP1", "cufe-1")
    desk.office.queries.extend(["missing"] * 200)
    assert desk.send(invoice(key="cufe-1")).status is Status.UNKNOWN
    assert desk.state(invoice()) is State.UNKNOWN


def test_accepted_leaves_once(desk: Desk) -> None:
    """The same payload again has the receipt again; another payload is refused."""
    receipt = desk.send(invoice())
    assert desk.send(invoice()) == receipt
    with pytest.raises(AlreadySentError) as refused:
        desk.send(invoice("SETP1", "other"))
    assert refused.value.entry.state is State.ACCEPTED
    assert desk.office.posts == {"SETP1": 1}


def test_unresolved_and_other_content(desk: Desk) -> None:
    """Other content does not leave where the first turns out to be accepted."""
    desk.office.script.append("cut after")
    desk.office.queries.extend(["cut before"] * 200)
    desk.send(invoice())
    desk.office.queries.clear()
    with pytest.raises(AlreadySentError):
        desk.send(invoice("SETP1", "other"))
    assert desk.office.posts == {"SETP1": 1}
    assert desk.state(invoice()) is State.ACCEPTED


def test_resume_asks_once_and_sends_nothing(desk: Desk) -> None:
    """Resuming asks about each unresolved document; one that is surely not there is unsent, and then sent."""
    desk.office.script.extend(["cut after", "cut before"])
    desk.office.queries.extend(["cut before"] * 400)
    desk.send(invoice("SETP1"))
    desk.send(invoice("SETP2"))
    desk.office.queries.clear()
    found = {resumed.entry.subject.document_id: resumed.state for resumed in desk.resume()}
    assert found == {"SETP1": State.ACCEPTED, "SETP2": State.UNSENT}
    assert desk.office.posts == {"SETP1": 1}
    assert desk.send(invoice("SETP2")).status is Status.ACCEPTED
    assert desk.resume() == ()


def test_not_found_too_early_is_not_believed(desk: Desk) -> None:
    """Right after a send, a query that finds nothing leaves the document unresolved."""
    desk.office.script.append("cut before")
    impatient = desk._replace(pace=desk.pace._replace(deadline=5.0))
    assert impatient.send(invoice()).status is Status.UNKNOWN
    (resumed,) = impatient.resume()
    assert resumed.state is State.UNKNOWN
    desk.ticks.sleep(desk.pace.settle)
    (resumed,) = impatient.resume()
    assert resumed.state is State.UNSENT
