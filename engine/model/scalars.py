"""The scalar types of the document: amounts, dates, codes, and the path to a value."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from cuadre.engine.amounts import parse_amount
from cuadre.engine.texts import say


class _AmountSchema:
    """Reads through ``parse_amount`` and writes decimal text."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own signature
        return core_schema.no_info_plain_validator_function(
            parse_amount,
            serialization=core_schema.plain_serializer_function_ser_schema(format_amount),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[+-]?([0-9]{1,18}(\.[0-9]{0,12})?|\.[0-9]{1,12})$"}


def format_amount(value: Decimal) -> str:
    """Write an amount with the digits that it has, without an exponent."""
    return f"{value:f}"


_DATE = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?\s*", re.ASCII)


def parse_date(value: object) -> dt.date:
    """Read ``YYYY-MM-DD``, with or without a time zone; raise ValueError for anything else."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        sentence = say("cuadre.engine:no_date", value=value)
        raise ValueError(sentence)
    return dt.date.fromisoformat(found[1])


class _DateSchema:
    """Reads through ``parse_date``: a bare number is no date, though pydantic would take it for one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own signature
        return core_schema.no_info_plain_validator_function(
            parse_date,
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


Amount = Annotated[Decimal, _AmountSchema]
"""A ``Decimal`` with at most 18 integer digits and 12 decimals; JSON writes it as text."""
Date = Annotated[dt.date, _DateSchema]
"""A calendar date as ``YYYY-MM-DD``; a time zone after it is read and not kept."""
Code = Annotated[str, StringConstraints(strip_whitespace=True)]
"""A code or an identifier: text without white space around it."""
Path = tuple[str | int, ...]
"""Where a value stands in a Document: ``("lines", 0, "price", "price_amount")``."""
