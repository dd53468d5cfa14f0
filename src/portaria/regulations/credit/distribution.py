"""A distribution of grades: how many graduates had each, from a table or from `18:4`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import dataframely as dy

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.credit.grade_scale import BEST, PASS
from portaria.regulations.credit.read import read_json
from portaria.tables.folder import read_table
from portaria.tables.schema import Table

FORM = declare(
    "credit-distribution-form",
    "{value} is neither a grade with its number, as 18:4, nor a file with columns grade and "
    "graduates",
)
RANGE = declare(
    "credit-distribution-range", "the passing grades go from {least} to {best}; {grade} is not one"
)
JSON_FORM = declare("credit-distribution-json", 'an object is needed here: {{"18": 4, "17": 10}}')
COUNT = declare("credit-distribution-count", "a number of graduates is whole, and not below 0")
TWICE = declare("credit-distribution-twice", "the grade {grade} stands twice; add the numbers up")


class Distribution(Table):
    """One row a grade."""

    grade = dy.Integer(nullable=False, primary_key=True, min=PASS, max=BEST)
    graduates = dy.Integer(nullable=False, min=0)


def read_distribution(given: Sequence[str]) -> tuple[dict[int, int], list[Problem]]:
    """Grade to graduates; a single text without a colon is a file. UsageError for another form."""
    if len(given) == 1 and ":" not in given[0]:
        path = Path(given[0])
        if not path.is_file():
            raise UsageError(Message(FORM, {"value": given[0]}))
        if path.suffix == ".json":
            return _of_json(path)
        frame, problems = read_table(path, Distribution)
        rows = {} if frame is None else dict(frame.select("grade", "graduates").iter_rows())
        return rows, problems
    return _of_words(given), []


def _of_json(path: Path) -> tuple[dict[int, int], list[Problem]]:
    """`{"18": 4, "17": 10}`."""
    given, problems = read_json(path)
    if problems:
        return {}, problems
    if not isinstance(given, dict):
        return {}, [Problem(path.name, Message(JSON_FORM))]
    found = {}
    for grade, count in given.items():
        if not (grade.isascii() and grade.isdigit() and PASS <= int(grade) <= BEST):
            params = {"least": PASS, "best": BEST, "grade": grade}
            problems.append(Problem(path.name, Message(RANGE, params), column=grade))
        elif isinstance(count, bool) or not isinstance(count, int) or count < 0:
            problems.append(Problem(path.name, Message(COUNT), column=grade, value=str(count)))
        else:
            found[int(grade)] = count
    return found, problems


def _of_words(given: Sequence[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in given:
        grade, colon, count = each.partition(":")
        if not (colon and grade.isascii() and count.isascii()
                and grade.isdigit() and count.isdigit()):  # fmt: skip
            raise UsageError(Message(FORM, {"value": each}))
        number = int(grade)
        if not PASS <= number <= BEST:
            raise UsageError(Message(RANGE, {"least": PASS, "best": BEST, "grade": number}))
        if number in found:
            raise UsageError(Message(TWICE, {"grade": number}))
        found[number] = int(count)
    return found
