"""`portaria recruitment`: lists of candidates, hearings and final lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from portaria.cli.recruitment.documents import documents
from portaria.cli.recruitment.generate import generate
from portaria.cli.recruitment.lists import check, lists
from portaria.cli.recruitment.questions import application, apply_by, requirements
from portaria.cli.words import Command, Group, _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    app = typer.Typer(
        cls=Group,
        help=_("Recruitment: candidates, lists, hearings and ranking."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands: dict[str, tuple[Callable[..., object], str]] = {
        "check": (check, _("Show every problem of the tables of a procedure.")),
        "list": (lists, _("Both lists on a day, with who is on them.")),
        "documents": (documents, _("Write the notices and lists of a day.")),
        "apply-by": (apply_by, _("The last day to apply under Aviso 8072/2017.")),
        "application": (application, _("Tell whether an application is in time.")),
        "requirements": (requirements, _("Tell whether a candidate may be admitted.")),
        "generate": (generate, _("A procedure of generated people.")),
    }
    app.callback()(_group)
    for name, (command, words) in commands.items():
        app.command(name, cls=Command, help=words)(command)
    return app


def _group(
    lang: Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))] = "pt-PT",
) -> None:
    """What stands before a command of the group."""
