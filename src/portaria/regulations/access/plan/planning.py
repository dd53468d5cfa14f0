"""The plan: every programme asked about, sorted by how safely it stands."""

from __future__ import annotations

from dataclasses import replace

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.plan.account import Added, Grades, Plan
from portaria.regulations.access.plan.choices import choices
from portaria.regulations.access.plan.order import nearest_first, safest_first
from portaria.regulations.access.plan.requirements import Requirements
from portaria.regulations.access.plan.search import Wanted, wanted_programmes
from portaria.regulations.access.published import published_years

EVERYTHING = Wanted()

UNKNOWN_EXAM = declare(
    "plan-unknown-exam", "no programme asks for the exam {exam}; the codes are {known}"
)


def plan(grades: Grades, requirements: Requirements, wanted: Wanted = EVERYTHING) -> Plan:
    """What these grades reach, and what the other programmes still ask for.

    UsageError for an exam that no programme asks for, or a district nobody knows.
    """
    known = requirements.exams()
    for exam in grades.exams:
        if exam not in known:
            raise UsageError(Message(UNKNOWN_EXAM, {"exam": exam, "known": ", ".join(known)}))
    whole, added = _with_same_exams(grades, requirements)
    asked = wanted_programmes(requirements.programmes, wanted)
    found = choices(whole, requirements, asked)
    within = sorted((each for each in found if each.eligible), key=safest_first)
    others = sorted((each for each in found if not each.eligible), key=nearest_first)
    groups = set(requirements.programmes["prerequisite"].drop_nulls())
    edition = requirements.edition
    return Plan(
        edition=edition.name,
        edition_title=edition.title,
        language=edition.language,
        requirements_year=requirements.year,
        years=published_years(),
        grades=grades,
        added=added,
        unused=tuple(group for group in grades.prerequisites if group not in groups),
        left_out=requirements.left_out,
        eligible_found=len(within),
        others_found=len(others),
        exam_names=requirements.exam_names,
        programmes=(*within[: wanted.limit], *others[: wanted.limit]),
    )


def _with_same_exams(
    grades: Grades, requirements: Requirements
) -> tuple[Grades, tuple[Added, ...]]:
    """The grades with the entrance exams that a national exam already taken gives as well."""
    added = tuple(
        Added(exam, by, grades.exams[by])
        for exam, by in requirements.same_exam.items()
        if by in grades.exams and exam not in grades.exams
    )
    exams = {**grades.exams, **{each.exam: each.grade for each in added}}
    return replace(grades, exams=exams), added
