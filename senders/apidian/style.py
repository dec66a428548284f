"""In which of two allowed ways a payload says a thing: key names, and an object for a list of one."""

from typing import Any

from cuadre.senders.payloads.payload import Json

_OTHER_NAMES = {"idcurrency": "currency_id", "prepaid_payment": "prepaid_payments"}
_EITHER = (
    "payment_form",
    "prepaid_payment",
    "prepaid_payments",
    "billing_reference",
    "additional_document_reference",
)


def style_of(given: Json) -> dict[str, Any]:
    """Tell the style of a payload where it is not the canonical one; plain JSON."""
    if not isinstance(given, dict):
        return {}
    names = {name: other for name, other in _OTHER_NAMES.items() if given.get(other) and not given.get(name)}
    lists = [name for name in _EITHER if isinstance(given.get(name), list)]
    return {key: value for key, value in (("names", names), ("lists", lists)) if value}


def styled(body: dict[str, Json], style: dict[str, Any]) -> dict[str, Json]:
    """Put a canonical body into a style."""
    names, lists = style.get("names", {}), style.get("lists", ())
    result = {names.get(key, key): value for key, value in body.items()}
    for key in lists:
        if isinstance(result.get(key), dict):
            result[key] = [result[key]]
    return result
