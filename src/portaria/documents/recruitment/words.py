"""The words of every state, result and score."""

from __future__ import annotations

from fractions import Fraction

from portaria.core.messages import Message, declare, render
from portaria.core.numbers import written

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
PLACES = 2


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
