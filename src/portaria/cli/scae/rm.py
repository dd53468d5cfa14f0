"""`scae rm-inspect` and `scae rm-views`: the adapter of TOTVS RM, before anything is extracted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import Lang, Quiet, Replace
from portaria.cli.words import _, language
from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare, render
from portaria.core.problem import errors

if TYPE_CHECKING:
    from portaria.regulations.scae.rm.mapping import RmMapping

PROPOSED = declare(
    "scae-rm-proposed",
    "Proposed mapping in {path}: check every name in it and fill in what is blank.",
)
VIEWS_WRITTEN = declare("scae-rm-views-written", "Views in {path}.")
MAPPING_WRONG = declare(
    "scae-rm-mapping-wrong", "The mapping file cannot be used: correct the errors above."
)
UNKNOWN_DIALECT = declare("scae-rm-dialect", "{dialect} is no dialect known here: write {known}")

Mapping = Annotated[
    Path,
    typer.Option("--mapping", metavar=_("FILE"), dir_okay=False, help=_("Mapping file of RM.")),
]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", metavar=_("FILE"), dir_okay=False, help=_("File to write to.")),
]


def rm_inspect(
    source: Annotated[str, typer.Argument(metavar="URL", help=_("Address of the RM database."))],
    out: OutFile = None,
    schema: Annotated[
        str | None, typer.Option("--schema", help=_("Schema of the RM tables, such as dbo."))
    ] = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> None:
    """Reads the dictionary and the names of columns; no data of a person."""
    from portaria.regulations.scae.rm.proposal import propose
    from portaria.tables.address import server
    from portaria.tables.result import check_file

    if out:
        check_file(out, replace)
    text = propose(server(source), schema)
    _give(text, out, replace, quiet, PROPOSED)


def rm_views(
    mapping: Mapping,
    dialect: Annotated[
        str, typer.Option("--dialect", help=_("mssql, oracle or postgres."))
    ] = "mssql",
    out: OutFile = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> None:
    """Compiles; nothing is connected to."""
    from portaria.regulations.scae.rm.script import DIALECTS, script

    if dialect not in DIALECTS:
        params = {"dialect": dialect, "known": ", ".join(DIALECTS)}
        raise UsageError(Message(UNKNOWN_DIALECT, params))
    text = script(mapping_of(mapping, quiet), dialect)
    _give(text, out, replace, quiet, VIEWS_WRITTEN)


def mapping_of(path: Path, quiet: bool = False) -> RmMapping:
    """A mapping file, its warnings told; InputError with every problem where it has errors."""
    from portaria.cli.show import show_problems
    from portaria.regulations.scae.rm.mapping import read_mapping

    mapping, found = read_mapping(path)
    if mapping is None:
        raise InputError(Message(MAPPING_WRONG), found)
    assert not errors(found), "a mapping with an error is not given"
    if found and not quiet:
        show_problems(found, language())
    return mapping


def _give(text: str, out: Path | None, replace: bool, quiet: bool, told: str) -> None:
    """A text into its file, or on standard output where none is named."""
    from portaria.tables.result import write_file

    if out is None:
        typer.echo(text, nl=False)
        return
    write_file(out, text.encode(), replace)
    if not quiet:
        typer.echo(render(Message(told, {"path": str(out)}), language()))
