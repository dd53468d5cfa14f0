"""The list of an institution as files: CSV and XLSX that come back filled in, and the paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from portaria.documents.access_papers import institution_list as paper
from portaria.documents.access_papers.of_result import code_of, courses_of
from portaria.regulations.access.lists import InstitutionList, PlacedHere
from portaria.web.access.models import Contest
from portaria.web.access.placed_lists import Line
from portaria.web.access.receipts import contest_on_paper
from portaria.web.days import day_of
from portaria.web.spreadsheets import harmless

COLUMNS = (
    "candidate", "name", "civil_id", "residence", "programme", "course", "secondary_course",
    "secondary_municipality", "quota", "grade", "marks", "enrolled", "enrolled_on", "cancelled",
)  # fmt: skip
"""Those of 39/2, then those of a report: the file filled in is one (`enrolment_file`)."""


def row_of(line: Line) -> tuple[Any, ...]:
    """The cells of a line, as values."""
    told, report = line.placed, line.enrolment
    facts: tuple[Any, ...] = (line.candidate, line.name, None, None, line.programme, line.course)
    rest: tuple[Any, ...] = (None,) * 5
    if told:
        facts = (*facts[:2], told.civil_id, told.residence, *facts[4:])
        rest = (
            told.secondary_course, told.secondary_municipality, told.quota, told.grade, marks(told),
        )  # fmt: skip
    reported = (report.enrolled, report.enrolled_on, report.cancelled) if report else (None,) * 3
    return (*facts, *rest, *reported)


def marks(told: PlacedHere) -> str:
    """The grades used, each with what it is of."""
    return "; ".join(f"{code_of(m)} {_number(m.grade)}" for m in told.marks)


def as_csv(lines: Iterable[Line]) -> bytes:
    """Semicolons, a decimal comma and a mark of UTF-8: what spreadsheets there open as it is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(_text(cell)) for cell in row_of(line)] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: Decimal) -> str:
    return format(value, "f").replace(".", ",")


def as_xlsx(lines: Iterable[Line]) -> bytes:
    """A sheet whose cells are texts, numbers and days: none is ever read as a formula."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("enrolments")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(COLUMNS) - 1, 16)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, bold)
        for number, line in enumerate(lines, 1):
            for column, cell in enumerate(row_of(line)):
                _write(sheet, number, column, cell, day)
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if isinstance(cell, Decimal):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif cell is not None:
        sheet.write_string(row, column, _text(cell))


def as_paper(contest: Contest, told: InstitutionList, lang: str) -> bytes:
    """The PDF of the list, as it is sent (39/1)."""
    assert contest.run is not None, "a published contest has a result"
    ratified = contest.ratified_at or contest.published_at
    assert ratified is not None, "a published contest was ratified"
    return paper.institution_paper(
        paper.InstitutionList(
            contest=contest_on_paper(contest),
            code=told.institution,
            institution=told.name,
            courses=courses_of(told.placed),
            ratified=day_of(ratified),
            result=contest.run.digest,
            clause=told.clause,
        ),
        lang,
    )


KINDS: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def as_file(
    contest: Contest,
    lines: Sequence[Line],
    told: InstitutionList,
    kind: str,
    lang: str,
) -> bytes:
    """The list as a file of one of `KINDS`."""
    if kind == "pdf":
        return as_paper(contest, told, lang)
    return as_csv(lines) if kind == "csv" else as_xlsx(lines)
