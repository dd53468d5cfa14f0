"""The wrong references of the text, each with what its printed words would have given.

From article 12 on they look shifted by one. The corrected reading decides; where the literal one
differs, the answer says how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portaria.core.edition import Correction
from portaria.core.numbers import written
from portaria.regulations.credit.assess import Assessment, assess
from portaria.regulations.credit.request import HIGHER_EDUCATION

LITERAL: Mapping[str, Mapping[str, str]] = {
    "438 10/3": {"references": "literal"},
    "438 5/2": {"courses": "named"},
    "438 14/1": {"courses": "named"},
    "438 6/5": {"appeal_fee": "kept"},
}
"""Where a correction stands, to the reading that follows the printed words."""
KEPT = "438 11/1"
"""Printed, it would keep a foreign grade as it was given."""


@dataclass(frozen=True)
class Difference:
    """`where`: `items[a].grade`; `value` under the printed words, None for none."""

    where: str
    value: str | None


@dataclass(frozen=True)
class Printed:
    """A correction, and what changes in this request under the printed words."""

    correction: Correction
    differences: tuple[Difference, ...]


def printed(assessment: Assessment) -> tuple[Printed, ...]:
    """Every correction of the edition, in the order of the text."""
    rules = assessment.rules
    found = []
    for correction in rules.edition.corrections:
        changed: tuple[Difference, ...] = ()
        if correction.where in LITERAL:
            readings = {**rules.readings, **LITERAL[correction.where]}
            other = assess(assessment.request, rules.edition, readings)
            own = "decided_by" if correction.where == "438 14/1" else ""
            changed = tuple(_differences(assessment, other, own))
        elif correction.where == KEPT:
            changed = tuple(_kept(assessment))
        found.append(Printed(correction, changed))
    return tuple(found)


def _differences(one: Assessment, other: Assessment, own: str) -> Iterator[Difference]:
    """own: the column that alone is about this correction, where two share a reading."""
    before, after = dict(_flat(one)), dict(_flat(other))
    for name, value in after.items():
        about_opinion = name.endswith(".decided_by")
        if before[name] != value and about_opinion == bool(own):
            yield Difference(name, value)


def _flat(assessment: Assessment) -> Iterator[tuple[str, str | None]]:
    yield "outcome", assessment.outcome
    for each in assessment.items:
        item = f"items[{each.facts.item.id}]"
        yield f"{item}.outcome", each.outcome
        yield f"{item}.credits", None if each.credits is None else written(each.credits)
        yield f"{item}.grade", None if each.grade.grade is None else str(each.grade.grade)
        yield f"{item}.decided_by", each.decided_by
    due = assessment.deadlines
    for name in ("request_by", "forward_by", "certified_by", "experience_by"):
        deadline = getattr(due, name)
        yield f"deadlines.{name}", None if deadline is None else str(deadline.last_day)
    if assessment.paid is not None:
        back = assessment.paid.returned
        yield "fees.returned", None if back is None else written(back)


def _kept(assessment: Assessment) -> Iterator[Difference]:
    for each in assessment.items:
        given, facts = each.facts.item.grade, each.facts
        if given is None or given.scale != "foreign" or not each.credits:
            continue
        if facts.origin in HIGHER_EDUCATION and given.value != str(each.grade.grade):
            yield Difference(f"items[{each.facts.item.id}].grade", given.value)
