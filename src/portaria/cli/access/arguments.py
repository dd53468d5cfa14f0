"""The arguments and options that several commands of the group share, its own and the common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.arguments import Lang, ProblemsFile, Quiet, Replace
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
Out = Annotated[
    Path, typer.Option("--out", metavar=_("RESULTS"), help=_("Folder to write the results to."))
]

__all__ = ["Folder", "Lang", "Out", "ProblemsFile", "Quiet", "Replace", "ResultsFolder"]
