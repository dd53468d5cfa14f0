"""`cef jury`, `cef arrival` and `cef paf-absence`: who judges the PAF, enters it, misses it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import (
    DATES,
    MOMENTS,
    AsJson,
    Lang,
    ProblemsFile,
    Quiet,
    Readings,
    policy,
)
from portaria.cli.cef.answers import NO_ANSWER, Cutoffs, cutoffs_of
from portaria.cli.reading import settle
from portaria.cli.service import Closure, Municipal, calendar_of
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

OTHER_DAY = declare("cef-arrival-day", "{at} is another day than that of the exam, {start}")
NO_DAY = declare("cef-arrival-year", "no exam can be on {start}")
WANT_JUSTIFIED = declare(
    "cef-absence-want",
    "--accepted and --refused answer a justification: give its day, --justified-on",
)
NO_NEW_DATE = declare(
    "cef-absence-no-new-date", "--again is for a new date, which only --accepted gives"
)

JuryFile = Annotated[
    Path,
    typer.Argument(
        exists=True,
        dir_okay=False,
        metavar=_("FILE"),
        help=_("Matrix, jurors and their points, TOML or JSON."),
    ),
]
Start = Annotated[
    datetime,
    typer.Option(
        formats=MOMENTS, metavar=_("MOMENT"), help=_("Start of the PAF, as 2026-07-20T10:00.")
    ),
]
Came = Annotated[
    datetime,
    typer.Option(
        "--at",
        formats=MOMENTS,
        metavar=_("MOMENT"),
        help=_("When the student came, to the second if need be."),
    ),
]
ExamDay = Annotated[
    datetime,
    typer.Option("--exam", formats=DATES, metavar=_("DATE"), help=_("Day of the PAF.")),
]
JustifiedOn = Annotated[
    datetime | None,
    typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day it was justified; else never.")),
]
Accepted = Annotated[
    bool | None,
    typer.Option("--accepted/--refused", help=_("Answer of the Director, if there is one.")),
]
Again = Annotated[bool, typer.Option("--again", help=_("Absent on the new date too."))]
CourseRuns = Annotated[
    bool | None,
    typer.Option(
        "--course-runs-later/--course-ends", help=_("Whether the course runs in later years.")
    ),
]


def jury(
    file: JuryFile,
    cutoffs: Cutoffs = None,
    reading: Readings = None,
    as_json: AsJson = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The seats, the points no matrix allows, the percent of each juror, the mean, the level."""
    from portaria.documents.cef.jury_answer import answer_of, row_of, sentences
    from portaria.documents.cef.jury_record import read_jury
    from portaria.regulations.cef.regulation import CEF

    rules, cuts = CEF.rule_set(policy(reading)), cutoffs_of(cutoffs)
    record, wrong = read_jury(file, rules)
    settle(wrong, problems, quiet, NO_ANSWER)
    assert record is not None, "a jury that cannot be read has an error"
    found = answer_of(record, cuts, rules)
    row = row_of(found) | {"cutoffs": cuts}
    tell(row, sentences(found, language()), as_json, quiet)


def arrival(
    start: Start,
    at: Came,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Admitted or refused, and the time that is left."""
    from portaria.documents.cef.exam_answer import arrival_told
    from portaria.regulations.cef import exam
    from portaria.regulations.cef.regulation import CEF

    rules = CEF.rule_set(policy(reading))
    if at.date() != start.date():
        raise UsageError(Message(OTHER_DAY, {"at": at.date(), "start": start.date()}))
    try:
        found = exam.arrival(start, at, rules)
    except OverflowError as error:
        raise UsageError(Message(NO_DAY, {"start": start.date()})) from error
    row = {
        "admitted": found.admitted,
        "on_time": found.on_time,
        "be_there_by": found.be_there_by.isoformat(),
        "ends_at": found.ends_at.isoformat(),
        "minutes_left": Fraction(int(found.left.total_seconds()), 60),
        "clause": found.clause,
    }
    tell(row, arrival_told(found, start, at, rules, language()), as_json, quiet)


def paf_absence(
    exam: ExamDay,
    justified_on: JustifiedOn = None,
    accepted: Accepted = None,
    again: Again = False,
    course_runs: CourseRuns = None,
    municipal: Municipal = None,
    closure: Closure = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """By when to justify it; a new date, or no PAF this year, and what of later years."""
    from portaria.documents.cef.exam_answer import absence_told
    from portaria.regulations.cef import exam as rule
    from portaria.regulations.cef.regulation import CEF

    if accepted is not None and justified_on is None:
        raise UsageError(Message(WANT_JUSTIFIED))
    if again and not accepted:
        raise UsageError(Message(NO_NEW_DATE))
    rules = CEF.rule_set(policy(reading))
    given = justified_on.date() if justified_on else None
    calendar = calendar_of(municipal, closure, rules.readings["municipal_day"])
    found = rule.absence(exam.date(), given, accepted, calendar, rules, again)
    why, later = "", None
    if found.outcome == rule.NO_PAF:
        late = given is not None and given > found.justify_by
        why = "again" if again else "never" if given is None else "late" if late else "refused"
        later = None if course_runs is None else rule.later_year(course_runs, rules)
    row = {
        "justify_by": str(found.justify_by),
        "outcome": found.outcome,
        "why": why or None,
        "clause": found.clause,
        "later_year": later and asdict(later),
    }
    tell(row, absence_told(found, why, later, rules, language()), as_json, quiet)
