"""A plan as a table for people and as CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from portaria.cli.show import console, printable
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render, show
from portaria.documents import access_plan
from portaria.regulations.access.plan.account import Choice, Plan

if TYPE_CHECKING:
    from rich.table import Table

SHOWN = 15
WIDEST = 110

WITHIN = declare(
    "plan-within",
    "{count} programme you can apply to, the safest first",
    "{count} programmes you can apply to, the safest first",
)
OTHERS = declare(
    "plan-others",
    "{count} programme that asks for more, the nearest first",
    "{count} programmes that ask for more, the nearest first",
)
NONE_FOUND = declare("plan-none-found", "No programme has these words, or is in this district.")
MORE = declare(
    "plan-more",
    "{count} more is not shown: --limit shows more, --search fewer, --out FILE.csv writes them.",
    "{count} more are not shown: --limit shows more, --search fewer, --out FILE.csv writes them.",
)
COLUMNS = (
    "programme", "course_name", "institution_name", "district", "eligible", "reason", "clause",
    "grade", "exam_set", "exams",
)  # fmt: skip
YEAR_COLUMNS = ("state", "last_grade", "difference_tenths", "leftover")
LAST_COLUMNS = (
    "years", "years_reached", "missing_exams", "missing_points", "missing_prerequisite",
    "missing_tenths", "target_year", "one_exam",
)  # fmt: skip


def show_plan(plan: Plan, limit: int | None) -> None:
    """Those within reach, the others, and what must be said with them."""
    lang, out = language(), console()
    out.width = min(out.width, WIDEST)
    if not plan.programmes:
        out.print(render(Message(NONE_FOUND), lang))
        return
    groups = ((True, WITHIN, plan.eligible_found), (False, OTHERS, plan.others_found))
    for eligible, heading, count in groups:
        if not count:
            continue
        out.print(render(Message(heading, {"count": count}), lang), style="bold")
        found = [each for each in plan.programmes if each.eligible == eligible]
        shown = found[: limit or SHOWN]
        if shown:
            out.print(access_plan.legend(eligible, lang), style="dim")
            out.print()
            out.print(_table(shown, plan, lang))
        if count > len(shown):
            out.print(render(Message(MORE, {"count": count - len(shown)}), lang))
        out.print()
    for note in access_plan.notes(plan, lang):
        out.print(note, markup=False)


def _table(choices: Sequence[Choice], plan: Plan, lang: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    eligible = choices[0].eligible
    if eligible:
        table.add_column(_("grade"), justify="right", no_wrap=True)
    for year in plan.years:
        table.add_column(str(year), justify="right", no_wrap=True)
    table.add_column(_("programme"), overflow="fold", ratio=1)
    for number, choice in enumerate(choices):
        if number:
            table.add_row()
        cells = [show(choice.grade, lang)] if eligible else []
        cells += [access_plan.year_cell(year, lang) for year in choice.years]
        told = Text(printable(access_plan.name(choice)), style="bold")
        for line in access_plan.account(choice, plan, lang):
            told.append("\n" + printable(line), style="not bold")
        table.add_row(*cells, told)
    return table


def plan_csv(plan: Plan) -> str:
    """One row a programme; grades with a point, several values in a cell apart by `;`.

    exams: code, grade and percent of the set that counts. missing_exams and missing_points (code
    and points) are of the nearest set. one_exam: code and grade of each exam that alone was enough.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    years = [f"{name}_{year}" for year in plan.years for name in YEAR_COLUMNS]
    writer.writerow((*COLUMNS, *years, *LAST_COLUMNS))
    writer.writerows(_row(choice) for choice in plan.programmes)
    return text.getvalue()


def _row(choice: Choice) -> list[object]:
    sums, told, lack = choice.arithmetic, choice.standing, choice.missing
    near = lack.nearest[0] if lack and lack.nearest else None
    eligible = "true" if choice.eligible else "false"
    exams = [f"{each.exam}={each.grade}*{each.weight}" for each in sums.exams] if sums else []
    return [
        choice.programme, choice.course, choice.institution, choice.district, eligible,
        choice.reason, choice.clause, choice.grade, choice.exam_set, ";".join(exams),
        *(
            value
            for year in choice.years
            for value in (year.state, year.last_grade, year.difference, year.leftover)
        ),
        told.years if told else None,
        told.reached if told else None,
        ";".join(near.not_taken) if near else "",
        ";".join(f"{each.exam}={each.points}" for each in near.below) if near else "",
        lack.prerequisite if lack else None,
        lack.tenths if lack else None,
        choice.target.year if choice.target else None,
        ";".join(f"{way.exam}={way.grade}" for way in choice.ways),
    ]  # fmt: skip
