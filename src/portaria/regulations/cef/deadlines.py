"""Every deadline of the regulation, by name (CEF-06, 07, 10, 11, 17, 21, 22, 29, 33, 34).

Working days by the Code of Administrative Procedure (arts. 87 and 88); hours by the clock where
the school only binds itself. No function here reads the clock of the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from portaria.core.deadline import (
    Deadline,
    ServiceCalendar,
    Unit,
    add_days,
    is_open,
    latest_before,
    months_before,
)
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

NEXT_TEST = declare("cef-next-test", "the next test, {next}, is not after this one, {day}")
Moment = date | datetime
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """`by`: the last day, or moment where the clock counts; `not_before`: the first. `remind_on`:
    the last open day before it. `days`: by name, the counts of working days behind it.
    `preference`: the text prefers it, and what is late is still due. `counted_from_midnight`: the
    clock counts, and the start has no hour."""

    name: str
    clause: str
    start: Moment
    not_before: Moment | None = None
    by: Moment | None = None
    remind_on: date | None = None
    days: Mapping[str, Deadline] = field(default_factory=dict)
    preference: bool = False
    counted_from_midnight: bool = False


@dataclass(frozen=True)
class OtherDue:
    """The answer under another reading, which is written as NAME=CHOICE."""

    reading: str
    due: Due


@dataclass(frozen=True)
class Asked:
    """What a deadline is counted from, and in which days."""

    start: Moment
    calendar: ServiceCalendar
    rules: RuleSet
    next_test: date | None = None

    @property
    def day(self) -> date:
        """The day of the start."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def whole_day(self) -> bool:
        """Whether the start has no hour."""
        return not isinstance(self.start, datetime)

    def working(self, parameter: str) -> Deadline:
        """So many working days after the start."""
        return add_days(self.day, self.rules.number(parameter), self.calendar)

    def within(self, name: str, rule_id: str, parameter: str) -> Due:
        """A deadline that is nothing but working days."""
        found = self.working(parameter)
        clause = self.rules.clause(rule_id)
        return Due(name, clause, self.start, by=found.last_day, days={"by": found})


def due(name: str, asked: Asked) -> Due:
    """The deadline `name`, one of NAMES. `start`: the notice sent, the meeting that failed, the
    meeting (minutes, grade sheets), the day recorded or told (recovery), the test, the PAF, the
    day its results were posted."""
    return NAMES[name](asked)


def by_other_reading(name: str, asked: Asked) -> OtherDue | None:
    """The same under the other reading of the municipal holiday; None where no such holiday was
    given."""
    if not asked.calendar.municipal:
        return None
    other = asked.calendar.municipal_reading.other
    calendar = replace(asked.calendar, municipal_reading=other)
    return OtherDue(f"municipal_day={other}", due(name, replace(asked, calendar=calendar)))


