"""`portaria access`: check, place, explain, verify and generate contests."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.show import (
    letter_language,
    progress,
    show_letter,
    show_problems,
    write_problems,
)
from portaria.cli.words import Command, Group, _, language
from portaria.core.errors import InputError
from portaria.core.messages import Message, declare, render
from portaria.core.problem import errors

if TYPE_CHECKING:
    from portaria.core.problem import Problem
    from portaria.regulations.access.contest import Contest

INPUT_WRONG = declare("input-wrong", "The contest cannot be placed: correct the errors above.")
INPUT_FINE = declare("input-fine", "The contest has no errors.")
VERIFIED = declare("verified", "Verified: placing again gives the same results.")
DIFFERENT = declare("different", "The results differ from what their inputs give.")
WRITTEN = declare("written", "Results in {path}.")
REPORTED = declare("reported", "Report in {path}.")
GENERATED = declare(
    "generated", "Contest with {candidates} candidates and {programmes} programmes in {path}."
)


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    app = typer.Typer(
        cls=Group,
        help=_("Contests for places in higher education."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands: dict[Callable[..., object], str] = {
        check: _("Show every problem of the tables."),
        place: _("Place the candidates and write the results."),
        explain: _("Explain one candidate's result."),
        verify: _("Place again and compare."),
        compare_readings: _("Tell who differs under other readings."),
        report: _("Make a report for people to read, as HTML or PDF."),
        generate: _("Make a realistic contest."),
    }
    app.callback()(_group)
    for command, words in commands.items():
        app.command(command.__name__.replace("_", "-"), cls=Command, help=words)(command)
    return app


def _group(
    lang: Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))] = "pt-PT",
) -> None:
    """What stands before a command of the group."""


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


def check(
    folder: Folder, problems: ProblemsFile = None, quiet: Quiet = False, lang: Lang = "pt-PT"
) -> int:
    """Exit 1 if any problem is an error."""
    from portaria.regulations.access.contest import read_contest

    with progress(quiet) as report:
        report("read", 0, 1)
        contest, found = read_contest(folder)
    _tell(found, problems, quiet=False)
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
    from portaria.cli.summary import show_summary
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
        contest = _read(folder, problems, quiet)
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


def explain(
    results: ResultsFolder,
    candidate: Annotated[
        str, typer.Option("--candidate", metavar=_("CODE"), help=_("The candidate's code."))
    ],
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The letter, or the same object as JSON; with --quiet, only whether it can be told."""
    from portaria.documents.access_letter import letter
    from portaria.regulations.access import explain as explaining
    from portaria.regulations.access.folder import open_results

    explanation = explaining.explain(open_results(results), candidate)
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(explaining.as_json(explanation), ensure_ascii=False, indent=1))
    else:
        show_letter(letter(explanation, letter_language()))


def verify(
    results: ResultsFolder,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Exit 1 on any difference, each named."""
    from portaria.regulations.access import folder

    opened = folder.open_results(results)
    with progress(quiet) as report, tempfile.TemporaryDirectory() as scratch:
        report("placement", 0, 1)
        differences = folder.verify(opened, Path(scratch))
    if problems:
        write_problems(differences, problems, language())
    if differences:
        raise InputError(Message(DIFFERENT), differences)
    if not quiet:
        typer.echo(render(Message(VERIFIED), language()))


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
    from portaria.cli.differences import show_differences, write_differences
    from portaria.regulations.access.compare import compare

    with progress(quiet) as report:
        report("read", 0, 1)
        contest = _read(folder, problems, quiet)
        found = list(compare(contest, report))
    if out:
        write_differences(found, out)
    if not quiet:
        show_differences(found, contest)


def report(
    results: ResultsFolder,
    out: Annotated[
        list[Path],
        typer.Option(
            "--out", metavar=_("FILE"), help=_("File to write: .html or .pdf; may be repeated.")
        ),
    ],
    former: Annotated[
        str | None,
        typer.Option(
            "--former",
            metavar=_("FORMER"),
            help=_(
                "Compare with a published year, other results, or a table of last grades; "
                "by itself the latest published year that knows most of the programmes."
            ),
        ),
    ] = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The same report in each of the files asked for."""
    from portaria.cli.reports import check_reports, write_reports
    from portaria.documents.access_report import document
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.former import find_former
    from portaria.regulations.access.report import report as tell

    check_reports(out, replace)
    opened = open_results(results)
    with progress(quiet) as on_progress:
        on_progress("report", 0, 1)
        told = tell(opened, find_former(former) if former else None)
        write_reports(document(told, letter_language()), out, replace)
    if not quiet:
        for path in out:
            typer.echo(render(Message(REPORTED, {"path": str(path)}), language()))


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


def _read(folder: Path, problems: Path | None, quiet: bool) -> Contest:
    """The contest, its warnings told; InputError with every problem where it has errors."""
    from portaria.regulations.access.contest import read_contest

    contest, found = read_contest(folder)
    if contest is None:
        if problems:
            write_problems(found, problems, language())
        raise InputError(Message(INPUT_WRONG), found)
    _tell(found, problems, quiet)
    return contest


def _tell(found: list[Problem], problems: Path | None, quiet: bool) -> None:
    if problems:
        write_problems(found, problems, language())
    if found and (errors(found) or not quiet):
        show_problems(found, language())
