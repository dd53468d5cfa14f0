"""Articles 1 and 2: schooling and age. Ages in whole years, on a birthday the new one."""

from collections.abc import Mapping
from datetime import date

PSYCHOLOGY = "psychology"
INSTEAD = ("class_director", "course_director", "support_teacher")


def age(born: date, on: date) -> int:
    """Born on 29 February: a year older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def minimum_age(
    born: date,
    start: date,
    guardian_signed: bool = False,
    report_by: str = "",
    psychology_service: bool = False,
) -> str:
    """2/1: `admissible` from 15; below it `may_be_submitted` to the schools directorate with the
    guardian's signed request and the right report, else `incomplete`."""
    if age(born, start) >= 15:
        return "admissible"
    author = (PSYCHOLOGY,) if psychology_service else INSTEAD
    return "may_be_submitted" if guardian_signed and report_by in author else "incomplete"


def maximum_age(
    born: date,
    school_year_start: date,
    first_lesson: date,
    interrupted: bool,
    passed_last_year: bool,
    readings: Mapping[str, str],
) -> str:
    """2/2-3: `barred` at 18, unless last year was not interrupted and was passed."""
    september = readings["school_year"] == "september"
    on = school_year_start if september else first_lesson
    reached = age(born, on) >= 18
    birthday = (born.month, born.day) == (on.month, on.day)
    if age(born, on) == 18 and birthday and readings["turning_18"] == "admitted":
        reached = False
    if not reached or (not interrupted and passed_last_year):
        return "admissible"
    return "barred"


def schooling(passed: list[int], failed: list[int]) -> bool:
    """1/1: year 6 finished, year 7 attended, or year 8 attended without success; never year 8
    passed. `passed`, `failed`: school years attended with and without success. The risk of
    dropping out is a judgement and is not computed."""
    if any(year >= 8 for year in passed):
        return False
    return 6 in passed or 7 in passed or 7 in failed or 8 in failed
