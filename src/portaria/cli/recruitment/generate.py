"""`recruitment generate`: a procedure of generated people to try the commands on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.arguments import Lang, Quiet, Replace
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

MADE = declare("recruitment-generated", "Candidates: {candidates}. Written to {path}.")


def generate(
    folder: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("Folder to create."))],
    candidates: Annotated[
        int, typer.Option("--candidates", metavar=_("NUMBER"), help=_("How many candidates."))
    ] = 18,
    seed: Annotated[
        int,
        typer.Option(
            "--seed", metavar=_("NUMBER"), help=_("The same seed gives the same procedure.")
        ),
    ] = 0,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The same arguments give the same bytes."""
    from portaria.regulations.recruitment import generate as generator
    from portaria.tables.result import whole_folder

    with whole_folder(folder, replace, generator.is_generated) as draft:
        rows = generator.generate(draft, candidates, seed)
    if not quiet:
        params = {"candidates": rows["candidates"], "path": str(folder)}
        typer.echo(render(Message(MADE, params), language()))
