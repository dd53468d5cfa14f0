"""Days that run before a deadline for people outside the mainland (CPA art. 88)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Residence(StrEnum):
    """Where the person concerned lives or is, for a service on the mainland (88/1)."""

    MAINLAND = "mainland"
    AUTONOMOUS_REGION = "autonomous_region"
    EUROPE = "europe"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class ExtraDays:
    """Days before the count, the clause that gives them, and whether its text was read."""

    days: int
    clause: str
    confirmed: bool


_EXTRA_DAYS = {
    Residence.MAINLAND: ExtraDays(0, "CPA 88/1", True),
    Residence.AUTONOMOUS_REGION: ExtraDays(5, "CPA 88/1/a", True),
    Residence.EUROPE: ExtraDays(15, "CPA 88/1/b", True),
    # Of this letter only "30 days", and that a condition about the notification follows, was read.
    Residence.ELSEWHERE: ExtraDays(30, "CPA 88/1/c", False),
}


def extra_days_for(residence: Residence) -> ExtraDays:
    """The days before a deadline *fixed by law* starts, when the service is on the mainland.

    They are for deadlines that do not allow for distance themselves (88/1). For a service in an
    autonomous region give the days by hand: the numbers of art. 88 about it were not read.
    """
    return _EXTRA_DAYS[residence]
