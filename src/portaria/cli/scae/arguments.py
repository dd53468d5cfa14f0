"""The arguments and options of the commands that read a school system."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.arguments import DATES
from portaria.cli.words import _

Source = Annotated[
    str,
    typer.Argument(
        metavar=_("SOURCE"),
        help=_("Folder of tables, DuckDB or SQLite file, or address of a database."),
    ),
]
MonthOption = Annotated[
    str, typer.Option("--month", metavar="AAAA-MM", help=_("Reference month, such as 2024-03."))
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar=_("FILE"),
        dir_okay=False,
        help=_("Settings; by default scae.toml in the folder of the source."),
    ),
]
Ledger = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar=_("FILE"),
        dir_okay=False,
        help=_("What was sent each month; it is read, and the load is added to it."),
    ),
]
KnownLedger = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar=_("FILE"),
        dir_okay=False,
        help=_("What was sent each month; it is only read."),
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar=_("NAME=VALUE"), help=_("Filter, such as unit=U1; repeatable.")),
]
Today = Annotated[
    datetime | None,
    typer.Option(
        "--today", formats=DATES, metavar=_("DATE"), help=_("Day of the run; by default today.")
    ),
]
Engine = Annotated[
    str,
    typer.Option("--engine", help=_("Where a folder is read: duckdb, or spark (extra [spark]).")),
]
Rm = Annotated[
    Path | None,
    typer.Option(
        "--rm",
        metavar=_("FILE"),
        dir_okay=False,
        help=_("The source is a TOTVS RM base, mapped by this file."),
    ),
]
