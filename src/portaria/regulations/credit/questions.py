"""The single questions of the command line: text in, an answer of the rules out.

Every fault of what was given is an InputError with all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.numbers import written
from portaria.core.problem import Problem
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit import comparability, grades, reentry, workload
from portaria.regulations.credit.answer import Row, number
from portaria.regulations.credit.distribution import read_distribution
from portaria.regulations.credit.fields import NotNegative, Part, Positive
from portaria.regulations.credit.grade_scale import fault_of
from portaria.regulations.credit.read import faults_of
from portaria.regulations.credit.reasons import GRADE_HUMAN, REFUSED
from portaria.regulations.credit.request import Item, Period
from portaria.regulations.credit.settings import editions, find_edition

REFUSED_INPUT = declare("credit-question-wrong", "There is no answer: correct the errors above.")
CLASS_FORM = declare(
    "credit-class-form",
    "{value} is no class; write the letter, its worst and its best grade: A:27-30",
)
CLASS_TWICE = declare("credit-class-twice", "the class {letter} stands twice; keep one")
PERIOD_FORM = declare(
    "credit-period-form",
    "{value} is no period; write year, semester or term, and the hours of each subject, + passed "
    "and - not: semester:+60,-40",
)
NOTHING = declare("credit-nothing-to-turn", "give --hours, complete periods, or --period")
BOTH = declare("credit-hours-and-periods", "give hours or periods, not both")

Model = TypeVar("Model", bound=BaseModel)


class _Hours(Part):
    hours: Positive


class _Left(Part):
    total: Positive
    earlier: NotNegative


def rule_set(policy: Mapping[str, str], edition: str | None) -> RuleSet:
    """The rules of an edition by name, or of the newest; UsageError for an unknown reading."""
    found = find_edition(edition) if edition else [*editions().values()][-1]
    return RuleSet(found, found.choose(policy))


def classes(text: str | None) -> dict[str, list[str]] | None:
    """`A:27-30,B:25-26` as classes of a grade; None where none are given."""
    if not text:
        return None
    found = {}
    for each in text.split(","):
        letter, colon, bounds = each.strip().partition(":")
        worst, dash, best = bounds.partition("-")
        if not colon or not dash:
            raise UsageError(Message(CLASS_FORM, {"value": each}))
        if letter in found:
            raise UsageError(Message(CLASS_TWICE, {"letter": letter}))
        found[letter] = [worst, best]
    return found


def grade(given: Row, origin: str, country: str, rules: RuleSet) -> grades.Given:
    """The conversion of one grade; `given` as a request has it."""
    item = {"id": "1", "origin": origin, "country": country, "credits": "1", "grade": given}
    read = _read(Item, item)
    assert read.grade is not None
    if (fault := fault_of(read.grade)) is not None:
        where, message, value = fault
        raise InputError(
            Message(REFUSED_INPUT), [Problem("", message, column=where, value=str(value))]
        )
    return grades.grade_of(read, read.origin, rules)


def grade_row(found: grades.Given, origin: str, rules: RuleSet) -> Row:
    """The answer as JSON."""
    outcome = "refused" if found.refuses else "human" if found.reason else "granted"
    by_method = {
        "kept": "grade-kept",
        "classes": "grade-by-classes",
        "doubled": "grade-doubled",
        "proportional": "grade-proportional",
        "none": "experience-no-grade" if origin == "experience" else "grade-kept",
    }
    why = found.rule or (REFUSED | GRADE_HUMAN).get(found.reason, by_method[found.method])
    return {
        "outcome": outcome,
        "grade": found.grade,
        "exact_grade": number(found.exact),
        "counts_in_average": found.grade is not None,
        "method": found.method,
        "clause": rules.clause(why),
        "reason": found.reason or "granted",
        "warnings": list(found.warnings),
    }


def credits(
    hours: str | None,
    complete: Mapping[str, int],
    incomplete: Sequence[str],
    contact: bool,
    rules: RuleSet,
) -> workload.Workload:
    """Credits of hours, or of periods: `complete`, how many of each kind, and `incomplete` ones
    as `year:+150,-120`."""
    given = [{"kind": kind, "complete": True} for kind, n in complete.items() for _ in range(n)]
    given += [_period(text, contact) for text in incomplete]
    if hours is not None:
        if given:
            raise UsageError(Message(BOTH))
        return workload.of_hours(_read(_Hours, {"hours": hours}).hours, rules)
    if not given:
        raise UsageError(Message(NOTHING))
    return workload.of_periods([_read(Period, each) for each in given], rules)


def _period(text: str, contact: bool) -> Row:
    kind, colon, listed = text.partition(":")
    subjects = []
    for each in listed.split(","):
        if each[:1] not in ("+", "-"):
            raise UsageError(Message(PERIOD_FORM, {"value": text}))
        subjects.append({"hours": each[1:], "passed": each[0] == "+"})
    if not colon:
        raise UsageError(Message(PERIOD_FORM, {"value": text}))
    return {"kind": kind, "subjects": subjects, "contact": contact}


def credits_row(found: workload.Workload, rules: RuleSet) -> Row:
    """The answer as JSON."""
    why = {"hours": "hours-to-credits", "periods": "periods-complete"}[found.basis]
    if found.partly:
        why = "periods-incomplete"
    return {
        "credits": number(found.credits),
        "exact": written(found.exact),
        "from": found.basis,
        "flags": list(found.flags),
        "clause": rules.clause(why),
    }


def left(total: str, earlier: str, rules: RuleSet) -> reentry.CreditsLeft:
    """Credits left after re-entry."""
    given = _read(_Left, {"total": total, "earlier": earlier})
    return reentry.credits_left(given.total, given.earlier, rules)


def left_row(found: reentry.CreditsLeft, rules: RuleSet) -> Row:
    """The answer as JSON."""
    return {
        "limit": written(found.limit),
        "exceptional": written(found.exceptional),
        "in_halves": [written(half) for half in found.in_halves],
        "clause": rules.clause("reentry"),
        "exceptional_clause": rules.clause("reentry-exception"),
    }


def scale_of(given: Sequence[str], years: int, rules: RuleSet) -> comparability.Scale:
    """The comparability scale of `18:4` and the like, or of one file of grades and graduates."""
    graduates, problems = read_distribution(given)
    if problems:
        raise InputError(Message(REFUSED_INPUT), problems)
    return comparability.scale(graduates, years, rules)


def scale_row(found: comparability.Scale, years: int, rules: RuleSet) -> Row:
    """The answer as JSON."""
    letters = None
    if found.classes is not None:
        letters = {
            letter: {"best": best, "worst": worst}
            for letter, (best, worst) in found.classes.items()
        }
    return {
        "classes": letters,
        "ranks": {str(each): rank for each, rank in found.ranks.items()},
        "cumulative": {str(each): written(share) for each, share in found.cumulative.items()},
        "graduates": found.count,
        "years": years,
        "clause": rules.clause("grade-by-classes"),
    }


def _read(model: type[Model], given: Any) -> Model:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise InputError(Message(REFUSED_INPUT), list(faults_of(error, ""))) from error
