"""The root of every part of a document: immutable, and nothing that was read is dropped."""

from collections.abc import Callable
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, JsonValue

from cuadre.engine.model.element import Element

# A frozen model is filled through its slots, as pydantic itself does.
_SLOTS = [BaseModel.__dict__[name].__set__ for name in BaseModel.__slots__]


class Aggregate(BaseModel):
    """The root of every part: immutable, and nothing that was read is dropped.

    ``other`` has the children that have no field. ``attributes`` has, by field name, the XML
    attributes of a field where they are not those that DIAN asks for and that a renderer writes anyway;
    the name ``.`` means the element itself. ``provider_options`` has what only a provider's
    payload says, in the provider's own names; no rule and no renderer looks at it.
    """

    # A document read from UBL needs no validator, and to build one for every model takes a sixth of a start.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    blank: ClassVar[dict[str, Any]] = {}
    """Every field as it is before anything was read; what must be given is None."""

    other: tuple[Element, ...] = ()
    provider_options: dict[str, JsonValue] | None = None
    attributes: dict[str, dict[str, str]] | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's own signature
        super().__pydantic_init_subclass__(**kwargs)
        fields = cls.model_fields.items()
        cls.blank = {name: None if field.is_required() else field.default for name, field in fields}
        cls._names = set(cls.model_fields)

    @classmethod
    def maker(cls) -> Callable[[dict[str, Any]], Self]:
        """Return the function that makes a part of all its fields, each of which has its type already.

        For a reader that checks every value where it finds it; ``blank`` has every field. The dict becomes
        the part's own, and each field counts as set. pydantic's ``model_construct`` looks at every field
        again, and takes twenty times as long.
        """
        # A closure over what it calls takes half the time of a class method.
        new, names = object.__new__, cls._names
        set_fields, set_names, set_extra, set_private = _SLOTS

        def make(fields: dict[str, Any]) -> Any:  # noqa: ANN401 - Self, which mypy takes here for any type
            made = new(cls)
            set_fields(made, fields)
            set_names(made, names)
            set_extra(made, None)
            set_private(made, None)
            return made

        return make

    _names: ClassVar[set[str]] = set()
