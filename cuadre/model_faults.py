"""What is wrong with a value of the model's own JSON, in plain words instead of pydantic's."""

import re

from pydantic_core import ErrorDetails

from cuadre.engine.texts import Text, say

_SAID = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_type": "must_be_text",
    "bool_type": "must_be_bool",
    "bool_parsing": "must_be_bool",
    "tuple_type": "must_be_list",
    "dict_type": "must_be_object",
    "model_type": "must_be_object",
    "model_attributes_type": "must_be_object",
}


_QUOTED = re.compile("'([^']*)'")


def model_fault(fault: ErrorDetails) -> str:
    """Say a fault; one of a kind that a document's JSON does not have keeps pydantic's sentence."""
    context = fault.get("ctx", {})
    error = context.get("error")
    if isinstance(error, ValueError) and error.args and isinstance(error.args[0], Text):
        return error.args[0]
    if fault["type"] in {"enum", "literal_error"}:
        known = _QUOTED.findall(str(context.get("expected")))
        return say("cuadre:must_be_one_of", known=tuple(known))
    row = _SAID.get(fault["type"])
    return fault["msg"] if row is None else say(f"cuadre:{row}")
