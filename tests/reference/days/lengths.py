"""Lengths of time that the code names: hours as days, days of distance, six months."""

from calendar import monthrange
from datetime import date

DISTANCE = {"mainland": 0, "autonomous_region": 5, "europe": 15}


def of_hours(hours: int) -> int:
    """87/e: 24 hours are one day and 48 two; nothing is said of others."""
    if hours not in (24, 48):
        raise ValueError(f"only 24 and 48 hours are days, not {hours}")
    return hours // 24


def extra_days_of(residence: str) -> int:
    """88/1: for a service on the mainland; beyond Europe the number is not at hand."""
    if residence not in DISTANCE:
        raise ValueError(f"no days of distance known for {residence!r}: {sorted(DISTANCE)}")
    return DISTANCE[residence]


def six_months_after(day: date) -> date:
    """The same day, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month + 5, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
