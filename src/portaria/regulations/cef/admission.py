"""Articles 1 and 2: schooling and age. Ages in whole years, one more from the birthday on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

PSYCHOLOGY = "psychology"
INSTEAD = ("class_director", "course_director", "support_teacher")
"""Who reports where there is no psychology service."""
AUTHORS = (PSYCHOLOGY, *INSTEAD)
ADMISSIBLE, MAY_BE_SUBMITTED, INCOMPLETE, BARRED = (
    "admissible", "may_be_submitted", "incomplete", "barred",
)  # fmt: skip
MAY, MAY_IF, MAY_NOT = "may_enter", "may_enter_if", "may_not_enter"
SIGNATURE = "guardian-signature"
SIX, SEVEN, EIGHT, LAST = 6, 7, 8, 12
"""School years."""

NOT_BORN = declare("cef-not-born", "born on {born}, after {day}: one of the days is wrong")
UNKNOWN_AUTHOR = declare(
    "cef-report-author", "{author} writes no such report; known: {known}; or leave it empty"
)
LESSON_TOO_EARLY = declare(
    "cef-lesson-too-early", "the first lesson, {lesson}, is before the school year: {start}"
)
UNKNOWN_SCHOOL_YEAR = declare(
    "cef-school-year-number", "{year} is no school year; write whole numbers from 1 to 12"
)


@dataclass(frozen=True)
class Request:
    """What goes to the schools directorate. `report_by`: one of AUTHORS, empty without a report;
    `psychology_service`: whether the school has one."""

    guardian_signed: bool = False
    report_by: str = ""
    psychology_service: bool = False


@dataclass(frozen=True)
class LastYear:
    """The last school year of a student."""

    interrupted: bool
    passed: bool


@dataclass(frozen=True)
class Admission:
    """`outcome`: admissible, may_be_submitted, incomplete or barred. `reached_on`: the day on which
    the age in question is reached. `lacks`, of a request: guardian-signature, report, or
    report-author for one by somebody else than the text wants; `clauses`: where the text asks for
    each of them."""

    outcome: str
    clause: str
    reached_on: date
    lacks: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schooling:
    """`because`: passed-8 (against it), passed-6, attended-7, failed-8, or none."""

    eligible: bool
    because: str
    clause: str


@dataclass(frozen=True)
class Verdict:
    """`outcome`: may_enter, may_enter_if or may_not_enter. `conditions`: request (to be completed),
    leave (of the schools directorate), schooling (not given). `against`: age, schooling."""

    outcome: str
    conditions: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def birthday(born: date, years: int) -> date:
    """The day on which somebody is so many years old; born on 29 February: 1 March where the year
    has no such day."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def checked_born(born: date, day: date) -> date:
    """The birth date; UsageError for one after `day`."""
    if born > day:
        raise UsageError(Message(NOT_BORN, {"born": born, "day": day}))
    return born


@rule("minimum-age")
def minimum_age(born: date, start: date, request: Request, rules: RuleSet) -> Admission:
    """2/1: 15 years on the day the course starts; younger by leave of the schools directorate, to
    which a whole request may be submitted.

    UsageError for a birth after the start, and for an unknown author of the report.
    """
    reached = birthday(checked_born(born, start), rules.number("minimum_age"))
    if request.report_by and request.report_by not in AUTHORS:
        params = {"author": request.report_by, "known": ", ".join(AUTHORS)}
        raise UsageError(Message(UNKNOWN_AUTHOR, params))
    if reached <= start:
        return Admission(ADMISSIBLE, rules.clause("minimum-age"), reached)
    lacks = _lacks(request)
    if not lacks:
        return Admission(MAY_BE_SUBMITTED, rules.clause("minimum-age"), reached)
    signed, reported = (clause.name for clause in rules.edition.cites["under-age-request"])
    clauses = tuple(signed if each == SIGNATURE else reported for each in lacks)
    return Admission(INCOMPLETE, clauses[0], reached, lacks, clauses)


@rule("under-age-request")
def _lacks(request: Request) -> tuple[str, ...]:
    """2/1/a and b: the guardian's signature; the report of the psychology service, and only where
    there is none that of a director or a support teacher."""
    lacks = () if request.guardian_signed else (SIGNATURE,)
    wanted = (PSYCHOLOGY,) if request.psychology_service else INSTEAD
    if not request.report_by:
        return (*lacks, "report")
    return lacks if request.report_by in wanted else (*lacks, "report-author")


@rule("maximum-age", "maximum-age-exception")
def maximum_age(
    born: date, school_year_start: date, first_lesson: date, last_year: LastYear, rules: RuleSet
) -> Admission:
    """2/2: barred who is 18 when the school year starts (1 September, or by a reading the first
    lesson); 2/3: unless last year was not interrupted and was passed.

    UsageError for a birth after the school year's start, or a lesson before it.
    """
    checked_born(born, school_year_start)
    if first_lesson < school_year_start:
        params = {"lesson": first_lesson, "start": school_year_start}
        raise UsageError(Message(LESSON_TOO_EARLY, params))
    day = school_year_start if rules.takes("school_year", "september") else first_lesson
    reached = birthday(born, rules.number("maximum_age"))
    that_day = reached == day and rules.takes("turning_18", "barred")
    if reached >= day and not that_day:
        return Admission(ADMISSIBLE, rules.clause("maximum-age"), reached)
    if last_year.passed and not last_year.interrupted:
        return Admission(ADMISSIBLE, rules.clause("maximum-age-exception"), reached)
    return Admission(BARRED, rules.clause("maximum-age"), reached)


@rule("schooling")
def schooling(passed: Collection[int], failed: Collection[int], rules: RuleSet) -> Schooling:
    """1/1/a, type 2: year 6 finished, year 7 attended, or year 8 attended without success; never
    who passed year 8, as everybody has who attended a later one. Whether somebody is at risk of
    dropping out is a judgement, and none of this.

    passed, failed: school years attended with and without success. UsageError for other numbers.
    """
    for year in (*passed, *failed):
        if not 1 <= year <= LAST:
            raise UsageError(Message(UNKNOWN_SCHOOL_YEAR, {"year": year}))
    clause = rules.clause("schooling")
    if EIGHT in passed or any(year > EIGHT for year in (*passed, *failed)):
        return Schooling(False, "passed-8", clause)
    if EIGHT in failed:
        return Schooling(True, "failed-8", clause)
    if SEVEN in passed or SEVEN in failed:
        return Schooling(True, "attended-7", clause)
    return Schooling(SIX in passed, "passed-6" if SIX in passed else "none", clause)


def verdict(minimum: Admission, maximum: Admission, found: Schooling | None) -> Verdict:
    """What the two ages and the schooling (None: not given) come to. The risk of dropping out, of
    which 1/1/a speaks too, is for people to judge."""
    too_old, unschooled = maximum.outcome == BARRED, found is not None and not found.eligible
    against = {"age": too_old, "schooling": unschooled}
    if any(against.values()):
        return Verdict(MAY_NOT, against=tuple(code for code, stands in against.items() if stands))
    wanted = {
        "request": minimum.outcome == INCOMPLETE,
        "leave": minimum.outcome != ADMISSIBLE,
        "schooling": found is None,
    }
    conditions = tuple(code for code, stands in wanted.items() if stands)
    return Verdict(MAY_IF if conditions else MAY, conditions)
