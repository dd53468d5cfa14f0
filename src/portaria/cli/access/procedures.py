"""`access exchange`, `relocate`, `rectify`, `exclude` and `complaint`: what follows a result.

Each exits 0 whether it is accepted or refused: both are answers. Results are never changed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.access import procedure_options as options
from portaria.cli.access.arguments import Lang, ProblemsFile, Quiet, Replace, ResultsFolder
from portaria.cli.access.procedure_options import (
    Candidate,
    Enrolments,
    OtherResults,
    OutFolder,
)
from portaria.cli.arguments import DATES, AsJson, Readings, policy
from portaria.cli.service import Closure, Municipal, calendar_of
from portaria.cli.show import progress
from portaria.cli.words import _


def exchange(
    results: ResultsFolder,
    first: Annotated[str, typer.Option("--first", metavar=_("CODE"), help=_("One candidate."))],
    second: Annotated[
        str, typer.Option("--second", metavar=_("CODE"), help=_("The other candidate."))
    ],
    enrolled_first: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day the first one enrolled.")),
    ] = None,
    enrolled_second: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day the second one enrolled.")),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of the request.")),
    ] = None,
    other_results: OtherResults = None,
    enrolments: Enrolments = None,
    reading: Readings = None,
    municipal: Municipal = None,
    closure: Closure = None,
    out: OutFolder = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Two candidates exchange their seats, or do not."""
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.procedures import exchange as procedure
    from portaria.regulations.access.procedures.exchange_case import Request
    from portaria.regulations.access.procedures.tables import read_enrolments

    options.check_out(out, replace)
    request = Request(
        first,
        second,
        options.day(enrolled_first),
        options.day(enrolled_second),
        options.day(on),
        calendar_of(municipal, closure),
    )
    with options.reporting(problems, quiet) as found:
        opened, table = open_results(results), read_enrolments(enrolments, found)
        phases = options.phases(opened, other_results, table)
        answer = procedure.exchange(phases, request, policy(reading))
    options.write(answer, opened, out, replace, quiet, enrolments=table)
    options.tell(answer, as_json, quiet)


def relocate(
    results: ResultsFolder,
    programme: Annotated[
        str, typer.Option("--programme", metavar=_("CODE"), help=_("The programme that closes."))
    ],
    enrolments: Annotated[
        Path,
        typer.Option(
            "--enrolments", exists=True, dir_okay=False, metavar=_("FILE"),
            help=_("Table of enrolments as it is now."),
        ),
    ],
    consents: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, metavar=_("FILE"),
            help=_("Table of who goes where and who agrees."),
        ),
    ] = None,
    vacancies: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, metavar=_("FILE"),
            help=_("Table of the seats free now, instead of those left over."),
        ),
    ] = None,
    others_enrolled: Annotated[
        int, typer.Option(min=0, help=_("How many are enrolled there by other ways."))
    ] = 0,
    last_phase: Annotated[
        bool, typer.Option("--last-phase", help=_("No further phase takes place."))
    ] = False,
    other_results: OtherResults = None,
    out: OutFolder = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:  # fmt: skip
    """All who are enrolled in a programme go elsewhere, or none does."""
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.procedures import relocation, tables
    from portaria.regulations.access.procedures.relocation_conditions import Request

    options.check_out(out, replace)
    with options.reporting(problems, quiet) as found:
        opened, table = open_results(results), tables.read_enrolments(enrolments, found)
        request = Request(
            programme,
            None if consents is None else tables.read(consents, tables.Moves, found),
            None if vacancies is None else tables.read(vacancies, tables.Vacancies, found),
            others_enrolled,
            last_phase,
            moves_file=consents.name if consents else "",
        )
        answer = relocation.relocate(options.phases(opened, other_results, table), request)
    options.write(answer, opened, out, replace, quiet, enrolments=table)
    options.tell(answer, as_json, quiet)


