"""A deadline of the regulation: as data, and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from portaria.core.deadline import Deadline, MunicipalReading, SkippedDay, SkipReason, Unit
from portaria.core.messages import Message, declare, render, show
from portaria.documents.sentence import sentence
from portaria.regulations.cef.deadlines import Due, Moment, OtherDue

BY = declare("cef-due-by", "By {day} ({clause}).")
PREFERABLY = declare("cef-due-preferably", "Preferably by {day} ({clause}).")
PREFERENCE = declare(
    "cef-due-preference",
    "The text prefers it and sets no deadline: the day does not move, and what comes later is "
    "still due.",
)
NOT_BEFORE = declare("cef-due-not-before", "Not before {day} ({clause}).")
MIDNIGHT = declare(
    "cef-due-from-midnight",
    "Counted from 00:00 of {day}, since no hour was given; with it, as in --from {example}, the "
    "answer is exact.",
)
REMIND = declare("cef-due-remind", "Remind on {day}.")
TWO_DAYS = declare(
    "cef-due-two-days",
    "By the two working days of the law the count ends on {last}; from {safe} on it is safe.",
)
OTHER_BY = declare(
    "cef-due-other-by", "By the other reading of the municipal holiday ({reading}): by {day}."
)
OTHER_NOT_BEFORE = declare(
    "cef-due-other-not-before",
    "By the other reading of the municipal holiday ({reading}): not before {day}.",
)
OTHER_TWO_DAYS = declare(
    "cef-due-other-two-days",
    "By the other reading of the municipal holiday ({reading}): the count of the law ends on "
    "{last}; from {safe} on it is safe.",
)
SKIPPED = declare("cef-due-skipped", "Not counted, besides weekends: {days}.")
CLOSED = declare("cef-due-closed", "Closed, so the last day moves: {days}.")
MUNICIPAL = declare("cef-due-municipal", "municipal holiday")
AN_HOUR = "15:00"


def row_of(found: Due, other: OtherDue | None) -> dict[str, Any]:
    """The answer as data: days and moments in ISO, what there is not as None. other: the same
    under the other reading of the municipal holiday."""
    return {
        "name": found.name,
        "clause": found.clause,
        "from": _iso(found.start),
        "not_before": _iso(found.not_before),
        "by": _iso(found.by),
        "remind_on": _iso(found.remind_on),
        "preference": found.preference,
        "counted_from_midnight": found.counted_from_midnight,
        "other_reading": other
        and {
            "reading": other.reading,
            "not_before": _iso(other.due.not_before),
            "by": _iso(other.due.by),
        },
        "days": {
            name: {
                "last_day": str(each.last_day),
                "not_counted": [str(d.date) for d in each.skipped if d.reason != "closure"],
                "closed": [str(d.date) for d in each.skipped if d.reason == "closure"],
                "other_municipal_reading": _other_day(name, each, other),
            }
            for name, each in found.days.items()
        },
    }


def sentences(found: Due, other: OtherDue | None, lang: str) -> Iterator[str]:
    """The day, how it was counted, what the other reading gives, what was passed over."""
    answers = [
        sentence(code, lang, found.clause, day=_shown(day, lang))
        for code, day in (
            (NOT_BEFORE, found.not_before),
            (PREFERABLY if found.preference else BY, found.by),
        )
        if day is not None
    ]
    if found.counted_from_midnight:
        example = f"{found.start.isoformat()}T{AN_HOUR}"
        answers.insert(1, sentence(MIDNIGHT, lang, day=found.start, example=example))
    yield from answers
    if found.preference:
        yield sentence(PREFERENCE, lang)
    if found.remind_on is not None:
        yield sentence(REMIND, lang, day=found.remind_on)
    if "two_days" in found.days:
        yield sentence(TWO_DAYS, lang, **_two_days(found))
    if other is not None:
        yield from _other_told(found, other, lang)
    yield from _passed_told(found, lang)


def _other_told(found: Due, other: OtherDue, lang: str) -> Iterator[str]:
    reading, due = other.reading, other.due
    if due.not_before is not None and due.not_before != found.not_before:
        day = _shown(due.not_before, lang)
        yield sentence(OTHER_NOT_BEFORE, lang, reading=reading, day=day)
    if due.by is not None and due.by != found.by:
        yield sentence(OTHER_BY, lang, reading=reading, day=_shown(due.by, lang))
    if "two_days" in found.days and _two_days(due) != _two_days(found):
        yield sentence(OTHER_TWO_DAYS, lang, reading=reading, **_two_days(due))


def _passed_told(found: Due, lang: str) -> Iterator[str]:
    """The days passed over by the counts that decided, weekends left out."""
    by = found.by.date() if isinstance(found.by, datetime) else found.by
    counts = [each for each in found.days.values() if by is None or each.last_day == by]
    passed = {
        day: _moves(day, each) for each in counts for day in each.skipped if day.date.weekday() < 5
    }
    for code, closed in ((SKIPPED, False), (CLOSED, True)):
        days = [_named(day, lang) for day, moves in passed.items() if moves == closed]
        if days:
            yield sentence(code, lang, days=", ".join(days))


def _moves(day: SkippedDay, count: Deadline) -> bool:
    """Whether a day was counted, and only kept the deadline from ending there."""
    reading = count.municipal_reading
    if day.reason == SkipReason.MUNICIPAL_HOLIDAY and reading is MunicipalReading.CLOSES_ONLY:
        return True
    return day.reason == SkipReason.CLOSURE or count.unit is Unit.CALENDAR_DAYS


def _named(day: SkippedDay, lang: str) -> str:
    name = day.name
    if not name and day.reason == SkipReason.MUNICIPAL_HOLIDAY:
        name = render(Message(MUNICIPAL), lang)
    return show(day.date, lang) + (f" ({name})" if name else "")


def _two_days(found: Due) -> dict[str, Any]:
    return {"last": found.days["two_days"].last_day, "safe": found.days["safe_from"].last_day}


def _other_day(name: str, count: Deadline, other: OtherDue | None) -> str | None:
    if other is None or other.due.days[name].last_day == count.last_day:
        return None
    return str(other.due.days[name].last_day)


def _iso(moment: Moment | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return None if moment is None else str(moment)


def _shown(moment: Moment, lang: str) -> str:
    """A day written out, with the hour where there is one."""
    if isinstance(moment, datetime):
        return f"{show(moment.date(), lang)}, {moment:%H:%M}"
    return show(moment, lang)
