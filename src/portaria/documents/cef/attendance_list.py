"""Articles 11/1 and 12: the attendance of a class, subject by subject, for the class council."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.core.messages import declare
from portaria.documents.cef import parts
from portaria.documents.cef.lessons import Attendance, Lessons, lessons_of
from portaria.documents.cef.paper import COMPONENTS, NAME, NUMBER, Paper
from portaria.documents.cef.parts import Part
from portaria.documents.cef.records import Papers
from portaria.regulations.cef.attendance import COUNCIL, DUE, NONE, NOT_OWED
from portaria.regulations.cef.evaluate import Evaluation

TITLE = declare("cef-attendance-title", "Attendance by subject")
SUBJECT = declare("cef-attendance-subject", "{subject} · {component}")
CONTINUED = declare("cef-attendance-continued", "{subject} (continued)")
LOAD = declare(
    "cef-attendance-load",
    "{planned} minutes in both years: at most {limit} may be missed. A lesson has {lesson} "
    "minutes.",
)
LIMIT_OF_YEAR = declare(
    "cef-attendance-limit-year",
    "Limit of unjustified absences in this year of the course: {limit} minutes, a tenth of {base}.",
)
LIMIT_OF_COURSE = declare(
    "cef-attendance-limit-course",
    "Limit of unjustified absences in both years together: {limit} minutes, a tenth of {base}.",
)
ABSENT = declare("cef-attendance-absent", "Missed (min)")
SHARE = declare("cef-attendance-share", "Attendance")
LEFT = declare("cef-attendance-left", "Lessons left to 90\u00a0%")
UNJUSTIFIED = declare("cef-attendance-unjustified", "Unjustified (min)")
LEFT_UNJUSTIFIED = declare("cef-attendance-left-unjustified", "Lessons left to the limit")
RECOVERY = declare("cef-attendance-recovery", "Recovery")
PERCENT = declare("cef-attendance-percent", "{percent} %")
STATES = {
    NONE: declare("cef-attendance-none", "–"),
    DUE: declare("cef-attendance-due", "due: {count} lesson", "due: {count} lessons"),
    NOT_OWED: declare("cef-attendance-not-owed", "not owed (sent out, suspension)"),
    COUNCIL: declare("cef-attendance-council", "class council"),
}
EXCLUDED = declare("cef-attendance-excluded", "excluded by the council")
CUT = declare(
    "cef-attendance-cut",
    "Attendance is shown with two decimals, cut and not rounded; the limits are compared exactly.",
)
ALL_COUNT = declare(
    "cef-attendance-all-count",
    "Every absence lowers attendance, a justified one too: a reading of the school.",
)
RIGHTS = declare(
    "cef-attendance-human",
    "Who passed a limit is for the class council to see: the program counts, people decide.",
)


def attendance_list(
    evaluation: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """Every subject: minutes missed, the limits, the lessons left and how recovery stands."""
    paper = Paper(evaluation, papers, lang)
    clause = paper.rules.clause
    foot = [
        paper.say(CUT, clause("school-attendance")),
        *([paper.say(ALL_COUNT)] if paper.course.takes("attendance", "all") else []),
        paper.say(RIGHTS, clause("recovery-due")),
        f"{paper.regulation()}.",
    ]
    found = [
        parts.kept(_subject(paper, each), paper.say(CONTINUED, subject=each.subject))
        for each in lessons_of(evaluation)
    ]
    return paper.page(paper.say(TITLE), paper.subtitle(), found, foot)


def _subject(paper: Paper, taught: Lessons) -> Iterator[Part]:
    component = paper.say(COMPONENTS[taught.component])
    tenth = Fraction(taught.planned, 10)
    load = paper.say(LOAD, planned=taught.planned, limit=tenth, lesson=taught.lesson)
    whole = paper.course.takes("recovery_base", "course")
    tenth = Fraction(taught.base, 10)
    limit = paper.say(LIMIT_OF_COURSE if whole else LIMIT_OF_YEAR, limit=tenth, base=taught.base)
    yield parts.heading(paper.say(SUBJECT, subject=taught.subject, component=component))
    yield parts.text(f"{load} {limit}", small=True)
    header = (
        NUMBER, NAME, ABSENT, SHARE, LEFT, UNJUSTIFIED, LEFT_UNJUSTIFIED, RECOVERY,
    )  # fmt: skip
    yield parts.table(
        [paper.say(code) for code in header],
        ["auto", "4fr", "1fr", "1.3fr", "1.25fr", "1.1fr", "1.25fr", "2.2fr"],
        [
            _row(paper, student, name, taught.students[student])
            for student, name in paper.students()
        ],
        "rlrrrrrl",
        dense=True,
    )


def _row(paper: Paper, student: str, name: str, found: Attendance) -> list[str | Part]:
    passed = found.recovery != NONE
    state = paper.say(STATES[found.recovery], count=found.recovery_lessons)
    if found.excluded:
        state = paper.say(EXCLUDED)
    return [
        student,
        name,
        str(found.absent),
        parts.cell(paper.say(PERCENT, percent=share_shown(found.share)), alarm=not found.meets),
        paper.say(STATES[NONE]) if found.excluded else str(found.left),
        parts.cell(str(found.unjustified), alarm=passed),
        paper.say(STATES[NONE]) if found.excluded else str(found.left_unjustified),
        parts.cell(state, strong=passed or found.excluded),
    ]


def share_shown(share: Fraction) -> Fraction:
    """A share in percent with two decimals, cut: what is below 90 never reads 90."""
    return Fraction(share.numerator * 10_000 // share.denominator, 100)
