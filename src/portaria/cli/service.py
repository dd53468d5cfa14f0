"""The days of a service on the command line: its municipal holidays, its closures."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import DATES
from portaria.cli.words import _

if TYPE_CHECKING:
    from portaria.core.deadline import ServiceCalendar

Days = list[datetime] | None
Municipal = Annotated[
    Days,
    typer.Option(
        "--municipal",
        formats=DATES,
        metavar=_("DATE"),
        help=_("Municipal holiday; may be repeated."),
    ),
]
Closure = Annotated[
    Days,
    typer.Option(
        "--closure",
        formats=DATES,
        metavar=_("DATE"),
        help=_("Day the service is closed; may be repeated."),
    ),
]


def calendar_of(
    municipal: Days,
    closures: Days,
    reading: str = "stops-count",
    municipality: str | None = None,
) -> ServiceCalendar:
    """The calendar; reading: of the municipal holiday. UsageError for a town not known."""
    from portaria.core.deadline import service_calendar

    return service_calendar(days_of(municipal), days_of(closures), reading, municipality)


def days_of(given: Days) -> frozenset[date]:
    """Days without their hour."""
    return frozenset(each.date() for each in given or ())
