"""Find the one document that has a number in a journal; where several have it, raise."""

from difflib import get_close_matches

from cuadre.engine.errors import CuadreError, UnknownNameError
from cuadre.engine.texts import say
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import Subject


def find_subject(
    journal: Journal, provider: str, number: str, kind: str | None = None, supplier: str | None = None
) -> Subject:
    """Find the one document that has a number at a provider.

    Raises UnknownNameError, with the nearest numbers, where there is none, and CuadreError where kind and
    supplier leave several of them, or none.
    """
    known = [entry.subject for entry in journal.named(number) if entry.subject.provider == provider]
    if not known:
        raise _unknown(journal, provider, number)
    found = [one for one in known if kind in {None, one.kind} and supplier in {None, one.supplier}]
    if len(found) != 1:
        listed = ", ".join(f"{one.kind} of supplier {one.supplier!r}" for one in known)
        sentence = say("cuadre.senders:which", number=number, journal=str(journal.file), listed=listed)
        raise CuadreError(sentence, document_id=number, subjects=tuple(known))
    return found[0]


def _unknown(journal: Journal, provider: str, number: str) -> UnknownNameError:
    near = get_close_matches(number, journal.numbers(provider), n=3)
    sentence = say("cuadre.senders:not_known", journal=str(journal.file), number=number, provider=provider)
    if near:
        sentence = say("cuadre.senders:did_you_mean", sentence=sentence, near=tuple(near))
    return UnknownNameError(sentence, near=near)
