"""Moments as a contest tells them: in Lisbon time, which the deadlines are fixed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portaria.core.errors import ConfigurationError
from portaria.core.messages import Message, declare, render, show

LISBON = declare("access-paper-lisbon", "{day}, {hour} (Lisbon time)")
AZORES = declare("access-paper-azores", "{day}, {hour} (Azores time)")
ZONES = {LISBON: ZoneInfo("Europe/Lisbon"), AZORES: ZoneInfo("Atlantic/Azores")}


def in_lisbon(moment: datetime, lang: str) -> str:
    """`20 July 2017, 23:59:59 (Lisbon time)`; ConfigurationError for a moment without a zone."""
    return _told(moment, LISBON, lang)


def in_azores(moment: datetime, lang: str) -> str:
    """The same moment by the clocks of the Azores, whose day may be the one before."""
    return _told(moment, AZORES, lang)


def told(moment: datetime, lang: str, azores: bool = False) -> str:
    """A moment of a calendar: `20 July 2017, 23:59 (Lisbon time)`; its last minute is a whole one.

    ConfigurationError for a moment without a zone.
    """
    return _told(moment, AZORES if azores else LISBON, lang, "%H:%M")


def day_or_moment(when: date | datetime, lang: str) -> str:
    """A whole day without an hour, a moment of a calendar with it."""
    return told(when, lang) if isinstance(when, datetime) else show(when, lang)


def aware(moment: datetime) -> datetime:
    """The moment itself; ConfigurationError where it has no zone and so could be several."""
    if moment.utcoffset() is None:
        raise ConfigurationError(f"{moment.isoformat()} has no time zone")
    return moment


def _told(moment: datetime, place: str, lang: str, clock: str = "%H:%M:%S") -> str:
    local = aware(moment).astimezone(ZONES[place])
    hour = f"{local:{clock}}"
    # In October one hour comes twice.
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        hours = (local.utcoffset() or timedelta()) // timedelta(hours=1)
        hour += f", UTC{hours:+d}" if hours else ", UTC"
    return render(Message(place, {"day": local.date(), "hour": hour}), lang)
