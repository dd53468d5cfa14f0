"""Warnings as rows beside the faults of the tables: in words, with the cell to look at."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.documents.recruitment.words import why_not_final
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.places import Places
from portaria.regulations.recruitment.warnings import RULES, Notable

WARNINGS = {
    "admitted-late": declare(
        "recruitment-warn-admitted-late",
        "{candidate} is admitted, though the application came after the last day, {last}",
    ),
    "evaluation-before-admission": declare(
        "recruitment-warn-evaluation-first",
        "the evaluation was published when no list of the admitted and the excluded had been",
    ),
    "evaluation-in-hearing": declare(
        "recruitment-warn-evaluation-in-hearing",
        "the evaluation was published while people could still be heard on the admission",
    ),
    "hearing-under-ten-days": declare(
        "recruitment-warn-short-hearing",
        "the hearing is shorter than the ten working days of the law (CPA, art. 122/1), which "
        "would end on {law_until}; only a body under other rules may set fewer",
    ),
    "late-answer": declare(
        "recruitment-warn-late-answer", "an answer of {candidate} came when no hearing was open"
    ),
    "list-before-deadline": declare(
        "recruitment-warn-list-early",
        "the list was published when people could still apply, until {last}",
    ),
    "same-name": declare(
        "recruitment-warn-same-name",
        "{candidate} bears the name of somebody else: the public list cannot tell them apart",
    ),
    "tie-at-last-post": declare(
        "recruitment-warn-tie", "{candidate} is tied at the last post: the jury decides"
    ),
    "titled-definitive": declare(
        "recruitment-warn-titled",
        "the list calls itself definitive, and it is provisional: {why}",
    ),
}
COLUMNS = {
    "admitted-late": ("candidates", "applied_on"),
    "evaluation-before-admission": ("lists", "published"),
    "evaluation-in-hearing": ("lists", "published"),
    "hearing-under-ten-days": ("lists", "hearing_days"),
    "late-answer": ("answers", "received_on"),
    "list-before-deadline": ("lists", "published"),
    "same-name": ("candidates", "name"),
    "tie-at-last-post": ("candidates", "candidate"),
    "titled-definitive": ("lists", "title"),
}
"""The table and column that a warning is about."""
LAWS = {"answers-heard": "CPA 121", "application-deadline": "CPA 87", "hearing": "CPA 122/1"}
"""What a warning cites, by its rule: the law, not the publications of other procedures."""


def warnings_as_problems(found: Evaluation, places: Places, lang: str) -> list[Problem]:
    """Every warning with its file, row and column, as the faults of the tables have them."""
    problems = []
    for each in found.warnings:
        table, column = COLUMNS[each.code]
        message = Message(WARNINGS[each.code], _params(found, each, lang))
        for key in _keys(found, each, table):
            problem = Problem(
                places.files[table], message, row=places.rows[table, key], column=column,
                value=each.candidate or each.list, clause=LAWS.get(RULES[each.code], ""),
                severity="warning",
            )  # fmt: skip
            problems.append(problem)
    return problems


def _params(found: Evaluation, each: Notable, lang: str) -> dict[str, object]:
    state = found.state(each.list)
    return {
        "candidate": each.candidate,
        "last": found.apply_by.last_day,
        "law_until": state.hearing.law_until,
        "why": why_not_final(state.blocks, lang),
    }


def _keys(found: Evaluation, each: Notable, table: str) -> Iterator[str]:
    """The keys of the rows that a warning is about: somebody may have answered late twice."""
    if table == "answers":
        late = found.answers[each.list].late
        yield from (one.answer for one in late if one.candidate == each.candidate)
    else:
        yield each.candidate or each.list
