"""The days of a procedure: until when one may apply, until when one is heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portaria.core.deadline import (
    Deadline,
    ServiceCalendar,
    add_days,
    service_calendar,
)
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

NEGATIVE = declare("recruitment-negative-hearing", "a hearing has no fewer than zero days: {days}")


@dataclass(frozen=True)
class Hearing:
    """`until`: the last day to answer; `law_until`: that of the days the law asks for at least;
    `alternative`: under the other reading of the municipal holiday, None where it is the same.
    All None for a list that opens no hearing. `short`: fewer days than the law asks for."""

    until: date | None = None
    law_until: date | None = None
    alternative: date | None = None
    short: bool = False

    def open_on(self, day: date) -> bool:
        """Whether people may still answer on a day; the last day is one of the hearing."""
        return self.until is not None and day <= self.until


def calendar_of(
    municipal: frozenset[date], closures: frozenset[date], rules: RuleSet
) -> ServiceCalendar:
    """The days of the service that recruits."""
    return service_calendar(municipal, closures, rules.readings["municipal_day"])


@rule("application-deadline")
def apply_by(
    published: date, calendar: ServiceCalendar, rules: RuleSet, days: int | None = None
) -> Deadline:
    """The last day to apply, in working days (8072 4); `days`: those of another notice.

    UsageError beyond the years whose working days are known."""
    return add_days(published, days or rules.number("application_days"), calendar)


@rule("hearing")
def hearing(published: date, days: int, calendar: ServiceCalendar, rules: RuleSet) -> Hearing:
    """The hearing that a list opens (Proc-006 4; CPA 122/1); UsageError for negative days."""
    if days < 0:
        raise UsageError(Message(NEGATIVE, {"days": days}))
    if days == 0:
        return Hearing()
    least = rules.number("law_hearing_days")
    lasts = max(days, least) if rules.takes("hearing_days", "at_least_ten") else days
    found = add_days(published, lasts, calendar)
    law = add_days(published, least, calendar)
    return Hearing(found.last_day, law.last_day, found.alternative_last_day, days < least)
