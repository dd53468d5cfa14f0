"""What single fields of a record take: days with their hour, and numbers that are numbers."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, NaiveDatetime
from pydantic_core import PydanticCustomError

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(DAY.pattern + r"[T ]\d{2}:\d{2}", re.ASCII)


def _with_hour(value: Any) -> Any:
    """A day alone would be read as its midnight, a number as seconds since 1970."""
    if isinstance(value, datetime) or (isinstance(value, str) and MOMENT.match(value)):
        return value
    if isinstance(value, date) or (isinstance(value, str) and DAY.fullmatch(value)):
        raise PydanticCustomError("hour", "no hour")
    raise PydanticCustomError("datetime", "no moment")


def _no_flag(value: Any) -> Any:
    """True would be read as 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("int", "no number")
    return value


Moment = Annotated[NaiveDatetime, BeforeValidator(_with_hour)]
"""A day with its hour, in the time of the school."""
Number = Annotated[int, Field(ge=1), BeforeValidator(_no_flag)]
"""A whole number from 1 on."""
