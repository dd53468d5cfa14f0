"""Lei 71/2017: its text, its edition, its rules under readings."""

from __future__ import annotations

from portaria.core.regulation import Regulation

SOCIAL = Regulation(
    "portaria.regulations.social",
    "71-2017",
    (
        "prices", "years",
    ),
)  # fmt: skip
