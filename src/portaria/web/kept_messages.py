"""Messages as records keep them: a code with exact numbers and dates, rendered when read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portaria.core.messages import Message


def packed(message: Message) -> dict[str, Any]:
    """A message with its exact numbers and dates, as JSON keeps it."""
    return {"code": message.code, "params": {n: _packed(v) for n, v in message.params.items()}}


def _packed(value: object) -> Any:
    if isinstance(value, Message):
        return {"message": packed(value)}
    if isinstance(value, Decimal | Fraction):
        return {"number": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if isinstance(value, int | str) or value is None else str(value)


def unpacked(row: Mapping[str, Any]) -> Message:
    """The message that `packed` kept."""
    return Message(row["code"], {name: _unpacked(v) for name, v in row["params"].items()})


def _unpacked(value: Any) -> object:
    match value:
        case {"message": dict() as row}:
            return unpacked(row)
        case {"number": str() as text}:
            return Fraction(text) if "/" in text else Decimal(text)
        case {"date": str() as text}:
            return date.fromisoformat(text)
    return value
