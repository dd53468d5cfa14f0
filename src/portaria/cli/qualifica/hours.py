"""`qualifica hours`: the hours of one school."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, AsJson, Lang, OnDay, Quiet, Readings, policy
from portaria.cli.faults import Faults
from portaria.cli.qualifica.figures import number, points, rate
from portaria.cli.words import _, language


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
        int | None, typer.Option(metavar=_("NUMBER"), help=_("And how many were expected."))
    ] = None,
    proportion: Annotated[
        str | None,
        typer.Option(
            metavar=_("NUMBER"), help=_("Proportion of a partner, set by circular: from 0 to 1.")
        ),
    ] = None,
    authorised_on: Annotated[
        datetime | None,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Day the authorisation was published.")
        ),
    ] = None,
    on: OnDay = None,
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

    faults = Faults()
    rules = faults.of(lambda: QUALIFICA.rule_set(policy(reading)))
    school = School(
        role=role,
        points_above=points(points_above, region_percent, nation_percent, nuts, faults),
        performance=rate(performance, registered, expected, faults),
        proportion=number(proportion, "--proportion", faults),
        authorised_on=authorised_on.date() if authorised_on else None,
        did_not_apply=did_not_apply,
    )
    day = on.date() if on else None
    faults.add(engine.faults(school, day, rules or QUALIFICA.rule_set()))
    faults.refuse()
    assert rules is not None, "what is refused is told"
    found = engine.hours(school, day, rules)
    told = sentences(found, rules.edition, rules.changed, language())
    tell(row_of(found, rules.edition), told, as_json, quiet)