def rectify(
    results: ResultsFolder,
    patch: Annotated[
        Path,
        typer.Option(
            exists=True, file_okay=False, metavar=_("FOLDER"),
            help=_("Folder of the tables with her corrected rows."),
        ),
    ],
    candidate: Candidate,
    started_by: Annotated[
        str,
        typer.Option(metavar=_("WHO"), help=_("Who started it: candidate, institution or office.")),
    ] = "office",
    own_cause: Annotated[
        bool, typer.Option("--own-cause", help=_("The cause is the candidate's own."))
    ] = False,
    enrolments: Enrolments = None,
    adjustments: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, metavar=_("FILE"),
            help=_("Table of adjustments by earlier rectifications."),
        ),
    ] = None,
    reading: Readings = None,
    out: OutFolder = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:  # fmt: skip
    """She alone goes where the corrected contest puts her."""
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.procedures import rectification, tables
    from portaria.regulations.access.procedures.patch import read_patch
    from portaria.regulations.access.procedures.rectified_seats import Request

    options.check_out(out, replace)
    starter = options.one_of("--started-by", started_by, rectification.STARTERS)
    chosen = policy(reading)
    with options.reporting(problems, quiet) as found, progress(quiet) as report:
        opened, table = open_results(results), tables.read_enrolments(enrolments, found)
        before = tables.read_adjustments(adjustments, found)
        request = Request(starter, own_cause, table, before)
        corrected = read_patch(patch, candidate)
        found += corrected.tables.problems
        answer = rectification.rectify(opened, corrected, request, chosen, report)
    options.write(answer, opened, out, replace, quiet, enrolments=table, adjustments=before)
    options.tell(answer, as_json, quiet)


def exclude(
    results: ResultsFolder,
    candidate: Candidate,
    clause: Annotated[
        str, typer.Option(metavar=_("CLAUSE"), help=_("The ground, such as 56/1/d."))
    ],
    ground_stated: Annotated[
        bool, typer.Option("--ground-stated", help=_("The office states that the clause excludes."))
    ] = False,
    other_results: OtherResults = None,
    enrolments: Enrolments = None,
    reading: Readings = None,
    out: OutFolder = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Her result and her seat go, and nobody moves."""
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.procedures import exclusion
    from portaria.regulations.access.procedures.tables import read_enrolments

    options.check_out(out, replace)
    chosen = policy(reading)
    with options.reporting(problems, quiet) as found:
        opened, table = open_results(results), read_enrolments(enrolments, found)
        phases = options.phases(opened, other_results, table)
        answer = exclusion.exclude(phases, candidate, clause, chosen, ground_stated)
    options.write(answer, opened, out, replace, quiet, enrolments=table)
    options.tell(answer, as_json, quiet)


def complaint(
    results: ResultsFolder,
    candidate: Candidate,
    published: Annotated[
        datetime,
        typer.Option(
            formats=DATES, metavar=_("DATE"),
            help=_("Day the result, or the changed grade, was published."),
        ),
    ],
    filed: Annotated[
        datetime,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Day it was handed in, or its postmark.")
        ),
    ],
    about: Annotated[
        str, typer.Option(metavar=_("WHAT"), help=_("Against: result or changed_grade."))
    ] = "result",
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Last day to complain, by the order.")
        ),
    ] = None,
    decided: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of the decision.")),
    ] = None,
    decide_until: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Last day to decide, by the order.")),
    ] = None,
    notified: Annotated[
        datetime | None,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Day the notice of the decision was received.")
        ),
    ] = None,
    reading: Readings = None,
    municipal: Municipal = None,
    closure: Closure = None,
    out: OutFolder = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:  # fmt: skip
    """Whether it is in time, the terms that follow, and what the record gives."""
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.procedures import complaint as procedure

    options.check_out(out, replace)
    chosen = policy(reading)
    request = procedure.Request(
        candidate,
        published.date(),
        filed.date(),
        options.one_of("--about", about, procedure.KINDS),
        options.day(until),
        options.day(decided),
        options.day(decide_until),
        options.day(notified),
        calendar_of(municipal, closure),
    )
    with options.reporting(problems, quiet):
        opened = open_results(results)
        answer = procedure.complain(opened, request, chosen)
    options.write(answer, opened, out, replace, quiet)
    options.tell(answer, as_json, quiet)
