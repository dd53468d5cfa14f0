"""`access simulate`: what a change would do to a contest, and over a demand that varies."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.access.arguments import Folder, Lang, ProblemsFile, Quiet, Replace
from portaria.cli.access.reading import read
from portaria.cli.arguments import AsJson
from portaria.cli.show import console, progress, write_problems
from portaria.cli.words import _, language
from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.regulations.access.simulate.change import Change
    from portaria.regulations.access.simulate.simulation import Plan, Simulation

NOTHING_ASKED = declare(
    "simulate-nothing-asked", "say what to simulate: --change FILE, --replications N, or both"
)
ONLY_WITH_REPLICATIONS = declare(
    "simulate-only-with-replications",
    "--seed, --workers and --scheduler say how to run replications: add --replications N",
)
MOST = 1_000_000
TOO_MANY = declare("simulate-too-many", "at most {most} replications are made at a time")
SIMULATED = declare("simulated", "Simulation in {path}.")


def simulate(
    folder: Folder,
    change: Annotated[
        list[Path] | None,
        typer.Option(
            "--change",
            metavar=_("FILE"),
            exists=True,
            dir_okay=False,
            help=_("What would be otherwise, as TOML; may be repeated."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=_("FOLDER"), help=_("Write the tables of the simulation.")),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            min=1,
            help=_("Place again so often, the demand varied."),
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", min=0, help=_("The same seed gives the same replications; by itself 1.")
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help=_("Processes that work; by itself one for each core.")
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar=_("ADDRESS"), help=_("Work on the Dask cluster at this address.")
        ),
    ] = None,
    as_json: AsJson = False,
    problems: ProblemsFile = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Nothing is decided, and nothing is written into the contest's folder."""
    from portaria.regulations.access.compute.warm import warm_up
    from portaria.regulations.access.simulate.folder import as_json as told_as_json
    from portaria.regulations.access.simulate.folder import is_simulation, write_simulation
    from portaria.regulations.access.simulate.simulation import simulate as run
    from portaria.tables.result import check_target, whole_folder

    plan = _plan(replications, seed, workers, scheduler)
    if not change and plan is None:
        raise UsageError(Message(NOTHING_ASKED))
    if out:
        check_target(out, replace, is_simulation)
    warm_up()
    with progress(quiet) as report:
        report("read", 0, 1)
        contest = read(folder, problems, quiet)
        try:
            simulation = run(contest, _changes(change or []), plan, report)
        except InputError as error:
            if problems:
                write_problems(error.problems, problems, language())
            raise
        if out:
            report("write", 0, 1)
            with whole_folder(out, replace, is_simulation) as draft:
                write_simulation(simulation, draft)
    if as_json and not quiet:
        typer.echo(json.dumps(told_as_json(simulation), ensure_ascii=False, indent=1))
    elif not quiet:
        _show(simulation)
        if out:
            typer.echo(render(Message(SIMULATED, {"path": str(out)}), language()))


def _plan(
    replications: int | None, seed: int | None, workers: int | None, scheduler: str | None
) -> Plan | None:
    """How to replicate; UsageError where that is said and no replication is asked for."""
    from portaria.regulations.access.simulate.simulation import Plan

    if replications is None:
        if any(option is not None for option in (seed, workers, scheduler)):
            raise UsageError(Message(ONLY_WITH_REPLICATIONS))
        return None
    if replications > MOST:
        raise UsageError(Message(TOO_MANY, {"most": MOST}))
    cores = len(os.sched_getaffinity(0))
    return Plan(replications, 1 if seed is None else seed, workers or cores, scheduler)


def _changes(files: list[Path]) -> list[Change]:
    """The change files; InputError with the problems of all of them."""
    from portaria.regulations.access.simulate.change_file import read_change
    from portaria.regulations.access.simulate.words import CHANGE_WRONG

    read_files = [read_change(path) for path in files]
    if problems := [problem for _change, found in read_files for problem in found]:
        raise InputError(Message(CHANGE_WRONG), problems)
    return [change for change, _problems in read_files]


def _show(simulation: Simulation) -> None:
    """The sections as tables, after the edition's title."""
    from rich.markup import escape
    from rich.table import Table

    from portaria.documents.access_simulation import sections

    out = console()
    out.print(escape(simulation.contest.edition.title), style="bold")
    for section in sections(simulation, language()):
        out.print()
        out.print(escape(section.heading), style="bold")
        for sentence in section.sentences:
            out.print(escape(sentence))
        if section.columns:
            table = Table(box=None, pad_edge=False, header_style="dim")
            for number, heading in enumerate(section.columns):
                table.add_column(escape(heading), justify="right" if number else "left")
            for row in section.rows:
                table.add_row(*map(escape, row))
            out.print(table)
        if section.note:
            out.print(escape(section.note))
