"""Every module that applies a rule, in the order of the articles; importing it registers them."""

from portaria.regulations.cef import (
    admission,
    attendance,
    certification,
    deadlines,
    exam,
    exclusions,
    grades,
    instruments,
    internship_plan,
    jury,
    measures,
    meetings,
    minutes,
    outlook,
    practice,
    progress,
    recoveries,
    team,
    validity,
)

PACKAGE = "portaria.regulations.cef"

__all__ = [
    "PACKAGE",
    "admission",
    "attendance",
    "certification",
    "deadlines",
    "exam",
    "exclusions",
    "grades",
    "instruments",
    "internship_plan",
    "jury",
    "measures",
    "meetings",
    "minutes",
    "outlook",
    "practice",
    "progress",
    "recoveries",
    "team",
    "validity",
]
