"""`portaria social`: maximum prices of meals and beds by Lei 71/2017."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from portaria.cli.social.prices import prices
from portaria.cli.social.series import series
from portaria.cli.words import Command, Group, _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    app = typer.Typer(
        cls=Group,
        help=_("Maximum prices of meals and beds in student services."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands: dict[Callable[..., object], str] = {
        prices: _("The maxima on a day, and whether a charge is over."),
        series: _("The maxima of every known year, as table and chart."),
    }
    app.callback()(_group)
    for command, words in commands.items():
        app.command(command.__name__, cls=Command, help=words)(command)
    return app


def _group(
    lang: Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))] = "pt-PT",
) -> None:
    """What stands before a command of the group."""
