"""The regulation with its edition, and every module that applies a rule of it."""

from __future__ import annotations

from portaria.core.regulation import Regulation
from portaria.regulations.duties import dates, harassment, offences, sanctions

DUTIES = Regulation(
    "portaria.regulations.duties", "73-2017", (dates, harassment, offences, sanctions)
)
