"""What a document says beyond the model: XML elements carried as plain data, never dropped."""

from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from cuadre.engine.texts import say


class Element(NamedTuple):
    """One element as it was read: its name, text, attributes and children, in document order.

    ``name`` is in Clark notation (``{namespace}local``), so it does not depend on prefixes.
    """

    name: str
    text: str = ""
    attributes: dict[str, str] = {}  # noqa: RUF012 - a default that nobody writes to
    children: "tuple[Element, ...]" = ()

    @property
    def local_name(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]

    def find(self, path: str) -> "Element | None":
        """Return the first descendant on a path of local names, such as ``Party/PartyName/Name``."""
        head, _, tail = path.partition("/")
        for child in self.children:
            if child.local_name == head:
                found = child.find(tail) if tail else child
                if found is not None:
                    return found
        return None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own signature
        return core_schema.no_info_plain_validator_function(
            _element,
            serialization=core_schema.plain_serializer_function_ser_schema(_plain),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's own signature
        text = {"type": "string"}
        return {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": text,
                "text": text,
                "attributes": {"type": "object", "additionalProperties": text},
                "children": {"type": "array", "items": {"type": "object"}},
            },
        }


_KEYS = {"name", "text", "attributes", "children"}


def _element(value: object) -> Element:
    if isinstance(value, Element):
        return value
    if not isinstance(value, dict) or not value.keys() <= _KEYS or not isinstance(value.get("name"), str):
        sentence = say("cuadre.engine:element")
        raise ValueError(sentence)
    attributes = value.get("attributes", {})
    text = value.get("text", "")
    pairs = attributes.items() if isinstance(attributes, dict) else [("", None)]
    if not isinstance(text, str) or not all(isinstance(k, str) and isinstance(v, str) for k, v in pairs):
        sentence = say("cuadre.engine:element_text")
        raise ValueError(sentence)
    children = value.get("children", ())
    if not isinstance(children, (list, tuple)):
        sentence = say("cuadre.engine:element_children")
        raise ValueError(sentence)  # noqa: TRY004 - pydantic reports a ValueError with its place
    return Element(value["name"], text, attributes, tuple(map(_element, children)))


def _plain(element: Element) -> dict[str, object]:
    result: dict[str, object] = {"name": element.name}
    if element.text:
        result["text"] = element.text
    if element.attributes:
        result["attributes"] = element.attributes
    if element.children:
        result["children"] = [_plain(child) for child in element.children]
    return result
