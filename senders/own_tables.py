"""Tables of ids that an installation has of its own: what a provider takes from its listing of them."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol, runtime_checkable


class OwnTable(NamedTuple):
    """One table of an installation, beside the one that cuadre ships."""

    name: str
    codes: Mapping[str, str]
    """The codes, by id, in the order of the ids."""
    shipped: Mapping[str, str]
    without_code: int = 0
    """How many ids were left out, because the installation has no code for them."""

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids that have another code than the shipped table gives them."""
        return tuple([one for one in self.codes if self.shipped.get(one, self.codes[one]) != self.codes[one]])

    @property
    def added(self) -> tuple[str, ...]:
        """The ids that the shipped table does not have."""
        return tuple([one for one in self.codes if one not in self.shipped])

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids that only the shipped table has."""
        return tuple([one for one in self.shipped if one not in self.codes])

    @property
    def unseen(self) -> tuple[str, ...]:
        """The ids whose code no id of the shipped table has."""
        known = set(self.shipped.values())
        return tuple([one for one, code in self.codes.items() if code not in known])


@runtime_checkable
class TakesTables(Protocol):
    """A provider whose payloads have database ids, and which reads an installation's own tables of them."""

    name: str
    tables_variable: str
    """The environment variable that names the folder of the tables."""

    def take_tables(self, files: Mapping[str, bytes]) -> tuple[OwnTable, ...]:
        """Read what an installation lists, by the name of each file; raise PayloadError where it is none."""
        ...
