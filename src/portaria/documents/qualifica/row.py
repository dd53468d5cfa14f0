"""The hours of a school as data."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from portaria.core.edition import Edition
from portaria.core.numbers import written
from portaria.documents.qualifica.arithmetic import arithmetic
from portaria.documents.qualifica.words import corrections_row
from portaria.regulations.qualifica.model import Hours


def row_of(found: Hours, edition: Edition) -> dict[str, Any]:
    """The answer as data: `hours` whole, the other numbers as exact text, days in ISO."""
    need, cut = found.need, found.cut
    return {
        "edition": edition.name,
        "title": edition.title,
        "role": found.role,
        "hours": found.hours,
        "exact": written(found.exact),
        "base": written(found.base),
        "need_bonus": written(found.need_bonus),
        "performance_cut": written(found.performance_cut),
        "points_above": _text(need.above if need else None),
        "points_counted": _text(need.counted if need else None),
        "performance": _text(cut.performance if cut else None),
        "fives_below": _text(cut.blocks if cut else None),
        "proportion": _text(found.proportion),
        "capped": found.capped,
        "excluded": found.excluded,
        "new_until": found.new_until and str(found.new_until),
        "measured_on": found.measured_on and str(found.measured_on),
        "arithmetic": arithmetic(found, "en"),
        "clauses": list(found.clauses),
        "warnings": list(found.warnings),
        "readings": dict(found.readings),
        "corrections": corrections_row(edition),
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else written(value)
