"""The options that commands of several groups share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.words import _
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

DATES = ["%Y-%m-%d", "%d/%m/%Y"]
"""How the options write a day, as the tables do."""
MOMENTS = [f"{day}T%H:%M{seconds}" for day in DATES for seconds in ("", ":%S")]
"""How they write a day with its hour."""

ON = typer.Option("--on", formats=DATES, metavar=_("DATE"), help=_("Day of the answer."))
On = Annotated[datetime, ON]
OnDay = Annotated[datetime | None, ON]
"""The same where no day need be given."""
ProblemsFile = Annotated[
    Path | None,
    typer.Option(
        "--problems", metavar=_("FILE"), dir_okay=False, help=_("Write every problem as CSV.")
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("Print only errors."))]
Lang = Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))]
Replace = Annotated[bool, typer.Option("--replace", help=_("Replace what is there already."))]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar=_("NAME=CHOICE"), help=_("Other reading; may be repeated.")),
]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]

BAD_READING = declare("reading-not-a-pair", "write a reading as NAME=CHOICE, not {given}")


def policy(given: list[str] | None) -> dict[str, str]:
    """`NAME=CHOICE` as names and choices; UsageError where one is not so written."""
    found = {}
    for each in given or ():
        name, equals, choice = each.partition("=")
        if not equals:
            raise UsageError(Message(BAD_READING, {"given": each}))
        found[name.strip()] = choice.strip()
    return found
