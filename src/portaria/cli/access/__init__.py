"""`portaria access`: contests for places in higher education."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from portaria.cli.access.contests import check, compare_readings, generate, place
from portaria.cli.access.results import explain, report, verify
from portaria.cli.words import Command, Group, _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    app = typer.Typer(
        cls=Group,
        help=_("Contests for places in higher education."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands: dict[Callable[..., object], str] = {
        check: _("Show every problem of the tables."),
        place: _("Place the candidates and write the results."),
        explain: _("Explain one candidate's result."),
        verify: _("Place again and compare."),
        compare_readings: _("Tell who differs under other readings."),
        report: _("Make a report for people to read, as HTML or PDF."),
        generate: _("Make a realistic contest."),
    }
    app.callback()(_group)
    for command, words in commands.items():
        app.command(command.__name__.replace("_", "-"), cls=Command, help=words)(command)
    return app


def _group(
    lang: Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))] = "pt-PT",
) -> None:
    """What stands before a command of the group."""
