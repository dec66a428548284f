"""The root of every part of a document: immutable, and nothing that was read is dropped."""

from pydantic import BaseModel, ConfigDict, JsonValue

from cuadre.engine.element import Element


class Aggregate(BaseModel):
    """The root of every part: immutable, and nothing that was read is dropped.

    ``other`` holds the children that have no field. ``attributes`` holds, by field name, the XML
    attributes of a field where they are not those that DIAN asks for and that a renderer writes anyway;
    the name ``.`` stands for the element itself. ``provider_options`` holds what only a provider's
    payload says, in the provider's own names; no rule and no renderer looks at it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    other: tuple[Element, ...] = ()
    provider_options: dict[str, JsonValue] | None = None
    attributes: dict[str, dict[str, str]] | None = None
