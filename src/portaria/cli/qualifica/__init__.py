"""`portaria qualifica`: hours of Centros Qualifica by Despacho 6261-B/2017."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from portaria.cli.qualifica.hours import hours
from portaria.cli.qualifica.table import table
from portaria.cli.qualifica.team import coordinator, recruitment, share, staffing, technicians
from portaria.cli.words import Command, Group, _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    app = typer.Typer(
        cls=Group,
        help=_("Weekly hours of Centros Qualifica."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands: dict[Callable[..., object], str] = {
        hours: _("The hours of a school, with the arithmetic."),
        table: _("The hours of many schools, from table to table."),
        share: _("Whether hours shared out are within the credit."),
        coordinator: _("Whether someone may be the coordinator."),
        staffing: _("How much of a teacher's time belongs at the centre."),
        recruitment: _("Where the next teacher comes from."),
        technicians: _("Whether ORVC technicians may be hired."),
    }
    app.callback()(_group)
    for command, words in commands.items():
        app.command(command.__name__, cls=Command, help=words)(command)
    return app


def _group(
    lang: Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))] = "pt-PT",
) -> None:
    """What stands before a command of the group."""
