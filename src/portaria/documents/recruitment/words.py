"""The words of every state, result, reason and warning."""

from __future__ import annotations

from fractions import Fraction

from portaria.core.messages import Message, declare, render
from portaria.core.numbers import written
from portaria.core.problem import Problem
from portaria.regulations.recruitment.days import Hearing
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.ranking import BELOW_MINIMUM
from portaria.regulations.recruitment.warnings import RULES

LISTS = {
    "admission": declare("recruitment-list-admission", "List of the admitted and the excluded"),
    "evaluation": declare("recruitment-list-evaluation", "List of the evaluation"),
}
RESULTS = {
    "admitted": declare("recruitment-admitted", "Admitted"),
    "excluded": declare("recruitment-excluded", "Excluded"),
    "undecided": declare("recruitment-undecided", "Not decided yet"),
    "ranked": declare("recruitment-ranked", "Ranked"),
    "unevaluated": declare("recruitment-unevaluated", "Not evaluated yet"),
}
BLOCKS = {
    "hearing-open": declare("recruitment-block-hearing", "the hearing is open"),
    "answer-open": declare("recruitment-block-answer", "an answer in time waits for its decision"),
    "decision-missing": declare(
        "recruitment-block-decision", "a candidate is neither admitted nor excluded"
    ),
    "score-missing": declare(
        "recruitment-block-score", "a candidate is not evaluated in everything"
    ),
    "admission-not-final": declare(
        "recruitment-block-admission", "the list of the admitted is not final"
    ),
}
BELOW = declare("recruitment-below-minimum", "below the minimum of {criterion}")
WARNINGS = {
    "admitted-late": declare(
        "recruitment-warn-admitted-late",
        "{candidate} is admitted, though the application came after the last day, {last}",
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
TABLES = {"admitted-late": "candidates", "same-name": "candidates", "late-answer": "answers"}
"""The table a warning is about, if not that of the lists or the scores."""
PLACES = 2


def reason_words(reason: str | None, lang: str) -> str:
    """Why somebody is out: the words of the jury, or ours for a minimum."""
    kind, _, criterion = (reason or "").partition(":")
    if kind == BELOW_MINIMUM and criterion:
        return render(Message(BELOW, {"criterion": criterion}), lang)
    return reason or ""


def why_not_final(blocks: tuple[str, ...], lang: str) -> str:
    """Everything that keeps a list from being final."""
    return "; ".join(render(Message(BLOCKS[each]), lang) for each in blocks)


def score_words(score: Fraction | None, lang: str) -> str:
    """An exact score with two decimals at least: 15,60."""
    if score is None:
        return ""
    whole, _, decimals = written(score).partition(".")
    text = f"{whole}.{decimals.ljust(PLACES, '0')}"
    return text if lang == "en" else text.replace(".", ",")


def warnings_as_problems(found: Evaluation, lang: str) -> list[Problem]:
    """Every warning as a row, beside the faults of the tables."""
    problems = []
    for each in found.warnings:
        state = found.state(each.list)
        hearing: Hearing = state.hearing
        params = {
            "candidate": each.candidate,
            "last": found.apply_by.last_day,
            "law_until": hearing.law_until,
            "why": why_not_final(state.blocks, lang),
        }
        table = TABLES.get(each.code, "scores" if each.code == "tie-at-last-post" else "lists")
        message = Message(WARNINGS[each.code], params)
        clause = found.rules.clause(RULES[each.code])
        value = each.candidate or each.list
        problems.append(Problem(table, message, value=value, clause=clause, severity="warning"))
    return problems
