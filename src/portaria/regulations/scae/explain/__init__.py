"""Why a record stands in a load as it does, or not in it, as data: `explain(folder, subject)`."""

from portaria.regulations.scae.explain.account import (
    Before,
    Case,
    ClassTold,
    Course,
    DateTold,
    DisciplineLine,
    Disciplines,
    Explanation,
    Finding,
    Hours,
    HoursLine,
    Member,
    Standing,
    as_json,
)
from portaria.regulations.scae.explain.record import explain

__all__ = [
    "Before",
    "Case",
    "ClassTold",
    "Course",
    "DateTold",
    "DisciplineLine",
    "Disciplines",
    "Explanation",
    "Finding",
    "Hours",
    "HoursLine",
    "Member",
    "Standing",
    "as_json",
    "explain",
]
