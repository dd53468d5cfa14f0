"""Units of a transcript as items of a request."""

from __future__ import annotations

import re
from typing import Any

from portaria.core.numbers import written
from portaria.regulations.credit.transcripts.model import Transcript, Unit

HOME = "PT"
WITH_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,4}")


def items_of(transcript: Transcript, origin: str = "degree") -> list[dict[str, Any]]:
    """One item a unit, in the shape that a request has, in the order of the document.

    `origin` is the class of 3/1 that the person chose. `target` is None: who asks names the unit
    to be credited. `country` is None where the document does not say it, and the request is not
    read until it is filled in. The lowest passing grade and the best of a foreign scale are None:
    no document gives them, and the conversion of 11/4 needs them from the services.
    """
    return [_item(unit, origin) for unit in transcript.units]


def _item(unit: Unit, origin: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": unit.id,
        "origin": origin,
        "credits": None if unit.credits is None else written(unit.credits),
        "hours": None if unit.hours is None or unit.credits is not None else written(unit.hours),
        "target": None,
        "grade": _grade(unit),
        "recognised_institution": None,
        "country": unit.country,
        "documents": ["transcript"],
        "name": unit.name or None,
        "institution": unit.institution or None,
    }
    if unit.recognised:
        item["source_credited"] = True
    return item


def _grade(unit: Unit) -> dict[str, Any] | None:
    """The grade as printed; a decimal comma becomes a point, letters and words stay."""
    if unit.grade is None:
        return None
    value = unit.grade
    return {
        "value": value.replace(",", ".") if WITH_COMMA.fullmatch(value) else value,
        "scale": "pt" if unit.country == HOME else "foreign",
        "min_pass": unit.min_pass,
        "max": unit.max,
    }
