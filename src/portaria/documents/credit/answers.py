"""The answers to single questions in sentences: a grade, credits, a re-entry, a scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portaria.core.messages import Message, declare, render
from portaria.documents.access_letter import Block
from portaria.documents.citation import cite
from portaria.documents.credit.reason_words import REASONS
from portaria.documents.credit.warning_words import WARNINGS
from portaria.documents.numbers import amount
from portaria.regulations.credit.comparability import Scale
from portaria.regulations.credit.grades import Given
from portaria.regulations.credit.reentry import CreditsLeft
from portaria.regulations.credit.workload import Workload

Row = Mapping[str, Any]

GRADE = declare("credit-answer-grade", "Grade: {grade}; before rounding, {exact}.")
GRADE_WHOLE = declare("credit-answer-grade-whole", "Grade: {grade}.")
GRADE_KEPT = declare("credit-answer-grade-kept", "Grade: {grade}, kept as it is.")
NO_GRADE = declare("credit-answer-no-grade", "No grade; the unit stands outside the average.")
STOPPED = declare("credit-answer-stopped", "No grade is computed. {reason}")
CLAUSE = declare("credit-answer-clause", "By {clause}.")
CREDITS = declare("credit-answer-credits", "Credits: {credits}; before rounding, {exact}.")
CREDITS_WHOLE = declare("credit-answer-credits-whole", "Credits: {credits}.")
CREDITS_OPEN = declare(
    "credit-answer-credits-open", "A person decides the credits: {exact} as computed."
)
LEFT = declare("credit-answer-left", "Credits left to do: at most {limit}.")
EXCEPTIONAL = declare(
    "credit-answer-exceptional",
    "With reasons: at most {limit} ({halves} in half credits), by {clause}.",
)
CLASS = declare("credit-answer-class", "{letter}: {best} to {worst}")
CLASS_ONE = declare("credit-answer-class-one", "{letter}: {best}")
CLASSES = declare("credit-answer-classes", "Classes (graduates: {graduates}; years: {years}):")
FEW = declare(
    "credit-answer-few",
    "Too few graduates for letters ({graduates}; years: {years}): their ranks take the place.",
)
RANK = declare("credit-answer-rank", "{grade}: place {rank} of {count}")


def grade(found: Given, row: Row, lang: str) -> list[Block]:
    """The grade with its exact value, or why there is none, the warnings and the clause."""
    if found.reason:
        told = Message(STOPPED, {"reason": Message(REASONS[found.reason])})
    elif found.grade is None:
        told = Message(NO_GRADE)
    elif found.method == "kept":
        told = Message(GRADE_KEPT, {"grade": found.grade})
    elif found.exact == found.grade:
        told = Message(GRADE_WHOLE, {"grade": found.grade})
    else:
        assert found.exact is not None
        told = Message(GRADE, {"grade": found.grade, "exact": amount(found.exact, lang)})
    warnings = [_detail(Message(WARNINGS[code]), lang) for code in found.warnings]
    return [Block("text", render(told, lang)), _by(row["clause"], lang), *warnings]


def credits(found: Workload, row: Row, lang: str) -> list[Block]:
    """Credits, and the exact number where they were rounded."""
    exact = amount(found.exact, lang)
    if found.credits is None:
        told = Message(CREDITS_OPEN, {"exact": exact})
    elif found.credits == found.exact:
        told = Message(CREDITS_WHOLE, {"credits": exact})
    else:
        told = Message(CREDITS, {"credits": amount(found.credits, lang), "exact": exact})
    warnings = [_detail(Message(WARNINGS[code]), lang) for code in found.flags]
    return [Block("text", render(told, lang)), _by(row["clause"], lang), *warnings]


def left(found: CreditsLeft, row: Row, lang: str) -> list[Block]:
    """The rule and the exception."""
    more = {
        "limit": amount(found.exceptional, lang),
        "halves": amount(found.in_halves[1], lang),
        "clause": cite(row["exceptional_clause"], lang, with_text=True),
    }
    return [
        Block("text", render(Message(LEFT, {"limit": amount(found.limit, lang)}), lang)),
        _by(row["clause"], lang),
        Block("text", render(Message(EXCEPTIONAL, more), lang)),
    ]


def scale(found: Scale, row: Row, lang: str) -> list[Block]:
    """A line a letter, or a line a grade with its rank."""
    params = {"graduates": found.count, "years": row["years"]}
    if found.classes is None:
        lines = [
            Message(RANK, {"grade": each, "rank": rank, "count": found.count})
            for each, rank in found.ranks.items()
        ]
        return [
            Block("text", render(Message(FEW, params), lang)),
            *(_detail(line, lang) for line in lines),
            _by(row["clause"], lang),
        ]
    return [
        Block("text", render(Message(CLASSES, params), lang)),
        *(
            _detail(
                Message(
                    CLASS_ONE if best == worst else CLASS,
                    {"letter": letter, "best": best, "worst": worst},
                ),
                lang,
            )
            for letter, (best, worst) in found.classes.items()
        ),
        _by(row["clause"], lang),
    ]


def _by(clause: str, lang: str) -> Block:
    return _detail(Message(CLAUSE, {"clause": cite(clause, lang, with_text=True)}), lang)


def _detail(message: Message, lang: str) -> Block:
    return Block("detail", render(message, lang))
