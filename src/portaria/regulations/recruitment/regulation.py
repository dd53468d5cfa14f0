"""The edition of both procedures with the rules that apply it."""

from __future__ import annotations

from portaria.core.regulation import Regulation

RECRUITMENT = Regulation(
    "portaria.regulations.recruitment",
    "recruitment-2017",
    (
        "admitted", "answers", "application", "days", "evaluate", "ranking",
        "requirements", "states",
    ),
)  # fmt: skip
