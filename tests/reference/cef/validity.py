"""Articles 35 to 37: which version holds on a day."""

from datetime import date
from typing import Any

VERSIONS = (date(2020, 12, 9), date(2021, 7, 22), date(2023, 1, 25))
"""The pedagogical council's; 37/1 also asks for the general council, whose days are not printed."""


def version(on: date) -> dict[str, Any]:
    """The last one approved by that day; None before the first."""
    found = [day for day in VERSIONS if day <= on]
    return {"version": found[-1] if found else None, "general_council": "unknown"}


def answers_silence() -> list[str]:
    """35/1: where the regulation says nothing."""
    return ["internal-regulation", "law"]
