"""The arguments and options that several commands of the group share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.words import _

Folder = Annotated[
    Path,
    typer.Argument(
        exists=True, file_okay=False, metavar=_("FOLDER"), help=_("Folder of the contest's tables.")
    ),
]
ResultsFolder = Annotated[
    Path,
    typer.Argument(
        exists=True, file_okay=False, metavar=_("RESULTS"), help=_("Folder of the results.")
    ),
]
ProblemsFile = Annotated[
    Path | None,
    typer.Option(
        "--problems", metavar=_("FILE"), dir_okay=False, help=_("Write every problem as CSV.")
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("Print only problems."))]
Lang = Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))]
Replace = Annotated[bool, typer.Option("--replace", help=_("Replace what is there already."))]
Out = Annotated[
    Path, typer.Option("--out", metavar=_("RESULTS"), help=_("Folder to write the results to."))
]
