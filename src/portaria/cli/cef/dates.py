"""`cef calendar`: when internship and PAF fit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, AsJson, Lang, Quiet, Readings, policy
from portaria.cli.service import Closure, Municipal, calendar_of
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

OTHER_YEAR = declare(
    "cef-calendar-other-year", "{option} {day} is not in {year}, the year that --year gives"
)

Year = Annotated[int, typer.Option(min=2008, max=2027, metavar=_("YEAR"), help=_("Summer of."))]
MinutesADay = Annotated[
    int, typer.Option(metavar=_("NUMBER"), help=_("Minutes of internship a day."))
]
First = Annotated[
    datetime | None,
    typer.Option(
        "--internship",
        formats=DATES,
        metavar=_("DATE"),
        help=_("Only the internship that begins on this day."),
    ),
]
PafOn = Annotated[
    datetime | None,
    typer.Option(formats=DATES, metavar=_("DATE"), help=_("Only with this day of the PAF.")),
]
SchoolEnds = Annotated[
    datetime | None,
    typer.Option(formats=DATES, metavar=_("DATE"), help=_("Last day of lessons.")),
]
Matrix = Annotated[
    datetime | None,
    typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day the matrix is posted.")),
]


def calendar(
    year: Year,
    minutes_a_day: MinutesADay = 420,
    first: First = None,
    paf: PafOn = None,
    school_ends: SchoolEnds = None,
    matrix: Matrix = None,
    municipal: Municipal = None,
    closure: Closure = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The pairs that fit; those asked for by day with every conflict."""
    from portaria.documents.cef.calendar_answer import row_of, sentences
    from portaria.regulations.cef import internship_plan as plan
    from portaria.regulations.cef.regulation import CEF

    rules = CEF.rule_set(policy(reading))
    begins = _day(first, "--internship", year)
    exam = _day(paf, "--paf", year)
    asked = plan.Asked(
        minutes_a_day,
        calendar_of(municipal, closure, rules.readings["municipal_day"]),
        rules,
        school_ends=_day(school_ends, "--school-ends", year),
        matrix_on=matrix.date() if matrix else None,
    )
    found = plan.pairs(year, asked, begins, exam)
    told = sentences(found, year, begins, exam, language())
    tell([row_of(each) for each in found], told, as_json, quiet)


def _day(given: datetime | None, option: str, year: int) -> date | None:
    """A day of the year; UsageError for one of another, which nothing could fit."""
    if given is None or given.year == year:
        return given.date() if given else None
    params = {"option": option, "day": given.date().isoformat(), "year": str(year)}
    raise UsageError(Message(OTHER_YEAR, params))
