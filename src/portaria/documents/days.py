"""A count of working days in sentences: its last day, every day passed over, the other reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portaria.core.deadline import Deadline, SkippedDay, SkipReason
from portaria.core.messages import Message, declare, render

LAST = declare(
    "days-last", "{day}: {count} working day after {start}.",
    "{day}: {count} working days after {start}.",
)  # fmt: skip
LAST_CALENDAR = declare(
    "days-last-calendar", "{day}: {count} day after {start}.", "{day}: {count} days after {start}."
)
BEFORE = declare(
    "days-before", "{day}: {count} working day before {start}.",
    "{day}: {count} working days before {start}.",
)  # fmt: skip
BEFORE_CALENDAR = declare(
    "days-before-calendar", "{day}: {count} day before {start}.",
    "{day}: {count} days before {start}.",
)  # fmt: skip
EXTRA = declare(
    "days-extra", "With {count} day for the distance (CPA, art. 88).",
    "With {count} days for the distance (CPA, art. 88).",
)  # fmt: skip
SKIPPED = declare("days-skipped", "Not counted: {days}.")
CLOSED = declare("days-closed", "It cannot end on: {days}.")
DAY = declare("days-day", "{day} ({why})")
NAMED = declare("days-named", "{why}, {name}")
OTHER = declare("days-other", "Under the other reading of the municipal holiday: {day}.")
REASONS = {
    SkipReason.SATURDAY: declare("days-saturday", "Saturday"),
    SkipReason.SUNDAY: declare("days-sunday", "Sunday"),
    SkipReason.NATIONAL_HOLIDAY: declare("days-national", "holiday"),
    SkipReason.MUNICIPAL_HOLIDAY: declare("days-municipal", "municipal holiday"),
    SkipReason.CLOSURE: declare("days-closure", "the service is closed"),
}


def sentences(found: Deadline, lang: str, back: bool = False) -> Iterator[str]:
    """The last day and what was passed over on the way to it; back: counted before an event."""
    working = found.unit == "working_days"
    forms = (BEFORE, BEFORE_CALENDAR) if back else (LAST, LAST_CALENDAR)
    numbers = {"count": found.days + found.extra_days, "start": found.start}
    code = forms[0] if working else forms[1]
    yield render(Message(code, {"day": found.last_day, **numbers}), lang)
    if found.extra_days:
        yield render(Message(EXTRA, {"count": found.extra_days}), lang)
    ends = found.moved_from
    moved = [] if ends is None else [d for d in found.skipped if abs(d.date - found.start) >=
                                     abs(ends - found.start)]  # fmt: skip
    stopped = [day for day in found.skipped if day not in moved]
    for form, days in ((SKIPPED, stopped), (CLOSED, moved)):
        if days:
            listed = ", ".join(_told(day, lang) for day in days)
            yield render(Message(form, {"days": listed}), lang)
    if found.alternative_last_day is not None:
        yield render(Message(OTHER, {"day": found.alternative_last_day}), lang)


def row_of(found: Deadline) -> dict[str, Any]:
    """The answer as JSON: days in ISO, what there is not as null."""
    moved, other = found.moved_from, found.alternative_last_day
    return {
        "from": str(found.start),
        "days": found.days,
        "unit": found.unit.value,
        "extra_days": found.extra_days,
        "date": str(found.last_day),
        "skipped": [
            {"date": str(day.date), "reason": day.reason.value, "name": day.name}
            for day in found.skipped
        ],
        "moved_from": moved and str(moved),
        "other_municipal_reading": other and str(other),
    }


def _told(day: SkippedDay, lang: str) -> str:
    why = render(Message(REASONS[day.reason]), lang)
    if day.name:
        why = render(Message(NAMED, {"why": why, "name": day.name}), lang)
    return render(Message(DAY, {"day": day.date, "why": why}), lang)
