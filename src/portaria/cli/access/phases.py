"""`access next` and `access year`: from one phase to the next, and a whole year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.access.arguments import Lang, ProblemsFile, Quiet, Replace, ResultsFolder
from portaria.cli.reading import settle
from portaria.cli.show import console, progress
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render, show
from portaria.core.problem import errors

if TYPE_CHECKING:
    import polars as pl

    from portaria.core.problem import Problem
    from portaria.regulations.access.year import PhaseTotals

NEXT_READY = declare("next-ready", "Phase {phase} is in {path}, ready to be placed.")
NEXT_TO_FILL = declare(
    "next-to-fill", "Phase {phase} is in {path}. Still to be filled in: {tables}."
)
NEXT_WRONG = declare(
    "next-wrong", "The next phase cannot be prepared: correct the tables named above."
)
NO_NEXT = declare("no-next-phase", "The edition {edition} has no phase {phase}.")
TERMS = declare(
    "next-terms",
    "Seats before those that holders free: {vs1} left over + {vsm} without enrolment − {ve} opened "
    "by ties; {base} in {programmes} programmes.",
)
MAY_OPEN = declare(
    "next-may-open",
    "Seats that may be opened, by the phase before: at most {most}; programmes: {programmes}.",
)
CHECKED = ("enrolments.csv", "candidates.csv", "options.csv", "exams.csv", "prerequisites.csv")
YEAR_WRITTEN = declare("year-written", "Contests and results of three phases in {path}.")

EnrolmentsFile = Annotated[
    Path | None,
    typer.Option(
        "--enrolments", metavar=_("FILE"), exists=True, dir_okay=False,
        help=_("Who enrolled: candidate, enrolled, and programme where she was moved."),
    ),
]  # fmt: skip
Applications = Annotated[
    Path | None,
    typer.Option(
        "--applications", metavar=_("FOLDER"), exists=True, file_okay=False,
        help=_("Folder with candidates, options, exams and prerequisites of the next phase."),
    ),
]  # fmt: skip


def next_(
    results: ResultsFolder,
    out: Annotated[Path, typer.Option("--out", metavar=_("FOLDER"), help=_("Folder to create."))],
    enrolments: EnrolmentsFile = None,
    applications: Applications = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """What is not given stands there as a table to fill in, which no check lets pass as it is."""
    from portaria.regulations.access.contest import read_contest, seats_decided
    from portaria.regulations.access.folder import open_results, refuse_changed
    from portaria.regulations.access.later.prepare import is_next, prepare
    from portaria.regulations.access.later.terms import most_to_open
    from portaria.regulations.access.settings import edition_phases
    from portaria.tables.result import check_target, whole_folder

    check_target(out, replace, is_next)
    opened = open_results(results)
    refuse_changed(opened)
    contest = opened.inputs()
    phase = contest.phase + 1
    decided = seats_decided(contest.edition, phase)
    if phase not in edition_phases(contest.edition):
        params = {"edition": contest.edition.name, "phase": phase}
        raise UsageError(Message(NO_NEXT, params))
    with progress(quiet) as report:
        report("write", 0, 1)
        enrolled, people, found = _read(enrolments, applications)
        if errors(found):
            settle(found, problems, quiet, NEXT_WRONG)
        with whole_folder(out, replace, is_next) as draft:
            terms = prepare(opened, draft, enrolled, people)
            to_fill = _to_fill(decided, enrolments, applications)
            given = [name for name in CHECKED if name.removesuffix(".csv") not in to_fill]
            found += [p for p in read_contest(draft)[1] if p.file in given and p not in found]
            settle(found, problems, quiet, NEXT_WRONG)
    if not quiet:
        if terms is not None and decided:
            most = terms.select(most=most_to_open())["most"]
            told = Message(MAY_OPEN, {"most": int(most.sum()), "programmes": (most > 0).sum()})
            typer.echo(render(told, language()))
        elif terms is not None:
            counts = {name: int(terms[name].sum()) for name in ("vs1", "vsm", "ve", "base")}
            told = Message(TERMS, {**counts, "programmes": (terms["base"] > 0).sum()})
            typer.echo(render(told, language()))
        params = {"phase": phase, "path": str(out), "tables": ", ".join(to_fill)}
        typer.echo(render(Message(NEXT_TO_FILL if to_fill else NEXT_READY, params), language()))


def _to_fill(decided: bool, enrolments: Path | None, applications: Path | None) -> list[str]:
    """The tables that the office still has to fill in."""
    tables = [] if enrolments else ["enrolments"]
    tables += [] if applications else ["candidates", "options"]
    return [*tables, "opened"] if decided else tables


def _read(
    enrolments: Path | None, applications: Path | None
) -> tuple[pl.DataFrame | None, dict[str, pl.DataFrame], list[Problem]]:
    """The tables given, and every problem of them at once; candidates and options must be there."""
    from portaria.regulations.access.later.prepare import PEOPLE, REGISTERS
    from portaria.regulations.access.schemas import TABLES, Enrolments
    from portaria.tables.folder import TableSpec, read_folder, read_table
    from portaria.tables.schema import SOURCE_ROW

    enrolled, found = read_table(enrolments, Enrolments) if enrolments else (None, [])
    people = {}
    if applications:
        specs = {name: TABLES[name] for name in PEOPLE}
        specs |= {name: TableSpec(TABLES[name].schema, required=False) for name in REGISTERS}
        read = read_folder(applications, specs)
        people = {name: read.frames[name].drop(SOURCE_ROW) for name in read.files}
        found = found + read.problems
    return None if enrolled is None else enrolled.drop(SOURCE_ROW), people, found


def year(
    folder: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("Folder to create."))],
    candidates: Annotated[
        int, typer.Option("--candidates", min=1, help=_("How many people in phase 1."))
    ] = 52_434,
    programmes: Annotated[
        int, typer.Option("--programmes", min=1, help=_("How many programmes."))
    ] = 1_061,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help=_("The same seed gives the same year."))
    ] = 2017,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The same arguments give the same year."""
    from portaria.regulations.access.year import is_year
    from portaria.regulations.access.year import year as run
    from portaria.tables.result import check_target, whole_folder

    check_target(folder, replace, is_year)
    with progress(quiet) as report, whole_folder(folder, replace, is_year) as draft:
        totals = run(draft, candidates, programmes, seed, report)
    if not quiet:
        _show_year(totals)
        typer.echo(render(Message(YEAR_WRITTEN, {"path": str(folder)}), language()))


def _show_year(totals: list[PhaseTotals]) -> None:
    """A column a phase, with the published count of 2017 beside it."""
    from rich.table import Table

    names = {
        "candidates": _("candidates"),
        "decided": _("seats before those freed"),
        "freed": _("freed by holders placed again"),
        "seats": _("seats put up"),
        "placed": _("placed"),
        "first": _("in the first option"),
        "leftover": _("left over"),
        "tie_extra": _("opened by ties"),
        "additional": _("further seats (art. 9/2)"),
    }
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for each in totals:
        table.add_column(_("phase {phase}").format(phase=each.phase), justify="right")
        table.add_column("2017", justify="right", style="dim")
    for name, words in names.items():
        cells = []
        for each in totals:
            known = each.published.get(name)
            cells.append(show(getattr(each, name), language()))
            cells.append("" if known is None else show(known, language()))
        table.add_row(words, *cells)
    console().print(table)
