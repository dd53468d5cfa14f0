"""The regulation with its edition, and every module that applies a rule of it."""

from __future__ import annotations

from portaria.core.regulation import Regulation

CEF = Regulation(
    "portaria.regulations.cef",
    "cef-albufeira-2023",
    (
        "admission", "attendance", "certification", "deadlines", "exam", "exclusions",
        "grades", "instruments", "internship_plan", "jury", "measures", "meetings",
        "minutes", "outlook", "practice", "progress", "recoveries", "team", "validity",
    ),
)  # fmt: skip
