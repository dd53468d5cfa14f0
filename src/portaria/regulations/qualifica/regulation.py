"""Despacho 6261-B/2017: its text, its edition, its rules under readings."""

from __future__ import annotations

from portaria.core.regulation import Regulation

QUALIFICA = Regulation(
    "portaria.regulations.qualifica",
    "6261-B-2017",
    (
        "figures", "hours", "new_centres", "roles", "steps", "team",
    ),
)  # fmt: skip
