"""`access plan`: what a candidate's grades reach, and what the other programmes ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.access.arguments import Lang, ProblemsFile, Quiet, Replace
from portaria.cli.arguments import AsJson
from portaria.cli.reading import settle
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.regulations.access.plan import Grades, Requirements

PLAN_WRITTEN = declare("plan-written", "Plan in {path}.")
FOLDER_WRONG = declare(
    "plan-folder-wrong", "The requirements of the contest cannot be used: correct the errors above."
)


def plan(
    folder: Annotated[
        Path | None,
        typer.Argument(
            exists=True,
            file_okay=False,
            metavar=_("FOLDER"),
            help=_("A contest whose programmes and exam sets count; else the published ones."),
        ),
    ] = None,
    secondary: Annotated[
        str | None,
        typer.Option("--secondary", metavar=_("GRADE"), help=_("Secondary grade, 0 to 200.")),
    ] = None,
    secondary_with_pe: Annotated[
        str | None,
        typer.Option(
            "--secondary-with-pe",
            metavar=_("GRADE"),
            help=_("The same with physical education, which counts in sport."),
        ),
    ] = None,
    two_cycle: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--two-cycle",
            metavar="A B",
            help=_("Secondary grades of two cycles, 0 to 20: 10th and 11th years, 12th year."),
        ),
    ] = None,
    exam: Annotated[
        list[str] | None,
        typer.Option(
            "--exam",
            metavar=_("CODE=GRADE"),
            help=_("An exam taken, such as 19=150; may be repeated."),
        ),
    ] = None,
    prerequisite: Annotated[
        list[str] | None,
        typer.Option(
            "--prerequisite",
            metavar=_("GROUP[=GRADE]"),
            help=_("A prerequisite met, with its grade where it ranks; may be repeated."),
        ),
    ] = None,
    search: Annotated[
        str,
        typer.Option(
            "--search", metavar=_("WORDS"), help=_("Only where course and institution have these.")
        ),
    ] = "",
    district: Annotated[
        str | None,
        typer.Option("--district", metavar=_("DISTRICT"), help=_("Only in this district.")),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=1,
            help=_("At most so many within reach and so many others; the terminal shows 15."),
        ),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=_("FILE"), dir_okay=False, help=_("Write them as CSV.")),
    ] = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Nothing is decided: every grade is the engine's, the last grades are those published."""
    from portaria.cli.access.plan_table import plan_csv, show_plan
    from portaria.regulations.access import plan as planning
    from portaria.tables.result import check_file, write_file

    if out:
        check_file(out, replace)
    grades = planning.read_grades(
        secondary, secondary_with_pe, two_cycle, exam or (), prerequisite or ()
    )
    requirements = (
        _of_folder(folder, problems, quiet) if folder else planning.published_requirements()
    )
    wanted = planning.Wanted(search, district, limit)
    made = planning.plan(grades, requirements, wanted)
    if not quiet:
        _warn(grades, made.unused)
    if out:
        write_file(out, plan_csv(made).encode(), replace)
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(planning.as_json(made), ensure_ascii=False, indent=1))
        return
    show_plan(made, limit)
    if out:
        typer.echo(render(Message(PLAN_WRITTEN, {"path": str(out)}), language()))


def _of_folder(folder: Path, problems: Path | None, quiet: bool) -> Requirements:
    from portaria.regulations.access.plan import folder_requirements

    requirements, found = folder_requirements(folder)
    settle(found, problems, quiet, FOLDER_WRONG)
    assert requirements is not None, "requirements that cannot be read have an error"
    return requirements


def _warn(grades: Grades, unused: tuple[str, ...]) -> None:
    from portaria.documents.access_plan import UNUSED
    from portaria.regulations.access.plan.asked import doubts

    messages = [*doubts(grades), *(Message(UNUSED, {"group": group}) for group in unused)]
    for message in messages:
        typer.echo(_("warning:") + " " + render(message, language()), err=True)
