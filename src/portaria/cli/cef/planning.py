"""`cef calendar` and `cef admission`: when internship and PAF fit, and who may enter."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.arguments import AsJson, Lang, Quiet, Readings, policy
from portaria.cli.cef.questions import DATES, Days, calendar_of
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.regulations.cef.admission import Admission, Schooling
    from portaria.regulations.cef.internship_plan import Pair

FITS = declare("cef-calendar-fits", "Internship from {first} to {last}; PAF from {paf} to {until}.")
ONE_FITS = declare("cef-calendar-fits-one", "Internship from {first} to {last}; PAF on {paf}.")
NONE_FITS = declare("cef-calendar-none", "No dates of {year} fit; --json tells why of each.")
AGAINST = declare("cef-calendar-against", "Against it: {conflicts}.")
REMARK = declare("cef-calendar-remark", "To note: {remarks}.")
MATRIX = declare("cef-calendar-matrix", "Matrix of the PAF posted by {day}.")
CONFLICTS = {
    "before-june": declare("cef-conflict-before-june", "the internship begins before June"),
    "after-15-july": declare("cef-conflict-after", "the internship ends after 15 July"),
    "before-school-ends": declare(
        "cef-conflict-school", "the internship begins before lessons end"
    ),
    "before-internship-ends": declare(
        "cef-conflict-internship", "the PAF is before the internship ends"
    ),
    "school-closed": declare("cef-conflict-closed", "the school is closed on the day of the PAF"),
    "matrix-late": declare("cef-conflict-matrix", "the matrix is posted too late"),
    "outside-15-to-30-july": declare(
        "cef-conflict-window", "the PAF is outside the preferred days, 15 to 30 July"
    ),
}
OUTCOMES = {
    "admissible": declare("cef-admissible", "May enter ({clause})."),
    "may_be_submitted": declare(
        "cef-may-be-submitted",
        "Needs leave of the schools directorate: the request may be submitted ({clause}).",
    ),
    "incomplete": declare("cef-admission-incomplete", "The request lacks: {lacks} ({clause})."),
    "barred": declare("cef-barred", "May not enter: 18 years old ({clause})."),
}
LACKS = {
    "guardian-signature": declare("cef-lacks-signature", "the guardian's signature"),
    "report": declare("cef-lacks-report", "a report"),
    "report-author": declare(
        "cef-lacks-author", "a report by the psychology service, or by a director where none is"
    ),
}
ELIGIBLE = declare("cef-eligible", "The schooling is that of a type 2 course ({clause}).")
NOT_ELIGIBLE = declare(
    "cef-not-eligible", "The schooling is not that of a type 2 course ({clause})."
)


def calendar(
    year: Annotated[int, typer.Option(min=2008, max=2027, metavar=_("YEAR"), help=_("Summer of."))],
    minutes_a_day: Annotated[
        int, typer.Option(metavar=_("NUMBER"), help=_("Minutes of internship a day."))
    ] = 420,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--internship", formats=DATES, metavar=_("DATE"), help=_("Only from this first day.")
        ),
    ] = None,
    paf: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Only with this day of the PAF.")),
    ] = None,
    school_ends: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Last day of lessons.")),
    ] = None,
    matrix: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day the matrix is posted.")),
    ] = None,
    municipal: Annotated[
        Days,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Municipal holiday; may be repeated.")
        ),
    ] = None,
    closure: Annotated[
        Days,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Day the school is closed; may be repeated.")
        ),
    ] = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The pairs that fit; those asked for by day with every conflict."""
    from portaria.regulations.cef import internship_plan as plan
    from portaria.regulations.cef.settings import rule_set

    rules = rule_set(policy(reading))
    asked = plan.Asked(
        minutes_a_day,
        calendar_of(municipal, closure, rules),
        rules,
        school_ends=_day(school_ends),
        matrix_on=_day(matrix),
    )
    if first and paf:
        found: tuple[Pair, ...] = (plan.pair(first.date(), paf.date(), asked),)
    else:
        found = tuple(
            each
            for each in plan.pairs(year, asked)
            if (first is None or each.internship.first == first.date())
            and (paf is None or each.paf.day == paf.date())
        )
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps([_pair_row(each) for each in found], indent=1))
    elif first and paf:
        _tell_pair(found[0])
    else:
        _tell_fits(found, year)


