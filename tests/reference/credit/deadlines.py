"""Articles 5/2-3 and 16: working days, with the municipal holidays and closures of the seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portaria.core.deadline import MunicipalReading, OnDates, ServiceCalendar, add_days

from .editions import NAMED_COURSES
from .model import Item, Request

REQUEST, FORWARD, CERTIFIED, EXPERIENCE, APPEAL = 15, 2, 15, 40, 10


@dataclass(frozen=True)
class Deadlines:
    request_by: date | None
    forward_by: date | None
    certified_by: date | None
    experience_by: date | None
    appeal_days: int = APPEAL


def calendar_of(
    municipal: frozenset[date], closures: frozenset[date], reading: str
) -> ServiceCalendar:
    days = (OnDates(municipal),) if municipal else ()
    return ServiceCalendar(days, closures, MunicipalReading(reading))


def request_by(request: Request, readings: Mapping[str, str]) -> date | None:
    """5/2: fifteen working days after the start of the year, for every course."""
    if readings["courses"] == "named" and request.cycle not in NAMED_COURSES:
        return None
    return add_days(request.year_start, REQUEST, _calendar(request, readings)).last_day


def is_late(item: Item, request: Request, readings: Mapping[str, str]) -> bool:
    """5/3: the day on which missing documents were asked for counts too."""
    last = request_by(request, readings)
    if last is None:
        return False
    if item.asked_on is not None and item.asked_on > last:
        return True
    if readings["document_date"] == "asked" and item.asked_on is not None:
        return False
    return request.submitted_on > last


def deadlines(request: Request, readings: Mapping[str, str]) -> Deadlines:
    """16: nothing runs for a late request until the director authorises it (16/3)."""
    last = request_by(request, readings)
    late = [is_late(item, request, readings) for item in request.items]
    if last is None:
        return Deadlines(None, None, None, None)
    clock = _late_clock(request, readings) if all(late) else _clock(last, request, readings)
    forward, certified, experience = clock
    kinds = {item.source == "experience" for item in request.items}
    if readings["mixed_clock"] == "longest" and len(kinds) == 2:
        certified = experience
    return Deadlines(last, forward, certified, experience)


Clock = tuple[date | None, date | None, date | None]


def _clock(start: date, request: Request, readings: Mapping[str, str]) -> Clock:
    """16/1-2: two days to forward, then fifteen or forty."""
    calendar = _calendar(request, readings)
    forward = add_days(start, FORWARD, calendar).last_day
    return (forward, *_results(forward, calendar))


def _late_clock(request: Request, readings: Mapping[str, str]) -> Clock:
    """16/3 gives no days for forwarding, and does not say from when it counts."""
    if request.authorised_on is None:
        return (None, None, None)
    if readings["late_clock"] == "forwarding":
        return _clock(request.authorised_on, request, readings)
    return (None, *_results(request.authorised_on, _calendar(request, readings)))


def _results(start: date, calendar: ServiceCalendar) -> tuple[date, date]:
    return (
        add_days(start, CERTIFIED, calendar).last_day,
        add_days(start, EXPERIENCE, calendar).last_day,
    )


def missed(due: date, returned_on: date | None, today: date) -> bool:
    """17/3: after a missed deadline the council tells the services why."""
    return (returned_on or today) > due


def _calendar(request: Request, readings: Mapping[str, str]) -> ServiceCalendar:
    return calendar_of(request.municipal, request.closures, readings["municipal_day"])
