"""`recruitment documents`: the papers of a procedure on a day, into a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import Lang, On, ProblemsFile, Quiet, Readings, Replace
from portaria.cli.reading import settle
from portaria.cli.recruitment.lists import ProcedureFolder, rules_of
from portaria.cli.show import letter_language, progress
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.core.rule_set import RuleSet
    from portaria.documents.recruitment.every import Made

KIND = "recruitment-documents"
WRONG = declare("recruitment-papers-wrong", "The papers cannot be made: correct the errors above.")
WRITTEN = declare(
    "recruitment-papers-written",
    "{count} paper written to {path}.",
    "{count} papers written to {path}.",
)


def documents(
    folder: ProcedureFolder,
    on: On,
    out: Annotated[
        Path,
        typer.Option("--out", metavar=_("FOLDER"), help=_("Folder to write the papers to.")),
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar=_("KIND"), help=_("Only papers of this kind; may be repeated.")
        ),
    ] = None,
    reading: Readings = None,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """PDF files for the archive, with a manifest; no final list while a hearing is open."""
    from portaria.documents.recruitment.every import check_kinds
    from portaria.tables.result import check_target, whole_folder

    check_kinds(only or ())
    rules = rules_of(reading)
    check_target(out, replace, is_papers)
    ready = _ready(folder, on, only or (), rules, problems, quiet)
    with progress(quiet) as report, whole_folder(out, replace, is_papers) as draft:
        _write(ready, draft, report)
    if not quiet:
        params = {"count": len(ready), "path": str(out)}
        typer.echo(render(Message(WRITTEN, params), language()))


def _ready(
    folder: Path,
    on: datetime,
    kinds: Sequence[str],
    rules: RuleSet,
    problems: Path | None,
    quiet: bool,
) -> list[Made]:
    """The papers to make, or every problem of the tables and of papers.toml."""
    from portaria.documents.recruitment.every import every_paper
    from portaria.documents.recruitment.records import read_papers
    from portaria.documents.recruitment.warned import warnings_as_problems
    from portaria.regulations.recruitment.evaluate import evaluate
    from portaria.regulations.recruitment.read import read_procedure

    recorded, found = read_procedure(folder)
    papers, wrong = read_papers(folder)
    found = [*found, *wrong]
    if recorded is None or wrong:
        settle(found, problems, quiet, WRONG)
    assert recorded is not None, "a procedure that cannot be read has an error"
    evaluation = evaluate(recorded.procedure, on.date(), rules)
    found += warnings_as_problems(evaluation, recorded.places, language())
    settle(found, problems, quiet, WRONG)
    return [*every_paper(evaluation, papers, letter_language(), kinds)]


def _write(ready: Sequence[Made], draft: Path, report: Callable[[str, int, int], None]) -> None:
    """The papers, then the manifest: each file with its hash and the state of its list."""
    rows = []
    for number, made in enumerate(ready):
        report("write", number, len(ready))
        content = made.make()
        (draft / made.name).write_bytes(content)
        row = {"file": made.name, "kind": made.kind, "sha256": hashlib.sha256(content).hexdigest()}
        rows.append(row | ({"state": made.state} if made.state else {}))
    text = json.dumps({"kind": KIND, "papers": rows}, ensure_ascii=False, indent=2)
    (draft / "manifest.json").write_text(text + "\n", encoding="utf-8")


def is_papers(folder: Path) -> bool:
    """Whether a folder was written by this command."""
    from portaria.tables.recorded import is_of_kind

    return is_of_kind(folder, KIND)
