"""The list that an institution receives: who was placed in each of its courses, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portaria.core.messages import declare
from portaria.core.names import by_name
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.institution_columns import COLUMNS, Placed
from portaria.documents.access_papers.model import Contest
from portaria.documents.access_papers.paper import PREPARED, WIDE, Paper
from portaria.documents.access_papers.parts import Part

TITLE = declare("institution-list-title", "Candidates placed in the institution")
INSTITUTION = declare("institution-list-institution", "Institution")
RATIFIED = declare("institution-list-ratified", "Ratified on")
TOTAL = declare("institution-list-total", "Placed in all")
COURSE = declare("institution-list-course", "{course} ({programme})")
PLACED = declare("institution-list-placed", "{count} placed", "{count} placed")
NOBODY = declare("institution-list-nobody", "Nobody was placed in this institution.")
TOTALS = declare("institution-list-totals", "Totals by course")
TOTALS_HEADER = tuple(
    declare(f"institution-list-totals-{name}", english)
    for name, english in (
        ("programme", "Programme"),
        ("course", "Course"),
        ("placed", "Number placed"),
    )
)
NUMBER = declare("institution-list-number", "No.")
MARKS = declare(
    "institution-list-marks",
    "Grades used: S, secondary grade (Sa and Sb, its two cycles); PR, prerequisite; the other "
    "codes are entrance exams.",
)
PERSONAL = declare(
    "institution-list-personal",
    "This list has personal data. It is for the institution alone, to enrol those placed, and is "
    "not to be published.",
)
OF_RESULT = declare("institution-list-of-result", "Made from the result {digits}.")
NONE = "–"


@dataclass(frozen=True)
class PlacedIn:
    """Those placed in one course, in any order."""

    programme: str
    course: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class InstitutionList:
    """What one institution is sent (211-A 39).

    columns: names of `COLUMNS`, in order; result: the SHA-256 of the result it was made from.
    """

    contest: Contest
    code: str
    institution: str
    courses: tuple[PlacedIn, ...]
    ratified: date
    columns: tuple[str, ...] = tuple(COLUMNS)
    result: str = ""
    clause: str = ""


def institution_paper(given: InstitutionList, lang: str) -> bytes:
    """The PDF/A, landscape: a table a course, by name, and the totals; KeyError for a column that
    there is none of."""
    paper = Paper(given.contest, lang, matter=given.code, clause=given.clause)
    total = sum(len(course.placed) for course in given.courses)
    rows = [
        (paper.say(INSTITUTION), f"{given.institution} ({given.code})"),
        (paper.say(RATIFIED), paper.day(given.ratified)),
        (paper.say(TOTAL), paper.number(total)),
    ]
    made = [parts.facts(rows), *(_course(paper, given, course) for course in given.courses)]
    made += _totals(paper, given) if given.courses else [parts.text(paper.say(NOBODY))]
    foot = [paper.say(MARKS)] if "marks" in given.columns else []
    if given.result:
        foot.append(paper.say(OF_RESULT, digits=given.result))
    return paper.page(
        paper.say(TITLE), made, [*foot, paper.say(PERSONAL), paper.say(PREPARED)], WIDE
    )


def _course(paper: Paper, given: InstitutionList, course: PlacedIn) -> Part:
    columns = [COLUMNS[name] for name in given.columns]
    people = sorted(course.placed, key=lambda row: by_name(row.name, row.identification))
    rows = [
        (str(number), *(column.words(paper, row) or NONE for column in columns))
        for number, row in enumerate(people, 1)
    ]
    header = [paper.say(NUMBER), *(paper.say(column.heading) for column in columns)]
    table = parts.table(
        header, ["11mm", *(column.width for column in columns)], rows,
        "r" + "".join(column.align for column in columns),
    )  # fmt: skip
    name = paper.say(COURSE, course=course.course, programme=course.programme)
    count = paper.say(PLACED, count=len(people))
    return {**table, "kind": "roll", "title": name, "side": count}


def _totals(paper: Paper, given: InstitutionList) -> list[Part]:
    rows = [
        (course.programme, course.course, paper.number(len(course.placed)))
        for course in given.courses
    ]
    rows.append((paper.say(TOTAL), "", paper.number(sum(len(c.placed) for c in given.courses))))
    header = [paper.say(code) for code in TOTALS_HEADER]
    table = parts.table(header, ("40mm", "1fr", "25mm"), rows, "llr")
    return [parts.heading(paper.say(TOTALS)), table]
