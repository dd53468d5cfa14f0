"""`qualifica table`: the hours of many schools."""

from __future__ import annotations

import json
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import (
    AsJson,
    Lang,
    OnDay,
    ProblemsFile,
    Quiet,
    Readings,
    Replace,
    policy,
)
from portaria.cli.reading import settle
from portaria.cli.reports import check_reports
from portaria.cli.show import table_text
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portaria.core.rule_set import RuleSet
    from portaria.regulations.qualifica.table import Answered

INPUT_WRONG = declare(
    "qualifica-input-wrong", "The hours cannot be told: correct the errors above."
)
OTHER_ENDING = declare(
    "qualifica-other-ending", "{path}: the name of the file ends with .csv, as it is to be written"
)
WRITTEN = declare("qualifica-written", "Hours in {path}.")
MORE = declare(
    "qualifica-more",
    "{count} more is not shown; {path} has all of them.",
    "{count} more are not shown; {path} has all of them.",
)
MOST_SHOWN = 50


def table(
    schools: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, metavar=_("TABLE"), help=_("Table of schools.")
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar=_("FILE"), dir_okay=False, help=_("Write the hours as CSV.")),
    ],
    on: OnDay = None,
    replace: Replace = False,
    reading: Readings = None,
    as_json: AsJson = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Every problem of the table at once, or every school with its hours."""
    from portaria.documents.qualifica.arithmetic import arithmetic
    from portaria.regulations.qualifica import table as engine
    from portaria.regulations.qualifica.regulation import QUALIFICA
    from portaria.tables.result import write_file

    rules = QUALIFICA.rule_set(policy(reading))
    check_reports([out], replace, (".csv",), OTHER_ENDING)
    day = on.date() if on else None
    rows, found = engine.answer(schools, day, rules)
    settle(found, problems, quiet, INPUT_WRONG)
    assert rows is not None, "a table that cannot be read has an error"
    told = [arithmetic(each.found, "en") for each in rows]
    # Made before anything is written: who is stopped meanwhile is told that nothing was.
    answer = "" if quiet else _answer(rows, day, rules, out, as_json)
    write_file(out, engine.table_csv(rows, told), replace, last=True)
    typer.echo(answer, nl=False)


def _answer(
    rows: Sequence[Answered], on: date | None, rules: RuleSet, out: Path, as_json: bool
) -> str:
    """What the terminal shows: the data, or the first rows and what they come to."""
    from portaria.documents.qualifica import table as words

    lang = language()
    if as_json:
        row = words.rows_of(rows, on, rules)
        return json.dumps(row, ensure_ascii=False, indent=1) + "\n"
    more = len(rows) - MOST_SHOWN
    shown = words.hours_table(rows[:MOST_SHOWN], rules, lang)
    lines = [words.summary(rows, lang), render(Message(WRITTEN, {"path": str(out)}), lang)]
    if more > 0:
        lines.insert(0, render(Message(MORE, {"count": more, "path": str(out)}), lang))
    return table_text(replace_fields(shown, caption="")) + "".join(f"{line}\n" for line in lines)
