"""Values of the model by a dotted path, such as ``party_tax_schemes.0.company_id``: taken and put."""

from collections.abc import Mapping
from typing import Any

from cuadre.engine.model.aggregate import Aggregate

_LISTS = {"description", "note", "address_line", "payment_id", "brand_name", "model_name"}


def value_at(part: Aggregate, path: str) -> Any:  # noqa: ANN401 - any field's value
    """Return the value at a path; None where there is none."""
    value: Any = part
    for step in path.split("."):
        if step.isdigit():
            index = int(step)
            value = value[index] if isinstance(value, tuple) and index < len(value) else None
        else:
            value = getattr(value, step, None)
        if value is None:
            return None
    return value


def nest(values: Mapping[str, Any]) -> dict[str, Any]:
    """Put values at their paths, as what a model is made from; numbers in a path make lists."""
    root: dict[str, Any] = {}
    for path, value in values.items():
        holder = root
        *outer, last = path.split(".")
        for step in outer:
            holder = holder.setdefault(step, {})
        holder[last] = (value,) if last in _LISTS and isinstance(value, str) else value
    listed: dict[str, Any] = _listed(root)
    return listed


def _listed(value: Any) -> Any:  # noqa: ANN401 - as above
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(inner) for key, inner in value.items()}
