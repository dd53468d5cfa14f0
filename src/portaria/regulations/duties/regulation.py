"""The regulation with its edition, and every module that applies a rule of it."""

from __future__ import annotations

from portaria.core.regulation import Regulation

DUTIES = Regulation(
    "portaria.regulations.duties",
    "73-2017",
    (
        "dates", "harassment", "offences", "sanctions",
    ),
)  # fmt: skip
