"""The options that commands of several groups share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.words import _

ProblemsFile = Annotated[
    Path | None,
    typer.Option(
        "--problems", metavar=_("FILE"), dir_okay=False, help=_("Write every problem as CSV.")
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("Print only problems."))]
Lang = Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))]
Replace = Annotated[bool, typer.Option("--replace", help=_("Replace what is there already."))]
