"""`cef admission`: who may enter a course."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, AsJson, Lang, Quiet, Readings, policy
from portaria.cli.words import _, language

Born = Annotated[datetime, typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of birth."))]
Start = Annotated[
    datetime, typer.Option(formats=DATES, metavar=_("DATE"), help=_("First day of lessons."))
]
SchoolYear = Annotated[
    datetime,
    typer.Option(formats=DATES, metavar=_("DATE"), help=_("First day of the school year.")),
]
Passed = Annotated[
    list[int] | None,
    typer.Option(metavar=_("YEAR"), help=_("School year passed; may be repeated.")),
]
Failed = Annotated[
    list[int] | None,
    typer.Option(metavar=_("YEAR"), help=_("School year failed; may be repeated.")),
]
LastPassed = Annotated[bool, typer.Option("--last-year-passed", help=_("Last year was passed."))]
Interrupted = Annotated[bool, typer.Option("--interrupted", help=_("Last year was interrupted."))]
Signed = Annotated[
    bool, typer.Option("--guardian-signed", help=_("The guardian signed the request."))
]
Report = Annotated[
    str,
    typer.Option(
        metavar=_("AUTHOR"),
        help=_("Report by psychology, class_director, course_director or support_teacher."),
    ),
]
Psychology = Annotated[
    bool, typer.Option("--psychology", help=_("The school has a psychology service."))
]


def admission(
    born: Born,
    start: Start,
    school_year: SchoolYear,
    passed: Passed = None,
    failed: Failed = None,
    last_passed: LastPassed = False,
    interrupted: Interrupted = False,
    signed: Signed = False,
    report: Report = "",
    psychology: Psychology = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Minimum and maximum age, schooling, and the verdict; exit 0 whatever it is."""
    from portaria.documents.cef.admission_answer import Answer, row_of, sentences
    from portaria.regulations.cef import admission as rule
    from portaria.regulations.cef.regulation import CEF

    rules = CEF.rule_set(policy(reading))
    request = rule.Request(signed, report, psychology)
    last_year = rule.LastYear(interrupted, last_passed)
    found = Answer(
        request,
        rule.minimum_age(born.date(), start.date(), request, rules),
        rule.maximum_age(born.date(), school_year.date(), start.date(), last_year, rules),
        rule.schooling(passed or (), failed or (), rules) if passed or failed else None,
    )
    tell(row_of(found), sentences(found, rules, language()), as_json, quiet)
