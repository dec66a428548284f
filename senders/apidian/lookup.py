"""Ids looked up while a body is read: an unknown one stops it, or is noted where no figure depends on it."""

from typing import NamedTuple

from cuadre.senders.apidian.tables import Tables
from cuadre.senders.payloads.payload import Steps
from cuadre.senders.payloads.reading import PayloadValue


class UnknownId(NamedTuple):
    """An id that its table does not have, in a field that no figure depends on."""

    table: str
    id: str
    near: tuple[str, ...]
    """Ids that may have been meant, with their codes: ``149 (11001)``."""


class Lookup:
    """The look-ups of one reading; ``unknown`` has, by the steps to it, each id that was passed by."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.unknown: dict[Steps, UnknownId] = {}

    def code(self, node: PayloadValue, table: str) -> str:
        """Return the code behind an id; raise PayloadError, with the pointer, where it has none."""
        identity, known = node.text().strip(), self._tables[table]
        code = known.codes.get(identity)
        if code is None:
            ids, near = tuple(known.codes), self._near(table, identity)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            sentence = f"{identity!r} is no id of the table {table} ({len(ids)} ids){hint}"
            node.fail(sentence, table=table, id=identity, known=ids, near=near)
        return code

    def code_if_known(self, node: PayloadValue, table: str) -> str | None:
        """Return the code behind an id; note an id that the table lacks, and return None."""
        identity = node.text().strip()
        code = self._tables[table].codes.get(identity)
        if code is None:
            self.unknown[node.steps] = UnknownId(table, identity, self._near(table, identity))
        return code

    def _near(self, table: str, identity: str) -> tuple[str, ...]:
        known = self._tables[table]
        return tuple([f"{one} ({known.codes[one]})" for one in known.near(identity)])
