"""Article 12/12-22: what comes after recovery activities, up to exclusion and retention."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from .absences import share
from .admission import age

Readings = Mapping[str, str]


def mark(correct: bool, complete: bool, lessons: int) -> dict[str, object]:
    """12/12-13: one of two words; who must redo does so in no more lessons than at first."""
    good = correct and complete
    return {"mark": "satisfaz" if good else "nao_satisfaz", "redo_at_most": 0 if good else lessons}


def consequences(
    done: bool, restored: bool, minor: bool, effective: bool = True, possible: bool = True
) -> list[str]:
    """12/15-18. `done`: the activities; `restored`: the student no longer skips; `possible`: the
    school could act. Who skips on is offered another path (12/18), done or not."""
    found = []
    if restored:
        found.append("excess_recovered" if done else "council_decides")
    else:
        found.append("propose_other_path")
    if minor and (not done or not effective or not possible):
        found.append("report_to_child_protection")
    return found


def attendance_after(absent: int, recovered: int, planned: int, readings: Readings) -> Fraction:
    """12/15 makes the excess recovered for passing the year or subject; 11/1 still counts it."""
    counted = absent - recovered if readings["recovered"] == "attended" else absent
    return share(counted, planned)


def exclusion_open(
    path_possible: bool,
    redirected_on: date | None,
    school_year_start: date,
    complied: bool,
    effective: bool,
    fault_of_school: bool,
    readings: Readings,
) -> bool:
    """12/19, where nothing is lacking for it."""
    return not exclusion_lacks(
        path_possible,
        redirected_on,
        school_year_start,
        complied,
        effective,
        fault_of_school,
        readings,
    )


def exclusion_lacks(
    path_possible: bool,
    redirected_on: date | None,
    school_year_start: date,
    complied: bool,
    effective: bool,
    fault_of_school: bool,
    readings: Readings,
) -> list[str]:
    """12/19: no other path, or redirected after 31 January; and activities not done or in vain,
    through no fault of the school. At any age. What of these stands in the way."""
    last = date(school_year_start.year + 1, 1, 31)
    late = redirected_on is not None and (
        redirected_on > last
        or (redirected_on == last and readings["after_31_january"] == "inclusive")
    )
    found = []
    if path_possible and not late:
        found.append("other-path-possible")
    if complied and effective:
        found.append("recovery-worked")
    if fault_of_school:
        found.append("fault-of-school")
    return found


def excluded_from(subjects: Mapping[str, str], failed: list[str]) -> list[str]:
    """12/19: the subjects, or the whole practical component. `subjects`: component by subject."""
    return sorted({"practical" if subjects[name] == "practical" else name for name in failed})


def must_attend_until(year_end: date, born: date, redirected_on: date | None) -> date:
    """12/21: to the end of the school year and to 18, or to the new path if that is earlier."""
    eighteen = date(born.year + 18, 3, 1) if (born.month, born.day) == (2, 29) else None
    last = max(year_end, eighteen or born.replace(year=born.year + 18))
    return last if redirected_on is None else min(last, redirected_on)


def is_minor(born: date, on: date) -> bool:
    """12/17."""
    return age(born, on) < 18
