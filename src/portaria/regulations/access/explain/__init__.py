"""Why a candidate was placed where she was, as data: `explain(results, candidate)`."""

from portaria.regulations.access.explain.account import (
    Arithmetic,
    Distance,
    ExamSet,
    Explanation,
    Hearing,
    LastPlaced,
    OptionExplained,
    SeatHeld,
    Terms,
    as_json,
)
from portaria.regulations.access.explain.candidate import explain

__all__ = [
    "Arithmetic",
    "Distance",
    "ExamSet",
    "Explanation",
    "Hearing",
    "LastPlaced",
    "OptionExplained",
    "SeatHeld",
    "Terms",
    "as_json",
    "explain",
]
