"""The root of every part of a document: immutable, and nothing that was read is dropped."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, JsonValue

from cuadre.engine.element import Element

_set = object.__setattr__


class Aggregate(BaseModel):
    """The root of every part: immutable, and nothing that was read is dropped.

    ``other`` holds the children that have no field. ``attributes`` holds, by field name, the XML
    attributes of a field where they are not those that DIAN asks for and that a renderer writes anyway;
    the name ``.`` stands for the element itself. ``provider_options`` holds what only a provider's
    payload says, in the provider's own names; no rule and no renderer looks at it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    defaults: ClassVar[dict[str, Any]] = {}
    """The values of the fields that may be left out."""

    other: tuple[Element, ...] = ()
    provider_options: dict[str, JsonValue] | None = None
    attributes: dict[str, dict[str, str]] | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's own signature
        super().__pydantic_init_subclass__(**kwargs)
        fields = cls.model_fields.items()
        cls.defaults = {name: field.default for name, field in fields if not field.is_required()}
        cls._names = set(cls.model_fields)

    @classmethod
    def of_checked(cls, fields: dict[str, Any]) -> Self:
        """Make a part of all its fields, each of its type already, without validating them once more.

        For a reader that checks every value where it finds it. ``fields`` becomes the part's own, and
        each of them counts as set. pydantic's ``model_construct`` looks at every field again, and takes
        ten times as long.
        """
        made = cls.__new__(cls)
        _set(made, "__dict__", fields)
        _set(made, "__pydantic_fields_set__", cls._names)
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made

    _names: ClassVar[set[str]] = set()
