"""`recruitment list` and `recruitment check`: the folder of a procedure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, On, ProblemsFile, Quiet, Readings, Replace, policy
from portaria.cli.reading import settle
from portaria.cli.recruitment.shown import show_lists
from portaria.cli.show import progress
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.core.problem import Problem
    from portaria.core.rule_set import RuleSet
    from portaria.regulations.recruitment.read import Recorded

WRONG = declare("recruitment-wrong", "There are no lists: correct the errors above.")
NOTHING_WRONG = declare("recruitment-nothing-wrong", "No error: the procedure can be evaluated.")
WRITTEN = declare(
    "recruitment-written",
    "Results of {on} in {path}. Only what is in its folder public may be published.",
)

ProcedureFolder = Annotated[
    Path,
    typer.Argument(
        exists=True, file_okay=False, metavar=_("FOLDER"), help=_("Tables of a procedure.")
    ),
]


def check(
    folder: ProcedureFolder,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Exit 1 where a table or papers.toml has an error."""
    from portaria.documents.recruitment.records import read_papers
    from portaria.regulations.recruitment.read import read_procedure

    _recorded, found = read_procedure(folder)
    _papers, wrong = read_papers(folder)
    settle([*found, *wrong], problems, quiet, WRONG)
    if not quiet:
        typer.echo(render(Message(NOTHING_WRONG), language()))


def list_(
    folder: ProcedureFolder,
    on: On,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=_("RESULTS"), help=_("Folder to write the results to.")),
    ] = None,
    reading: Readings = None,
    as_json: AsJson = False,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Both lists on a day; what came later is not seen."""
    from portaria.documents.recruitment.warned import warnings_as_problems
    from portaria.regulations.recruitment.evaluate import evaluate
    from portaria.regulations.recruitment.result_folder import is_result, write_results
    from portaria.regulations.recruitment.results import as_json as whole
    from portaria.tables.result import check_target, whole_folder

    rules = rules_of(reading)
    if out:
        check_target(out, replace, is_result)
    recorded, told = read(folder, problems, quiet)
    found = evaluate(recorded.procedure, on.date(), rules)
    settle(
        [*told, *warnings_as_problems(found, recorded.places, language())], problems, quiet, WRONG
    )
    if out:
        with progress(quiet) as report, whole_folder(out, replace, is_result) as draft:
            report("write", 0, 1)
            write_results(found, recorded.frames, draft)
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(whole(found), ensure_ascii=False, indent=1))
        return
    show_lists(found)
    if out:
        params = {"on": found.on, "path": str(out)}
        typer.echo(render(Message(WRITTEN, params), language()))


def rules_of(reading: list[str] | None) -> RuleSet:
    """The rules under the readings asked for; UsageError for one that is unknown."""
    from portaria.regulations.recruitment.regulation import RECRUITMENT

    return RECRUITMENT.rule_set(policy(reading))


def read(folder: Path, problems: Path | None, quiet: bool) -> tuple[Recorded, list[Problem]]:
    """The procedure of a folder with its warnings, or every problem of it."""
    from portaria.regulations.recruitment.read import read_procedure

    recorded, found = read_procedure(folder)
    if recorded is None:
        settle(found, problems, quiet, WRONG)
    assert recorded is not None, "a procedure that cannot be read has an error"
    return recorded, found