def admission(
    born: Annotated[
        datetime, typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of birth."))
    ],
    start: Annotated[
        datetime, typer.Option(formats=DATES, metavar=_("DATE"), help=_("First day of lessons."))
    ],
    school_year: Annotated[
        datetime,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("First day of the school year.")),
    ],
    passed: Annotated[
        list[int] | None,
        typer.Option(metavar=_("YEAR"), help=_("School year passed; may be repeated.")),
    ] = None,
    failed: Annotated[
        list[int] | None,
        typer.Option(metavar=_("YEAR"), help=_("School year failed; may be repeated.")),
    ] = None,
    last_passed: Annotated[
        bool, typer.Option("--last-year-passed", help=_("Last year was passed."))
    ] = False,
    interrupted: Annotated[
        bool, typer.Option("--interrupted", help=_("Last year was interrupted."))
    ] = False,
    signed: Annotated[
        bool, typer.Option("--guardian-signed", help=_("The guardian signed the request."))
    ] = False,
    report: Annotated[
        str,
        typer.Option(
            metavar=_("AUTHOR"),
            help=_("Report by psychology, class_director, course_director or support_teacher."),
        ),
    ] = "",
    psychology: Annotated[
        bool, typer.Option("--psychology", help=_("The school has a psychology service."))
    ] = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Minimum and maximum age, and schooling; the risk of dropping out is for people to judge."""
    from portaria.regulations.cef import admission as rule
    from portaria.regulations.cef.settings import rule_set

    rules = rule_set(policy(reading))
    request = rule.Request(signed, report, psychology)
    ages = (
        rule.minimum_age(born.date(), start.date(), request, rules),
        rule.maximum_age(
            born.date(), school_year.date(), start.date(),
            rule.LastYear(interrupted, last_passed), rules,
        ),
    )  # fmt: skip
    schooling = rule.schooling(passed or (), failed or (), rules) if passed or failed else None
    if quiet:
        return
    if as_json:
        names = ("minimum_age", "maximum_age")
        row: dict[str, Any] = {
            name: asdict(each) | {"reached_on": str(each.reached_on)}
            for name, each in zip(names, ages, strict=True)
        }
        row["schooling"] = None if schooling is None else asdict(schooling)
        typer.echo(json.dumps(row, indent=1))
    else:
        _tell_admission(ages, schooling)


def _tell_admission(ages: tuple[Admission, ...], schooling: Schooling | None) -> None:
    from portaria.documents.citation import cite

    lang = language()
    for each in ages:
        lacks = ", ".join(render(Message(LACKS[code]), lang) for code in each.lacks)
        params = {"clause": cite(each.clause, lang), "lacks": lacks}
        typer.echo(render(Message(OUTCOMES[each.outcome], params), lang))
    if schooling is not None:
        code = ELIGIBLE if schooling.eligible else NOT_ELIGIBLE
        typer.echo(render(Message(code, {"clause": cite(schooling.clause, lang)}), lang))


def _tell_fits(found: tuple[Pair, ...], year: int) -> None:
    """One line an internship, with the days of the PAF that fit it."""
    lang = language()
    fits = [each for each in found if not each.conflicts]
    if not fits:
        typer.echo(render(Message(NONE_FITS, {"year": str(year)}), lang))
    for first in dict.fromkeys(each.internship.first for each in fits):
        own = [each for each in fits if each.internship.first == first]
        days = {"first": first, "last": own[0].internship.last}
        days |= {"paf": own[0].paf.day, "until": own[-1].paf.day}
        typer.echo(render(Message(FITS if len(own) > 1 else ONE_FITS, days), lang))


def _tell_pair(found: Pair) -> None:
    lang = language()
    params = {
        "first": found.internship.first,
        "last": found.internship.last,
        "paf": found.paf.day,
    }
    typer.echo(render(Message(ONE_FITS, params), lang))
    typer.echo(render(Message(MATRIX, {"day": found.paf.matrix_by}), lang))
    for code, name, listed in (
        (AGAINST, "conflicts", found.conflicts),
        (REMARK, "remarks", found.paf.remarks),
    ):
        if listed:
            words = "; ".join(render(Message(CONFLICTS[each]), lang) for each in listed)
            typer.echo(render(Message(code, {name: words}), lang))


def _pair_row(found: Pair) -> dict[str, Any]:
    return {
        "internship_from": str(found.internship.first),
        "internship_to": str(found.internship.last),
        "paf": str(found.paf.day),
        "matrix_by": str(found.paf.matrix_by),
        "conflicts": list(found.conflicts),
        "remarks": list(found.paf.remarks),
    }


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()
