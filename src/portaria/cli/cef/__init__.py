"""`portaria cef`: vocational courses, from absences and grades to certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from portaria.cli.cef.classes import check, evaluate
from portaria.cli.cef.documents import documents
from portaria.cli.cef.generate import generate
from portaria.cli.cef.outlook import outlook
from portaria.cli.cef.planning import admission, calendar
from portaria.cli.cef.questions import deadline, quorum
from portaria.cli.words import Command, Group, _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    app = typer.Typer(
        cls=Group,
        help=_("Vocational courses (CEF): attendance, grades, certificates."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands: dict[Callable[..., object], str] = {
        check: _("Show every problem of the tables of a class."),
        evaluate: _("Attendance, grades and certificates on a day."),
        documents: _("Write the sheets, lists, minutes, plans and certificates."),
        outlook: _("Who is near a limit, what is due, what is missing."),
        calendar: _("Which dates of internship and PAF fit."),
        admission: _("Tell whether someone may enter."),
        deadline: _("Tell by when something is due."),
        quorum: _("Tell whether a meeting may decide."),
        generate: _("A class, or many, of generated people."),
    }
    app.callback()(_group)
    for command, words in commands.items():
        app.command(command.__name__.replace("_", "-"), cls=Command, help=words)(command)
    return app


def _group(
    lang: Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))] = "pt-PT",
) -> None:
    """What stands before a command of the group."""
