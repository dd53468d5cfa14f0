"""The matrix of a PAF and the points of its jurors, as people write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.record_file import TWICE
from portaria.core.rule_set import RuleSet
from portaria.documents.cef.question_file import SOME, read_question
from portaria.documents.records import Record, Words
from portaria.regulations.cef import jury

DIGITS = 12
"""Points have so many digits before the comma, and after it."""

POINTS = declare("cef-jury-points", "points, a number such as 12 or 12.5")
BY_CRITERION = declare("cef-jury-by-criterion", "points by criterion, as plan = 30")
MATRIX = declare("cef-jury-limits", "one criterion or more, each with its most points")
LIMIT = declare("cef-jury-limit", "the most points of a criterion, a whole number from 1 to {most}")
JURORS = declare("cef-jurors", "one juror or more, each with a name, a seat and points")
JUROR_TWICE = declare("cef-juror-twice", "the juror {name} stands twice; keep one")
MEANT = {
    "juror": Message(JURORS),
    "juror.*.points.*": Message(POINTS),
    "juror.*.points": Message(BY_CRITERION),
    "matrix": Message(MATRIX),
    "matrix.*": Message(LIMIT, {"most": 10**DIGITS - 1}),
}


def _exact(value: Any) -> Fraction:
    """A number of the file, exactly as it is written."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**DIGITS:
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        _, _, exponent = value.as_tuple()
        # An exponent of millions is refused before it becomes as many digits.
        if isinstance(exponent, int) and exponent >= -DIGITS and value.adjusted() < DIGITS:
            return Fraction(value)
    raise PydanticCustomError("points", "no number")


class JurorRecord(Record):
    """Somebody of the jury; `seat`: one of the qualities of `jury.SEATS`."""

    name: Words
    seat: Words
    points: Mapping[Words, Annotated[Fraction, PlainValidator(_exact)]]


class JuryRecord(Record):
    """`matrix`: the most points by criterion."""

    matrix: Annotated[
        Mapping[Words, Annotated[int, Field(ge=1, lt=10**DIGITS, strict=True)]],
        SOME,
    ]
    juror: Annotated[tuple[JurorRecord, ...], SOME]


def read_jury(path: Path, rules: RuleSet) -> tuple[JuryRecord | None, list[Problem]]:
    """The jury of a file, or None with every problem of it."""
    asked = read_question(path, JuryRecord, MEANT)
    jurors = asked.record.juror if asked.record else asked.sound("juror", JurorRecord)
    problems = [*asked.problems, *_twice(path.name, asked.given)]
    for name, count in Counter(each.name for each in jurors).items():
        if count > 1:
            message = Message(JUROR_TWICE, {"name": name})
            problems.append(Problem(path.name, message, column="juror.name", value=name))
    listed, seats = asked.given.get("juror"), rules.number("jury_seats")
    if isinstance(listed, list) and len(listed) > seats:
        message = Message(jury.TOO_MANY, {"count": len(listed), "seats": seats})
        clause = rules.clause("jury-seats")
        problems.append(Problem(path.name, message, column="juror", clause=clause))
    return (None if problems else asked.record), problems


def _twice(file: str, given: Mapping[str, Any]) -> Iterator[Problem]:
    """Criteria that are one and the same but for the spaces around them."""
    listed = given.get("juror")
    tables = {"matrix": given.get("matrix")}
    for number, juror in enumerate(listed if isinstance(listed, list) else (), 1):
        tables[f"juror.{number}.points"] = juror.get("points") if isinstance(juror, dict) else None
    for place, table in tables.items():
        names = Counter(key.strip() for key in (table if isinstance(table, dict) else ()))
        for name, count in names.items():
            if count > 1:
                yield Problem(file, Message(TWICE, {"key": name}), column=f"{place}.{name}")
