"""Article 16/2: the sheets that are posted, of a period, of the internship and of the PAF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from portaria.core.messages import declare
from portaria.documents.cef import marks, parts, sheets
from portaria.documents.cef.paper import COMPONENTS, NAME, NUMBER, Paper
from portaria.documents.cef.parts import Part, Row
from portaria.documents.cef.records import Papers
from portaria.regulations.cef.evaluate import Evaluation

PERIOD = declare("cef-sheet-period", "Grade sheet")
INTERNSHIP = declare("cef-sheet-internship", "Grade sheet of the internship")
PAF = declare("cef-sheet-paf", "Grade sheet of the final assessment (PAF)")
LEVEL = declare("cef-sheet-level", "Level")
PAF_LEVEL = declare("cef-sheet-paf-level", "PAF")
WHOLE = declare("cef-sheet-whole", "Technological component")
SCALE = declare("cef-sheet-scale", "Levels from 1 to 5; “–”: nothing assessed yet.")
TO_DATE = declare(
    "cef-sheet-to-date",
    "The technological grade is the mean of the training units assessed to date.",
)
MEAN = declare(
    "cef-sheet-mean", "The grade of a subject is the mean of its modules, rounded once, a half up."
)
MEAN_CUT = declare(
    "cef-sheet-mean-cut",
    "The grade of a subject is the mean of its modules, with its decimals cut.",
)
WEIGHTS = declare(
    "cef-sheet-weights",
    "Practical component: 70 % of the internship and 30 % of the PAF.",
)
INTERNSHIP_BY = declare(
    "cef-sheet-internship-by",
    "The class council fixes the grade, which the guiding teacher proposes.",
)
APPEAL = declare(
    "cef-sheet-appeal", "The result of the PAF may be appealed within two working days of posting."
)
CLASS_DIRECTOR = declare("cef-office-class-director", "Class director")
DIRECTOR = declare("cef-office-director", "Director of the schools")
MANY_STUDENTS, MANY_ENTRIES = 18, 20


def grade_sheet(
    evaluation: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """16/1: levels of every subject and of the technological domains or component, lying A4."""
    paper = Paper(evaluation, papers, lang)
    clause = paper.rules.clause
    mean = MEAN if paper.course.takes("publication", "half_up") else MEAN_CUT
    entries = sheets.period_sheet(evaluation)
    foot = [
        " ".join(
            (
                paper.say(SCALE, clause("percent-to-level")),
                *marks.subject_notes(paper, entries),
                paper.say(mean, clause("subject-grade")),
                paper.say(TO_DATE, clause("technological-grade")),
                f"{paper.regulation()}.",
            )
        )
    ]
    found = _period_parts(paper, entries)
    return paper.page(paper.say(PERIOD), paper.subtitle(), found, foot, "wide")


def _period_parts(paper: Paper, entries: Sequence[sheets.Entry]) -> Iterator[Part]:
    students = paper.students()
    rows: list[Row] = [
        [student, name, *(marks.of_subject(paper, entry, student) for entry in entries)]
        for student, name in students
    ]
    groups = [
        (paper.say(COMPONENTS[component]), len([*found]))
        for component, found in groupby(entries, key=lambda entry: entry.component)
    ]
    yield parts.table(
        [paper.say(NUMBER), paper.say(NAME), *(e.name or paper.say(WHOLE) for e in entries)],
        ["auto", "6fr" if len(entries) < MANY_ENTRIES else "4fr", *["1fr"] * len(entries)],
        rows,
        "rl" + "c" * len(entries),
        groups=[("", 2), *groups],
        turned=len(entries),
        dense=len(students) > MANY_STUDENTS,
    )
    yield _signed(paper)


def internship_sheet(
    evaluation: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """25/6: the level of every student with an internship."""
    paper = Paper(evaluation, papers, lang)
    levels, marked = sheets.internship_sheet(evaluation), sheets.internship_marks(evaluation)
    rows: list[Row] = [
        [student, name, marks.of_practice(paper, levels[student], marked.get(student))]
        for student, name in paper.students()
        if student in levels
    ]
    header = [paper.say(code) for code in (NUMBER, NAME, LEVEL)]
    found = [parts.table(header, ["auto", "1fr", "auto"], rows, "rlc"), _signed(paper)]
    foot = [
        " ".join(
            (
                paper.say(SCALE),
                *marks.practice_notes(paper, marked.values()),
                paper.say(INTERNSHIP_BY, "CEF 25/5"),
                f"{paper.regulation()}.",
            )
        )
    ]
    return paper.page(paper.say(INTERNSHIP), paper.subtitle(), found, foot)


def paf_sheet(
    evaluation: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """16/2: the PAF and the practical component of every student who was admitted."""
    paper = Paper(evaluation, papers, lang)
    levels, marked = sheets.paf_sheet(evaluation), sheets.paf_marks(evaluation)
    rows: list[Row] = [
        [
            student,
            name,
            *(marks.of_practice(paper, n, marked.get(student)) for n in levels[student]),
        ]
        for student, name in paper.students()
        if student in levels
    ]
    header = [paper.say(code) for code in (NUMBER, NAME, PAF_LEVEL, COMPONENTS["practical"])]
    table = parts.table(header, ["auto", "1fr", "auto", "auto"], rows, "rlcc")
    clause = paper.rules.clause
    foot = [
        " ".join(
            (
                paper.say(SCALE),
                *marks.practice_notes(paper, marked.values()),
                paper.say(WEIGHTS, clause("practical-grade")),
                paper.say(APPEAL, clause("paf-appeal")),
                f"{paper.regulation()}.",
            )
        )
    ]
    return paper.page(paper.say(PAF), paper.subtitle(), [table, _signed(paper)], foot)


def _signed(paper: Paper) -> Part:
    course, school = paper.papers.course, paper.papers.school
    names = [
        (paper.say(CLASS_DIRECTOR), (course and course.class_director) or ""),
        (paper.say(DIRECTOR), school.director or ""),
    ]
    return parts.signatures(names, paper.signed_at(paper.evaluation.on))
