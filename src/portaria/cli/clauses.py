"""`portaria clauses`: every clause of a text with its state, rule and function."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from portaria.cli.words import _
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

UNKNOWN_TEXT = declare("unknown-text", "the text {text} is unknown; known: {known}")
UNKNOWN_STATE = declare("unknown-state", "the state {state} is unknown; known: {known}")
COLUMNS = ("text", "clause", "state", "rule", "function", "about", "reason")


def clauses(
    text: Annotated[
        str | None, typer.Argument(metavar=_("TEXT"), help=_("One text, such as 211-A."))
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", help=_("Only: implemented, planned, descriptive or out_of_scope.")),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Print only errors."))] = False,
    lang: Annotated[str, typer.Option("--lang", help=_("Language: pt-PT, pt-BR or en."))] = "pt-PT",
) -> None:
    """One line a clause, rule and function; CSV, for people and for programs."""
    from portaria.core.clause import STATES
    from portaria.regulations.clauses import coverage, texts

    if state is not None and state not in STATES:
        params = {"state": state, "known": ", ".join(STATES)}
        raise UsageError(Message(UNKNOWN_STATE, params))
    if text is not None and text not in texts():
        known = ", ".join(texts())
        raise UsageError(Message(UNKNOWN_TEXT, {"text": text, "known": known}))
    if quiet:
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in coverage():
        clause = line.clause
        if text in (None, clause.text) and state in (None, clause.state):
            writer.writerow(
                (clause.text, clause.number, clause.state, line.rule, line.function,
                 clause.about, clause.reason)
            )  # fmt: skip
