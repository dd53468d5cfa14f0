"""What a single question does with its answer: JSON, sentences, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import typer

from portaria.cli.show import printable
from portaria.core.errors import UsageError
from portaria.core.messages import Message
from portaria.core.numbers import written


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


def exact_of(text: str, otherwise: Message) -> Fraction:
    """A number with a point or a comma, or a fraction; UsageError where it is none."""
    from portaria.core.numbers import exact

    found = exact(text.strip().replace(",", "."))
    if found is None:
        raise UsageError(otherwise)
    return found


def _shown(value: object) -> str:
    return written(value) if isinstance(value, Fraction) else str(value)
