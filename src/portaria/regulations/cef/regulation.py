"""The regulation with its edition, and every module that applies a rule, by its articles."""

from __future__ import annotations

from portaria.core.regulation import Regulation
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

CEF = Regulation(
    "portaria.regulations.cef",
    "cef-albufeira-2023",
    (
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
    ),
)
