"""Keys of the utilities' tree that the documentation names in one way and its sample in another."""

from cuadre.engine.tables import load_table
from cuadre.senders.payloads.payload import Json
from cuadre.senders.payloads.reading import PayloadValue

_ROWS = load_table("cuadre.senders.emision", "spellings", ("holder", "documented"))
_SAMPLE = {row["documented"]: row["sample"] for row in _ROWS}
_DOCUMENTED = {(row["holder"], row["sample"]): row["documented"] for row in _ROWS}


def member(node: PayloadValue, name: str) -> PayloadValue | None:
    """Return the member with a documented name, in either spelling; the documented one comes first."""
    found = node.get(name)
    return node.get(_SAMPLE[name]) if found is None and name in _SAMPLE else found


def documented(tree: Json, holder: str = "") -> Json:
    """Return a tree in the documented spelling; where there are both, the documented one counts.

    ``holder`` is the documented key of the tree.
    """
    if isinstance(tree, list):
        return [documented(part, holder) for part in tree]
    if not isinstance(tree, dict):
        return tree
    result: dict[str, Json] = {}
    for key, value in tree.items():
        name = _DOCUMENTED.get((holder, key), key)
        if name == key or name not in tree:
            result[name] = documented(value, name)
    return result
