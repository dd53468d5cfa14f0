"""Aviso 8072/2017: whether one application is in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from portaria.core.deadline import ServiceCalendar, is_open
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.recruitment.days import apply_by

WAYS = ("hand", "registered_post", "other")
IN_TIME, LATE, CLOSED, WRONG_WAY = ("in_time", "late", "not_at_that_hour", "wrong_way")
POSTMARK, ARRIVAL, DAY_CLOSED = ("postmark-counts", "arrival-counts", "day-closed")
UNKNOWN_WAY = declare("recruitment-way", "an application comes by one of {known}, not {given}")
BEFORE = declare("recruitment-applied-before", "{day} is before the notice of {published}")
NO_ARRIVAL = declare(
    "recruitment-no-arrival", "when did the letter of {day} arrive? Give the day (--received-on)"
)
TOO_SOON = declare(
    "recruitment-arrived-before", "a letter of {day} cannot have arrived on {received_on}"
)


@dataclass(frozen=True)
class Received:
    """`outcome`: in_time, late, not_at_that_hour (the desk is closed; come back while there is
    time) or wrong_way, by `clause`; `deadline` by `deadline_clause`, `alternative` under the other
    reading of the municipal holiday, None where it is the same. `flags`: which day of a letter was
    taken; that the desk is closed for the whole day."""

    outcome: str
    deadline: date
    clause: str
    deadline_clause: str
    alternative: date | None = None
    flags: tuple[str, ...] = ()


@rule("application-way")
def application(
    published: date,
    handed_in: datetime,
    way: str,
    calendar: ServiceCalendar,
    rules: RuleSet,
    received_on: date | None = None,
) -> Received:
    """4, 5/a. `handed_in`: the moment at the desk, or of the postmark. UsageError before the
    notice, for another way, for a letter that arrived before it was posted, or whose arrival counts
    and is not given."""
    if way not in WAYS:
        raise UsageError(Message(UNKNOWN_WAY, {"known": ", ".join(WAYS), "given": way}))
    day = handed_in.date()
    if day < published:
        raise UsageError(Message(BEFORE, {"day": day, "published": published}))
    found = apply_by(published, calendar, rules)
    flags: tuple[str, ...] = ()
    if way == "registered_post":
        by_arrival = rules.takes("post", "received")
        flags = (ARRIVAL if by_arrival else POSTMARK,)
        day = _day_of_letter(day, received_on, by_arrival)
    if way == "other":
        outcome = WRONG_WAY
    elif day > found.last_day:
        outcome = LATE
    elif way == "hand" and not _desk_open(handed_in, calendar, rules):
        outcome = CLOSED
        flags = () if is_open(day, calendar) else (DAY_CLOSED,)
    else:
        outcome = IN_TIME
    deadline_clause = rules.clause("application-deadline")
    clause = deadline_clause if outcome == LATE else rules.clause("application-way")
    other = found.alternative_last_day
    return Received(outcome, found.last_day, clause, deadline_clause, other, flags)


def _day_of_letter(posted: date, received_on: date | None, by_arrival: bool) -> date:
    """The day of a letter that counts. Nothing arrives before it is posted, whichever counts."""
    if received_on is not None and received_on < posted:
        raise UsageError(Message(TOO_SOON, {"day": posted, "received_on": received_on}))
    if not by_arrival:
        return posted
    if received_on is None:
        raise UsageError(Message(NO_ARRIVAL, {"day": posted}))
    return received_on


def _desk_open(moment: datetime, calendar: ServiceCalendar, rules: RuleSet) -> bool:
    """5/a, by the minute, on days on which the service is open."""
    day, now = moment.date(), moment.time().replace(second=0, microsecond=0)
    if not is_open(day, calendar):
        return False
    hours = [*map(time.fromisoformat, rules.edition.value("desk"))]
    last_minute = rules.takes("closing_time", "inclusive")
    return any(
        start <= now < end or (last_minute and now == end)
        for start, end in zip(hours[::2], hours[1::2], strict=True)
    )
