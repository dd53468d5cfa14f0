"""What a single question does with its answer: JSON, sentences, or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import typer

from portaria.cli.show import printable
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.numbers import written

DIGITS = 12
"""What a number may have on either side of its mark, as `core.numbers` reads it."""
TOO_LONG = declare(
    "number-too-long",
    "{where} is not read: a number has at most {digits} digits before the decimal mark, and as "
    "many after it",
)


def tell(
    row: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    sentences: Iterable[str],
    as_json: bool,
    quiet: bool,
) -> None:
    """One answer, or several, one line a sentence; an exact number as text in JSON."""
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False, indent=1, default=_shown))
    else:
        typer.echo("\n".join(map(printable, sentences)))


def exact_of(text: str, otherwise: Message, option: str = "", fractions: bool = True) -> Fraction:
    """A number with a point or a comma, or a fraction where these may be.

    option: by which a number that is too long is told. UsageError where it is no number.
    """
    from portaria.core.numbers import exact

    given = text.strip().replace(",", ".")
    found = exact(given)
    if found is None and any(len(part) > DIGITS for part in _digits(given)):
        raise UsageError(Message(TOO_LONG, {"where": option or text, "digits": DIGITS}))
    if found is None or (not fractions and "/" in given):
        raise UsageError(otherwise)
    return found


def _digits(number: str) -> list[str]:
    """Those on both sides of the mark of a number; none where it is no number."""
    found = re.fullmatch(r"-?([0-9]+)(?:[./]([0-9]+))?", number)
    return [part for part in found.groups() if part] if found else []


def _shown(value: object) -> str:
    return written(value) if isinstance(value, Fraction) else str(value)
