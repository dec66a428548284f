"""Under which key, and as what, a body states its means of payment: three ways are in use."""

from cuadre.senders.payloads.fields import Body
from cuadre.senders.payloads.payload import Json

DOCUMENTED = "payment_forms"
OBSOLETE = "payment_form"
Style = tuple[str, bool]
"""The key, and whether it holds a list."""


def style_of(body: Json) -> Style:
    """Tell the key that is read, and whether it holds a list; the obsolete one where it is alone."""
    given = body if isinstance(body, dict) else {}
    key = OBSOLETE if given.get(OBSOLETE) and not given.get(DOCUMENTED) else DOCUMENTED
    return key, not isinstance(given.get(key), dict)


def styled(means: list[Json], style: Style) -> Body:
    """Write means of payment in a style; several are always a list."""
    key, is_list = style
    if not means:
        return {}
    return {key: means if is_list or len(means) > 1 else means[0]}
