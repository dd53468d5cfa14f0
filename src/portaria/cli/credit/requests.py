"""`credit assess` and `credit documents`: one request, its answer and its papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, ProblemsFile, Quiet, Readings, Replace, policy
from portaria.cli.reading import settle
from portaria.cli.show import letter_language, show_letter
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.regulations.credit.assess import Assessment

WRONG = declare("credit-request-wrong", "The request cannot be assessed: correct the errors above.")
NOTHING = declare(
    "credit-no-document", "name at least one document to write: --opinion, --decision or --notice"
)
WRITTEN = declare("credit-written", "Written: {path}.")

RequestFile = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, metavar=_("REQUEST"), help=_("Request, as JSON.")),
]
EditionName = Annotated[
    str | None,
    typer.Option(
        "--edition", metavar=_("EDITION"), help=_("Rule set, if not the one of the year.")
    ),
]


def assess(
    request: RequestFile,
    as_json: AsJson = False,
    reading: Readings = None,
    edition: EditionName = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", dir_okay=False, metavar=_("FILE"), help=_("Write the answer, JSON.")),
    ] = None,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The answer in sentences, or as JSON; into a file too where one is named."""
    from portaria.documents.credit.explanation import explanation
    from portaria.regulations.credit.answer import answer
    from portaria.tables.result import check_file, write_file

    if out:
        check_file(out, replace)
    assessment = assessed(request, reading, edition, problems, quiet)
    if out or as_json:
        text = json.dumps(answer(assessment), ensure_ascii=False, indent=1)
        if out:
            write_file(out, (text + "\n").encode(), replace)
        if as_json:
            typer.echo(text)
    if not as_json and not quiet:
        show_letter(explanation(assessment, letter_language()))


def documents(
    request: RequestFile,
    opinion: Annotated[
        Path | None,
        typer.Option(dir_okay=False, metavar=_("FILE"), help=_("Opinion form of the commission.")),
    ] = None,
    decision: Annotated[
        Path | None,
        typer.Option(dir_okay=False, metavar=_("FILE"), help=_("Decision of the council.")),
    ] = None,
    notice: Annotated[
        Path | None,
        typer.Option(dir_okay=False, metavar=_("FILE"), help=_("Notice to the student.")),
    ] = None,
    reading: Readings = None,
    edition: EditionName = None,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """PDF files for the archive: all are made before the first is written, each whole."""
    from portaria.documents.credit.decision import decision as decision_of
    from portaria.documents.credit.notice import notice as notice_of
    from portaria.documents.credit.opinion import opinion_form
    from portaria.tables.result import check_file, write_file

    makers: dict[Callable[[Assessment, str | None], bytes], Path | None] = {
        opinion_form: opinion,
        decision_of: decision,
        notice_of: notice,
    }
    wanted = {make: path for make, path in makers.items() if path is not None}
    if not wanted:
        raise UsageError(Message(NOTHING))
    for path in wanted.values():
        check_file(path, replace)
    assessment = assessed(request, reading, edition, problems, quiet)
    ready = [(path, make(assessment, letter_language())) for make, path in wanted.items()]
    for path, content in ready:
        write_file(path, content, replace)
        if not quiet:
            typer.echo(render(Message(WRITTEN, {"path": str(path)}), language()))


def assessed(
    request: Path,
    reading: list[str] | None,
    edition: str | None,
    problems: Path | None,
    quiet: bool,
) -> Assessment:
    """The assessment, or every problem of the request."""
    from portaria.regulations.credit.assess import assess as of_case
    from portaria.regulations.credit.read import read_request

    case, found = read_request(request, policy(reading), edition)
    settle(found, problems, quiet, WRONG)
    assert case is not None, "a request that cannot be read has an error"
    return of_case(case.request, case.edition, case.readings)
