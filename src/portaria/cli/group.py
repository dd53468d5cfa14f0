"""A group of commands: its help in the chosen language, each command under its own name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import typer

from portaria.cli.arguments import Lang
from portaria.cli.words import Command, Group


def group(
    words: str, commands: Mapping[Callable[..., object], str], language: str = "pt-PT"
) -> typer.Typer:
    """commands: each with its help, named as its function is; language: shown as the default.

    A function whose name Python has already, such as `next_`, ends in an underscore.
    """
    app = typer.Typer(cls=Group, help=words, no_args_is_help=True, rich_markup_mode=None)

    def before(lang: Lang = language) -> None:
        """What may stand before a command of the group."""

    app.callback()(before)
    for command, help_words in commands.items():
        name = command.__name__.rstrip("_").replace("_", "-")
        app.command(name, cls=Command, help=help_words)(command)
    return app
