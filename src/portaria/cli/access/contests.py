"""`access check`, `place`, `compare-readings` and `generate`: what works on a contest's folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.access.arguments import Folder, Lang, Out, ProblemsFile, Quiet, Replace
from portaria.cli.access.reading import read
from portaria.cli.reading import tell
from portaria.cli.show import progress
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

INPUT_FINE = declare("input-fine", "The contest has no errors.")
WRITTEN = declare("written", "Results in {path}.")
GENERATED = declare(
    "generated", "Contest with {candidates} candidates and {programmes} programmes in {path}."
)


def check(
    folder: Folder, problems: ProblemsFile = None, quiet: Quiet = False, lang: Lang = "pt-PT"
) -> int:
    """Exit 1 if any problem is an error."""
    from portaria.regulations.access.contest import read_contest

    with progress(quiet) as report:
        report("read", 0, 1)
        contest, found = read_contest(folder)
    tell(found, problems, quiet=False)
    if contest is None:
        return 1
    if not quiet:
        typer.echo(render(Message(INPUT_FINE), language()))
    return 0


def place(
    folder: Folder,
    out: Out,
    problems: ProblemsFile = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Read, place, write; nothing is written when anything is wrong."""
    from portaria.cli.access.summary import show_summary
    from portaria.regulations.access import placement
    from portaria.regulations.access.compute.warm import warm_up
    from portaria.regulations.access.folder import is_result, write_results
    from portaria.regulations.access.glance import glance
    from portaria.regulations.access.results import result_tables
    from portaria.tables.result import check_target, whole_folder

    check_target(out, replace, is_result)
    warm_up()
    durations: dict[str, float] = {}
    clock = time.perf_counter()

    def lap(stage: str) -> None:
        nonlocal clock
        durations[stage], clock = time.perf_counter() - clock, time.perf_counter()

    with progress(quiet) as report:
        report("read", 0, 1)
        contest = read(folder, problems, quiet)
        lap("read")
        placed = placement.place(contest, report)
        lap("place")
        report("write", 0, 1)
        tables = result_tables(placed)
        lap("tables")
        with whole_folder(out, replace, is_result) as draft:
            write_results(placed, tables, draft, durations)
    if not quiet:
        show_summary(glance(tables, contest))
        typer.echo(render(Message(WRITTEN, {"path": str(out)}), language()))


def compare_readings(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=_("FILE"), dir_okay=False, help=_("Write them as CSV.")),
    ] = None,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Nothing is decided: the readings in force stay in force."""
    from portaria.cli.access.differences import show_differences, write_differences
    from portaria.regulations.access.compare import compare

    with progress(quiet) as report:
        report("read", 0, 1)
        contest = read(folder, problems, quiet)
        found = list(compare(contest, report))
    if out:
        write_differences(found, out)
    if not quiet:
        show_differences(found, contest)


def generate(
    folder: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("Folder to create."))],
    candidates: Annotated[
        int, typer.Option("--candidates", min=1, help=_("How many people."))
    ] = 52_434,
    programmes: Annotated[
        int, typer.Option("--programmes", min=1, help=_("How many programmes."))
    ] = 1_061,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help=_("The same seed gives the same contest."))
    ] = 2017,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The same arguments give the same contest."""
    from portaria.regulations.access.generate import GENERATED_SETTINGS, is_generated
    from portaria.regulations.access.generate import generate as make
    from portaria.regulations.access.settings import SETTINGS
    from portaria.tables.canonical import write_csv
    from portaria.tables.result import check_target, whole_folder

    check_target(folder, replace, is_generated)
    with progress(quiet) as report:
        tables = make(candidates, programmes, seed, report)
        report("write", 0, 1)
        with whole_folder(folder, replace, is_generated) as draft:
            for name, frame in tables.items():
                write_csv(frame, draft / f"{name}.csv")
            (draft / SETTINGS).write_text(GENERATED_SETTINGS, encoding="utf-8")
    if not quiet:
        numbers = {"candidates": candidates, "programmes": programmes, "path": str(folder)}
        typer.echo(render(Message(GENERATED, numbers), language()))
