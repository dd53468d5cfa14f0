"""The kinds of warning: where to look, which rule is behind it, and in which words."""

from __future__ import annotations

from typing import NamedTuple

from portaria.core.messages import declare


class Kind(NamedTuple):
    """The table to look at, the rule behind it, and the sentence."""

    table: str
    rule: str
    message: str


KINDS = {
    "before-course": Kind(
        "classes",
        "final-assessment",
        declare("cef-before-course", "the day is before the course starts"),
    ),
    "after-end": Kind(
        "classes",
        "final-assessment",
        declare("cef-day-after-end", "the day is after the end of the course"),
    ),
    "before-end": Kind(
        "classes",
        "final-assessment",
        declare(
            "cef-before-end",
            "the course is not over, and grades have no dates: who seems to conclude it here gets "
            "no certificate before the internship is over, which begins on {where} at the earliest",
        ),
    ),
    "never-justified": Kind(
        "absences",
        "recovery-not-owed",
        declare(
            "cef-never-justified",
            "{student}, {where}: an absence for being sent out or suspended is marked justified; "
            "it is not",
        ),
    ),
    "more-than-year": Kind(
        "absences",
        "planned-load",
        declare(
            "cef-more-than-year",
            "{student}, {where}: more minutes missed in a course year than were planned for it",
        ),
    ),
    "recovery-literal": Kind(
        "absences",
        "recovery-not-owed",
        declare(
            "cef-recovery-literal",
            "{student}, {where}: by the letter, the duty of recovery would end, because sent-out "
            "or suspension are in the count",
        ),
    ),
    "recovery-discipline": Kind(
        "absences",
        "recovery-not-owed",
        declare(
            "cef-recovery-discipline",
            "{student}, {where}: no recovery is owed, because sent-out or suspension were needed "
            "to pass the limit; the council decides what follows",
        ),
    ),
    "recovery-not-recorded": Kind(
        "recoveries",
        "recovery-notice",
        declare(
            "cef-recovery-not-recorded",
            "{student}, {where}: recovery is due, and no measure of this course year is recorded",
        ),
    ),
    "recovery-not-due": Kind(
        "recoveries",
        "recovery-once",
        declare(
            "cef-recovery-not-due",
            "{student}, {where}: a recovery measure is recorded that is not due by the absences",
        ),
    ),
    "exclusion-not-open": Kind(
        "exclusions",
        "absence-exclusion",
        declare(
            "cef-exclusion-not-open",
            "{student}, {where}: the exclusion counts as decided, but the regulation does not open "
            "it; the table of exclusions says what is lacking",
        ),
    ),
    "unit-not-done": Kind(
        "unit_grades",
        "subject-grade",
        declare(
            "cef-unit-not-done",
            "{student}, {where}: the grade of a unit that is not done does not count",
        ),
    ),
    "paf-not-admitted": Kind(
        "paf",
        "paf-admission",
        declare(
            "cef-paf-not-admitted",
            "{student}: the PAF grade does not count: the student was not admitted",
        ),
    ),
    "paf-unjustified": Kind(
        "paf",
        "paf-lost",
        declare(
            "cef-paf-unjustified",
            "{student}: the PAF grade does not count: the absence is not justified",
        ),
    ),
    "paf-not-absent": Kind(
        "paf",
        "paf-new-date",
        declare(
            "cef-paf-not-absent",
            "{student}: an absence from the PAF is justified, and there is none",
        ),
    ),
    "internship-below-3": Kind(
        "internship",
        "failed-internship",
        declare(
            "cef-internship-below-3",
            "{student}: the PAF lifts an internship below 3; a person confirms it",
        ),
    ),
}
