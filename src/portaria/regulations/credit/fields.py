"""The fields of a request: what each may hold, and the sentence for what it may not.

A number is written as text, `"4.5"` or `"70/3"`: a number of JSON has been through a float in most
programs before it comes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from portaria.core.messages import Message, declare
from portaria.core.numbers import exact

NOT_TEXT_NUMBER = declare(
    "credit-number-not-text",
    'write the number as text, between quotes: "4.5". A bare number of JSON may have lost digits',
)
DECIMAL_COMMA = declare("credit-decimal-comma", "write {value} with a point: {meant}")
NOT_A_NUMBER = declare(
    "credit-not-a-number", "{value} is no number; write digits with a decimal point, such as 4.5"
)
NOT_POSITIVE = declare("credit-not-positive", "{value} is not above zero")
NEGATIVE = declare("credit-negative", "{value} is below zero")
NOT_A_DAY = declare(
    "credit-not-a-day", "{value} is no day of the calendar; write year-month-day, as 2017-10-10"
)

NOT_PRINTABLE = declare(
    "credit-not-printable", "the text holds characters that cannot be shown; write it again"
)


def refuse(code: str, **params: object) -> NoReturn:
    """A fault of one field, with the code of its declared sentence."""
    raise PydanticCustomError("declared", "{code}", {"code": code, "params": params})


def number_of(value: Any) -> Fraction:
    """The exact number of a text; refuses anything else with the reason."""
    if isinstance(value, Fraction):
        return value
    if not isinstance(value, str):
        refuse(NOT_TEXT_NUMBER)
    found = exact(value)
    if found is not None:
        return found
    if value.count(",") == 1 and exact(meant := value.replace(",", ".")) is not None:
        refuse(DECIMAL_COMMA, value=value, meant=meant)
    refuse(NOT_A_NUMBER, value=value)


def _positive(value: Any) -> Fraction:
    found = number_of(value)
    if found <= 0:
        refuse(NOT_POSITIVE, value=value)
    return found


def _not_negative(value: Any) -> Fraction:
    found = number_of(value)
    if found < 0:
        refuse(NEGATIVE, value=value)
    return found


def _day(value: Any) -> date:
    """ISO, to the letter; Python would also take week dates and digits without hyphens."""
    if isinstance(value, str) and len(value) == len("2017-10-10"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    refuse(NOT_A_DAY, value=str(value))


def _words(value: str) -> str:
    """A line of text; what no screen and no paper can show is a slip or an attack."""
    if not value.isprintable():
        refuse(NOT_PRINTABLE)
    return value


Positive = Annotated[Fraction, BeforeValidator(_positive)]
NotNegative = Annotated[Fraction, BeforeValidator(_not_negative)]
Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500, strip_whitespace=True),
    AfterValidator(_words),
]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Part(BaseModel):
    """A part of a request: nothing unknown, nothing coerced, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


# What pydantic finds by itself, with our sentence for it.
FOUND = {
    "missing": declare("credit-missing", "this must be given"),
    "extra_forbidden": declare(
        "credit-unknown-key", "the key is unknown; look for a slip in its name"
    ),
    "literal_error": declare("credit-not-allowed", "{value} is not one of: {allowed}"),
    "model_type": declare("credit-not-an-object", "an object with keys is needed here: {{ }}"),
    "tuple_type": declare("credit-not-a-list", "a list is needed here: [ ]"),
    "string_type": declare("credit-not-text", "a text between quotes is needed here"),
    "string_too_short": declare("credit-empty-text", "the text is empty; leave the key out"),
    "string_too_long": declare("credit-long-text", "the text is longer than 500 characters"),
    "string_pattern_mismatch": declare(
        "credit-country", "{value} is no country code; write two capital letters, as PT or ES"
    ),
    "bool_type": declare("credit-not-a-boolean", "true or false is needed here, without quotes"),
    "greater_than_equal": declare("credit-too-small", "{value} is too small; the least is {least}"),
    "less_than_equal": declare("credit-too-large-number", "{value} is too large; at most {most}"),
    "too_short": declare("credit-too-few", "at least one is needed here"),
    "too_long": declare("credit-too-many", "at most {most} are possible here"),
    "int_type": declare("credit-not-whole", "a whole number is needed here, without quotes"),
}
FOUND |= {"string_unicode": NOT_PRINTABLE}
FOUND |= {"dict_type": FOUND["model_type"], "mapping_type": FOUND["model_type"]}


def message_of(error: Mapping[str, Any]) -> Message:
    """The sentence for one error of pydantic; a new kind of error is a KeyError, and our fault."""
    context = error.get("ctx", {})
    if error["type"] == "declared":
        return Message(context["code"], context["params"])
    code = FOUND[error["type"]]
    allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    bounds = {
        "least": context.get("ge", ""),
        "most": context.get("le", context.get("max_length", "")),
    }
    return Message(code, {"value": str(error["input"]), "allowed": allowed, **bounds})