@rule("meeting-notice")
def meeting_notice(asked: Asked) -> Due:
    """8/3: 48 hours, of the clock; two days by the law (CPA 87/e), which are shown beside them."""
    hours = timedelta(hours=asked.rules.number("notice_hours"))
    two_days = add_days(asked.day, asked.rules.number("notice_hours") // 24, asked.calendar)
    safe = add_days(two_days.last_day, 1, asked.calendar)
    by_clock = asked.rules.takes("notice", "clock")
    return Due(
        "meeting-notice",
        asked.rules.clause("meeting-notice"),
        asked.start,
        not_before=asked.start + hours if by_clock else safe.last_day,
        days={"two_days": two_days, "safe_from": safe},
        counted_from_midnight=by_clock and asked.whole_day,
    )


@rule("second-meeting")
def second_meeting(asked: Asked) -> Due:
    """8/4 is special, 8/3 does not hold: at least 24 hours later (CPA 29/2), at most two days."""
    last = add_days(asked.day, asked.rules.number("second_meeting_hours") // 24, asked.calendar)
    by_days = asked.rules.takes("second_meeting", "days")
    clock = asked.start + timedelta(hours=asked.rules.number("second_meeting_hours"))
    a_day = asked.rules.takes("second_notice", "day")
    return Due(
        "second-meeting",
        asked.rules.clause("second-meeting"),
        asked.start,
        not_before=asked.start + ONE_DAY if a_day else asked.start,
        by=last.last_day if by_days else clock,
        days={"by": last},
        counted_from_midnight=asked.whole_day,
    )


@rule("minutes-deadline")
def minutes(asked: Asked) -> Due:
    """8/8: minutes and attendance sheet, two working days after the meeting."""
    return asked.within("minutes", "minutes-deadline", "minutes_days")


@rule("recovery-notice")
def recovery_notice(asked: Asked) -> Due:
    """12/7: the class director tells teachers, guardian and student within five working days."""
    return asked.within("recovery-notice", "recovery-notice", "recovery_notice_days")


@rule("recovery-definition")
def recovery_definition(asked: Asked) -> Due:
    """12/8: the teachers define the activities in the five working days after that."""
    return asked.within("recovery-definition", "recovery-definition", "recovery_definition_days")


@rule("paf-absence")
def paf_absence(asked: Asked) -> Due:
    """34/1: the absence is justified within two working days of the exam."""
    return asked.within("paf-absence", "paf-absence", "paf_absence_days")


@rule("paf-appeal")
def paf_appeal(asked: Asked) -> Due:
    """33/3: two working days after the results are posted."""
    return asked.within("paf-appeal", "paf-appeal", "paf_appeal_days")


@rule("test-return")
def test_return(asked: Asked) -> Due:
    """13/5: fifteen working days, and always before the day of the next test."""
    found = asked.working("test_return_days")
    last = found.last_day
    if asked.next_test is not None:
        if asked.next_test <= asked.day:
            params = {"next": asked.next_test, "day": asked.day}
            raise UsageError(Message(NEXT_TEST, params))
        before = latest_before(asked.next_test, 1, asked.calendar, unit=Unit.CALENDAR_DAYS)
        last = min(last, before.last_day)
    clause = asked.rules.clause("test-return")
    return Due("test-return", clause, asked.start, by=last, days={"fifteen": found})


@rule("grade-sheets")
def grade_sheets(asked: Asked) -> Due:
    """13/10: 48 hours before the meeting; who enters grades is reminded on an open day."""
    hours = asked.rules.number("grade_sheets_hours")
    by: Moment = asked.start - timedelta(hours=hours)
    by_days = asked.rules.takes("grade_sheets", "days")
    if by_days:
        by = latest_before(asked.day, hours // 24, asked.calendar).last_day
    remind = by.date() if isinstance(by, datetime) else by
    while not is_open(remind, asked.calendar):
        remind -= ONE_DAY
    clause = asked.rules.clause("grade-sheets")
    midnight = not by_days and asked.whole_day
    return Due(
        "grade-sheets", clause, asked.start, by=by, remind_on=remind, counted_from_midnight=midnight
    )


@rule("module-recovery")
def module_recovery(asked: Asked) -> Due:
    """14/2: a second chance at a unit, preferably within fifteen days. A preference is no deadline
    of the law: the last of the days does not move when the school is closed."""
    calendar_days = asked.rules.takes("module_days", "calendar")
    unit = Unit.CALENDAR_DAYS if calendar_days else Unit.WORKING_DAYS
    days = asked.rules.number("module_recovery_days")
    found = _unmoved(add_days(asked.day, days, asked.calendar, unit=unit))
    return Due(
        "module-recovery",
        asked.rules.clause("module-recovery"),
        asked.start,
        by=found.last_day,
        days={"by": found},
        preference=True,
    )


def _unmoved(found: Deadline) -> Deadline:
    """The count without what moved its last day."""
    last = found.moved_from or found.last_day
    skipped = tuple(each for each in found.skipped if each.date < last)
    return replace(
        found, last_day=last, skipped=skipped, moved_from=None, alternative_last_day=None
    )


@rule("paf-matrix")
def paf_matrix(asked: Asked) -> Due:
    """29/2: posted at least a month before the PAF; a closed day moves it back."""
    found = months_before(asked.day, asked.rules.number("matrix_months"), asked.calendar)
    clause = asked.rules.clause("paf-matrix")
    return Due("paf-matrix", clause, asked.start, by=found.last_day, days={"by": found})


NAMES: Mapping[str, Callable[[Asked], Due]] = {
    "meeting-notice": meeting_notice,
    "second-meeting": second_meeting,
    "minutes": minutes,
    "recovery-notice": recovery_notice,
    "recovery-definition": recovery_definition,
    "test-return": test_return,
    "grade-sheets": grade_sheets,
    "module-recovery": module_recovery,
    "paf-matrix": paf_matrix,
    "paf-appeal": paf_appeal,
    "paf-absence": paf_absence,
}
