"""Find the one document that has a number in a journal; where several have it, raise."""

from difflib import get_close_matches

from cuadre.engine.errors import CuadreError, UnknownNameError
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
        sentence = f"which {number}? {journal.file} has: {listed}; say kind and supplier"
        raise CuadreError(sentence, document_id=number, subjects=tuple(known))
    return found[0]


def _unknown(journal: Journal, provider: str, number: str) -> UnknownNameError:
    near = get_close_matches(number, journal.numbers(provider), n=3)
    sentence = f"{journal.file} knows no {number} of {provider}"
    return UnknownNameError(sentence + (f"; did you mean {', '.join(near)}?" if near else ""), near=near)
