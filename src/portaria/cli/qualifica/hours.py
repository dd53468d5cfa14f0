"""`qualifica hours`: the hours of one school."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Annotated

import typer

from portaria.cli.answers import exact_of, tell
from portaria.cli.arguments import DATES, AsJson, Lang, Quiet, Readings, policy
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

NO_NUMBER = declare("qualifica-no-number", "{option} needs a number such as 6.9, not {given}")
TWO_WAYS = declare(
    "qualifica-two-ways", "{one} and {other} say the same: give one of them, not both"
)
HALF = declare("qualifica-half", "{one} and {other} go together: give both")

Day = Annotated[
    datetime | None,
    typer.Option("--on", formats=DATES, metavar=_("DATE"), help=_("Day of the answer.")),
]


def hours(
    role: Annotated[
        str, typer.Option(metavar="promoter|partner|both", help=_("What the school is."))
    ],
    points_above: Annotated[
        str | None,
        typer.Option(metavar=_("NUMBER"), help=_("Percentage points above the nation.")),
    ] = None,
    region_percent: Annotated[
        str | None,
        typer.Option(
            metavar=_("PERCENT"), help=_("Instead: the percentage of the NUTS III region.")
        ),
    ] = None,
    nation_percent: Annotated[
        str | None, typer.Option(metavar=_("PERCENT"), help=_("And that of the nation."))
    ] = None,
    nuts: Annotated[
        int | None, typer.Option(metavar="2013|2024", help=_("Version of the NUTS III regions."))
    ] = None,
    performance: Annotated[
        str | None,
        typer.Option(metavar=_("PERCENT"), help=_("Rate of performance of the six months.")),
    ] = None,
    registered: Annotated[
        int | None, typer.Option(metavar=_("NUMBER"), help=_("Instead: how many registered."))
    ] = None,
    expected: Annotated[
        int | None, typer.Option(metavar=_("NUMBER"), help=_("Of how many expected."))
    ] = None,
    proportion: Annotated[
        str | None,
        typer.Option(metavar=_("NUMBER"), help=_("Of a partner, by circular: from 0 to 1.")),
    ] = None,
    authorised_on: Annotated[
        datetime | None,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Day the authorisation was published.")
        ),
    ] = None,
    on: Day = None,
    did_not_apply: Annotated[
        bool,
        typer.Option(
            "--did-not-apply",
            help=_("The school could have applied for the European support and did not."),
        ),
    ] = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The hours, the exact number before rounding, and every step."""
    from portaria.documents.qualifica.answer import sentences
    from portaria.documents.qualifica.row import row_of
    from portaria.regulations.qualifica import hours as engine
    from portaria.regulations.qualifica.model import School
    from portaria.regulations.qualifica.regulation import QUALIFICA

    rules = QUALIFICA.rule_set(policy(reading))
    school = School(
        role=role,
        points_above=_points(points_above, region_percent, nation_percent, nuts),
        performance=_performance(performance, registered, expected),
        proportion=number(proportion, "--proportion"),
        authorised_on=authorised_on.date() if authorised_on else None,
        did_not_apply=did_not_apply,
    )
    found = engine.hours(school, on.date() if on else None, rules)
    told = sentences(found, rules.edition, rules.changed, language())
    tell(row_of(found, rules.edition), told, as_json, quiet)


def number(given: str | None, option: str) -> Fraction | None:
    """A number with a point or a comma, or a fraction; UsageError where it is none."""
    if given is None:
        return None
    return exact_of(given, Message(NO_NUMBER, {"option": option, "given": given}))


def _points(
    points: str | None, region: str | None, nation: str | None, nuts: int | None
) -> Fraction | None:
    """The points, or made of the two percentages; UsageError where both or half are given."""
    from portaria.regulations.qualifica.figures import points_above

    first, second = number(region, "--region-percent"), number(nation, "--nation-percent")
    _one_way(points, first, second, ("--points-above", "--region-percent", "--nation-percent"))
    if first is None or second is None:
        return number(points, "--points-above")
    return points_above(first, second, nuts)


def _performance(rate: str | None, registered: int | None, expected: int | None) -> Fraction | None:
    """The rate, or made of the two counts; UsageError where both or half are given."""
    from portaria.regulations.qualifica.figures import performance

    _one_way(rate, registered, expected, ("--performance", "--registered", "--expected"))
    if registered is None or expected is None:
        return number(rate, "--performance")
    return performance(registered, expected)


def _one_way(whole: object, first: object, second: object, names: tuple[str, str, str]) -> None:
    given = [each is not None for each in (whole, first, second)]
    if given[1] != given[2]:
        raise UsageError(Message(HALF, {"one": names[1], "other": names[2]}))
    if given[0] and given[1]:
        raise UsageError(Message(TWO_WAYS, {"one": names[0], "other": names[1]}))
