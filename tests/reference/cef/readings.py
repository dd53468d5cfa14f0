"""What the text leaves open: every reading has a name, a default and its alternatives."""

from collections.abc import Mapping
from typing import NamedTuple


class Reading(NamedTuple):
    """`choices`: the default first. `course`: False where no class of the contract shows it."""

    clause: str
    choices: tuple[str, ...]
    meaning: str
    course: bool = True


READINGS: dict[str, Reading] = {
    # --- articles 1 and 2: who may enter -------------------------------------------------------
    "school_year": Reading(
        "2/2",
        ("september", "first_lesson"),
        "the day on which 18 years bar: the start of the school year, or the first lesson",
        course=False,
    ),
    "turning_18": Reading("2/2", ("barred", "admitted"), "18 on that very day", course=False),
    # --- articles 5 to 10: the team and its meetings -------------------------------------------
    "special_education": Reading(
        "5/3",
        ("attends", "out"),
        "the representative in a grading meeting: there without a vote (5/3), or out (7/10)",
        course=False,
    ),
    "interim_chair": Reading(
        "7/1/a",
        ("class_director", "course_director"),
        "who chairs an interim meeting",
        course=False,
    ),
    "quorum_members": Reading(
        "8/4", ("voting", "all"), "the majority of the members with a vote, or of all", course=False
    ),
    "second_call": Reading(
        "8/4",
        ("third", "half"),
        "a second call needs one third (CPA 29/3), or again a majority",
        course=False,
    ),
    "notice": Reading(
        "8/3",
        ("clock", "days"),
        "48 hours of the clock, or two working days (CPA 87/e)",
        course=False,
    ),
    "second_meeting": Reading(
        "8/4", ("days", "clock"), "within 48 hours: two working days, or by the clock", course=False
    ),
    "second_notice": Reading(
        "8/4",
        ("day", "none"),
        "at least 24 hours before the second meeting (CPA 29/2), or none",
        course=False,
    ),
    "majority": Reading(
        "10/4",
        ("cast", "members"),
        "more than half of the votes cast, or of all who vote",
        course=False,
    ),
    "municipal_day": Reading(
        "8/8",
        ("stops-count", "closes-only"),
        "the municipal holiday and the count (CPA 87)",
    ),
    "grade_sheets": Reading(
        "13/10", ("clock", "days"), "48 hours of the clock, or two working days", course=False
    ),
    # --- articles 11 and 12: attendance and recovery -------------------------------------------
    "attendance": Reading(
        "11/1", ("all", "unjustified"), "the absences that lower attendance: all, or unjustified"
    ),
    "recovery_base": Reading(
        "12/1",
        ("year", "course"),
        "a tenth of the hours of the course year against its absences, or of both years",
    ),
    "not_owed": Reading(
        "12/2",
        ("needed", "any"),
        "sent-out and suspension end the duty: only if the limit is not passed without them, or"
        " whenever one was counted",
    ),
    "occasion": Reading(
        "12/5",
        ("owed", "passed"),
        "the one occasion a year belongs to the first subjects where ordinary absences alone pass"
        " the limit, or to the first where any do",
    ),
    "recovery_size": Reading(
        "12/9", ("beyond", "all"), "the lessons beyond the limit, or all that were missed"
    ),
    "recovery_count": Reading(
        "12/9", ("ordinary", "unjustified"), "the absences that make the excess: ordinary, or all"
    ),
    "recovered": Reading(
        "12/15",
        ("absent", "attended"),
        "recovered excess for 11/1: still absent, or attended",
    ),
    "after_31_january": Reading("12/19", ("strict", "inclusive"), "31 January itself"),
    # --- articles 14 and 15: grades -------------------------------------------------------------
    "module_days": Reading(
        "14/2", ("calendar", "working"), "the fifteen days for a second chance", course=False
    ),
    "recovered_score": Reading(
        "14/3",
        ("new", "best"),
        "the new score replaces the old one, or the better of the two",
        course=False,
    ),
    "level_from": Reading(
        "15/1", ("exact", "rounded"), "the percent meets the cut-off unrounded, or rounded"
    ),
    "publication": Reading("15/2", ("half_up", "floor"), "a mean, to a published level"),
    "subject_mean": Reading(
        "20/2",
        ("exact", "published"),
        "a sociocultural or scientific component: mean of exact or of published subject grades",
    ),
    "domain_mean": Reading(
        "15/3", ("exact", "published"), "technological by domains: mean of exact or published ones"
    ),
    # --- articles 19, 20 and 24: practice and certificates --------------------------------------
    "made_up": Reading(
        "24/5",
        ("net", "all_hours"),
        "above 5 % absent: 95 % after what was made up, or every hour made up",
    ),
    "internship_failed": Reading(
        "25/7", ("computed", "fails"), "an internship below 3 may be lifted by the PAF, or fails"
    ),
    "three": Reading(
        "20/2", ("published", "exact"), "three is asked of the published level, or of the mean"
    ),
    "compensation": Reading(
        "20/2", ("each", "joint"), "school certificate: each component has 3, or their mean has"
    ),
    # --- articles 29 to 34: the PAF -------------------------------------------------------------
    "lateness": Reading(
        "29/6", ("inclusive", "strict"), "fifteen minutes late to the second", course=False
    ),
    "jury": Reading(
        "33/1", ("four", "present"), "the mean of all four jurors, or of those there", course=False
    ),
}


def choose(given: Mapping[str, str]) -> dict[str, str]:
    """The readings in force; an unknown name or choice is a ValueError."""
    for name, choice in given.items():
        if name not in READINGS:
            raise ValueError(f"unknown reading {name!r}; known: {sorted(READINGS)}")
        if choice not in READINGS[name].choices:
            raise ValueError(f"{name}={choice!r}; allowed: {READINGS[name].choices}")
    return {name: given.get(name, reading.choices[0]) for name, reading in READINGS.items()}
