"""`portaria days`: working days of the Code of Administrative Procedure (arts. 87 and 88)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, AsJson, Lang, Quiet
from portaria.cli.group import group
from portaria.cli.service import Closure, Municipal, calendar_of
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render

MOST_DAYS = 6_000
BACKWARDS = declare("days-backwards", "{end} is before {start}: give --from first")
BETWEEN = declare(
    "days-between", "{count} working day after {start}, up to {end}.",
    "{count} working days after {start}, up to {end}.",
)  # fmt: skip


class Home(StrEnum):
    """Where the person lives, as `core.deadline.Residence`: help must not wait for it."""

    mainland = "mainland"
    autonomous_region = "autonomous_region"
    europe = "europe"
    elsewhere = "elsewhere"


class MunicipalDay(StrEnum):
    """What a municipal holiday does, as `core.deadline.MunicipalReading`."""

    stops_count = "stops-count"
    closes_only = "closes-only"


Town = Annotated[
    str | None,
    typer.Option(
        "--municipality", metavar=_("NAME"), help=_("Town whose municipal holiday is known.")
    ),
]
HolidayReading = Annotated[
    MunicipalDay,
    typer.Option(
        "--municipal-day", help=_("The municipal holiday stops the count, or only closes.")
    ),
]
Number = Annotated[
    int, typer.Option("--days", min=1, max=MOST_DAYS, metavar=_("NUMBER"), help=_("How many days."))
]
Calendar = Annotated[bool, typer.Option("--calendar-days", help=_("Count every day."))]


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Working days: deadlines with every day passed over."),
        {
            add: _("The last day of a deadline that follows an event."),
            before: _("The last day to act so many days before an event."),
            between: _("How many working days lie between two days."),
        },
    )


def add(
    start: Annotated[
        datetime,
        typer.Option("--from", formats=DATES, metavar=_("DATE"), help=_("Day of the event.")),
    ],
    days: Number,
    municipal: Municipal = None,
    municipality: Town = None,
    closure: Closure = None,
    municipal_day: HolidayReading = MunicipalDay.stops_count,
    calendar_days: Calendar = False,
    home: Annotated[
        Home, typer.Option("--home", help=_("Where the person lives: days for the distance."))
    ] = Home.mainland,
    fixed_by_law: Annotated[
        bool,
        typer.Option(
            "--fixed-by-law", help=_("Fixed by law: above six months it runs without a stop.")
        ),
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The day of the event is not counted; a closed last day moves on."""
    from portaria.core.deadline import Residence, Unit, add_days, extra_days_for
    from portaria.documents.days import row_of, sentences

    found = add_days(
        start.date(),
        days,
        calendar_of(municipal, closure, municipal_day.value, municipality),
        unit=Unit.CALENDAR_DAYS if calendar_days else Unit.WORKING_DAYS,
        extra_days=extra_days_for(Residence(home.value)).days,
        fixed_by_law=fixed_by_law,
    )
    tell(row_of(found), sentences(found, language()), as_json, quiet)


def before(
    event: Annotated[
        datetime,
        typer.Option("--event", formats=DATES, metavar=_("DATE"), help=_("Day of the event.")),
    ],
    days: Number,
    municipal: Municipal = None,
    municipality: Town = None,
    closure: Closure = None,
    municipal_day: HolidayReading = MunicipalDay.stops_count,
    calendar_days: Calendar = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """“At least so many days before”: a closed last day moves back."""
    from portaria.core.deadline import Unit, latest_before
    from portaria.documents.days import row_of, sentences

    found = latest_before(
        event.date(),
        days,
        calendar_of(municipal, closure, municipal_day.value, municipality),
        unit=Unit.CALENDAR_DAYS if calendar_days else Unit.WORKING_DAYS,
    )
    tell(row_of(found), sentences(found, language(), back=True), as_json, quiet)


def between(
    start: Annotated[
        datetime,
        typer.Option("--from", formats=DATES, metavar=_("DATE"), help=_("First day; not counted.")),
    ],
    end: Annotated[
        datetime,
        typer.Option(
            "--to",
            formats=DATES,
            metavar=_("DATE"),
            help=_("Last day; counted where it is a working day."),
        ),
    ],
    municipal: Municipal = None,
    municipality: Town = None,
    municipal_day: HolidayReading = MunicipalDay.stops_count,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """A closure is a working day: it only keeps a deadline from ending there."""
    from portaria.core.deadline import working_days_between

    if end < start:
        raise UsageError(Message(BACKWARDS, {"start": start.date(), "end": end.date()}))
    calendar = calendar_of(municipal, None, municipal_day.value, municipality)
    count = working_days_between(start.date(), end.date(), calendar)
    row = {"from": str(start.date()), "to": str(end.date()), "working_days": count}
    words = {"count": count, "start": start.date(), "end": end.date()}
    tell(row, [render(Message(BETWEEN, words), language())], as_json, quiet)
