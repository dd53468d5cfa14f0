"""Days and deadlines by the clocks of Lisbon: the time in which every deadline is given."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

LISBON = ZoneInfo("Europe/Lisbon")
AZORES = ZoneInfo("Atlantic/Azores")


def in_time(moment: datetime, deadline: datetime) -> bool:
    """Whether a moment lies within a deadline, the last second of which counts whole."""
    return moment.replace(microsecond=0) <= deadline


def day_of(moment: datetime) -> date:
    """The day in Lisbon at a moment."""
    return moment.astimezone(LISBON).date()


def today() -> date:
    """The day in Lisbon now."""
    return day_of(timezone.now())


def begin_of(day: date) -> datetime:
    """The moment at which a day begins in Lisbon."""
    return datetime.combine(day, time(), tzinfo=LISBON)
