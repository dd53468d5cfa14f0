"""Articles 29 and 34: the day of the PAF, who may still enter, and who was absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portaria.core.deadline import ServiceCalendar, is_open
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.cef import deadlines

NONE_LEFT = timedelta(0)
NEW_DATE, UNDECIDED, NO_PAF = "new_date", "undecided", "no_paf_this_year"


@dataclass(frozen=True)
class Arrival:
    """`be_there_by`, `ends_at`: moments. `on_time`: there by the first; `left`: the time for the
    exam, nothing for who is not admitted."""

    be_there_by: datetime
    ends_at: datetime
    on_time: bool
    admitted: bool
    left: timedelta
    clause: str


@dataclass(frozen=True)
class PafDate:
    """`conflicts`: before-internship-ends, school-closed, matrix-late. `remarks`, since the text
    only prefers them: outside-15-to-30-july. `matrix_by`: the last day to post the matrix."""

    day: date
    matrix_by: date
    conflicts: tuple[str, ...]
    remarks: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class Absence:
    """`outcome`: new_date, no_paf_this_year, or undecided where the Director has not answered."""

    justify_by: date
    outcome: str
    clause: str


@dataclass(frozen=True)
class LaterYear:
    """Whether the school owes the PAF in a later year: `if_asked` or `not_guaranteed`."""

    outcome: str
    clause: str


@rule("paf-presence", "paf-duration", "paf-lateness")
def arrival(start: datetime, at: datetime, rules: RuleSet) -> Arrival:
    """29/4: to be there 15 minutes before; 29/6: admitted up to 15 minutes late, to the second by
    a reading; 29/5: 90 minutes from the start, and no more for who is late."""
    late = at - start
    most = timedelta(minutes=rules.number("paf_late_minutes"))
    length = timedelta(minutes=rules.number("paf_minutes"))
    admitted = late <= most if rules.takes("lateness", "inclusive") else late < most
    by = start - timedelta(minutes=rules.number("paf_early_minutes"))
    left = length - max(late, NONE_LEFT) if admitted else NONE_LEFT
    clause = rules.clause("paf-lateness" if late > NONE_LEFT else "paf-presence")
    return Arrival(by, start + length, at <= by, admitted, left, clause)


@rule("paf-dates")
def paf_date(
    day: date,
    internship_ends: date,
    calendar: ServiceCalendar,
    rules: RuleSet,
    matrix_on: date | None = None,
) -> PafDate:
    """29/1: after the last day of the internship, preferably from 15 to 30 July; 29/2: its matrix
    posted a month before. matrix_on: the day it is posted, None where that is not known.

    UsageError outside the years whose holidays are known.
    """
    matrix = deadlines.paf_matrix(deadlines.Asked(day, calendar, rules)).days["by"].last_day
    against = {
        "before-internship-ends": day <= internship_ends,
        "school-closed": not is_open(day, calendar),
        "matrix-late": matrix_on is not None and matrix_on > matrix,
    }
    preferred = rules.day("paf_first", day.year) <= day <= rules.day("paf_last", day.year)
    return PafDate(
        day,
        matrix,
        tuple(code for code, stands in against.items() if stands),
        () if preferred else ("outside-15-to-30-july",),
        rules.clause("paf-dates"),
    )


@rule("paf-absence", "paf-new-date", "paf-lost")
def absence(
    exam: date,
    justified_on: date | None,
    accepted: bool | None,
    calendar: ServiceCalendar,
    rules: RuleSet,
    absent_again: bool = False,
) -> Absence:
    """34/1-3: justified through the guardian within two working days, and accepted by the Director:
    a new date; not justified, late, refused, or absent again on it: no PAF in that school year.

    justified_on: None for never; accepted: None where the Director has not answered yet.
    """
    by = deadlines.paf_absence(deadlines.Asked(exam, calendar, rules)).days["by"].last_day
    if justified_on is None or justified_on > by or accepted is False or absent_again:
        return Absence(by, NO_PAF, rules.clause("paf-lost"))
    if accepted is None:
        return Absence(by, UNDECIDED, rules.clause("paf-absence"))
    return Absence(by, NEW_DATE, rules.clause("paf-new-date"))


@rule("paf-later-years")
def later_year(course_runs: bool, rules: RuleSet) -> LaterYear:
    """34/4: in a later year the PAF is not guaranteed where the course does not run then; that it
    is owed where the course runs is only implied."""
    outcome = "if_asked" if course_runs else "not_guaranteed"
    return LaterYear(outcome, rules.clause("paf-later-years"))
