"""Which units of a tree count: never a group of units and its parts, both with credits.

ELMO forbids credits on a unit and on its parts at once; real files and the Europass formats have
both. What counts then, in this order:

- a degree programme is no curricular unit, and neither is what has more credits than a full-time
  year (10/1/d): its parts count;
- the parts count where their credits make up the whole, and each has a grade if the whole has one;
- otherwise the whole counts: its credits are what the issuer certifies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from portaria.core.messages import declare
from portaria.regulations.credit.transcripts.faults import Faults
from portaria.regulations.credit.transcripts.model import ECTS, YEAR, Node, Unit

WHOLE_PROGRAMME = declare(
    "transcript-whole-programme",
    "{unit} is given as a whole programme of {credits} ECTS credits without its units: ask the "
    "issuer for the transcript of records, or choose the origin of the training yourself",
)
FAILED = declare("transcript-failed", "left out: {unit}, because it was not passed")
UNFINISHED = declare("transcript-unfinished", "left out: {unit}, because it is not finished yet")
NO_CREDITS = declare(
    "transcript-no-credits",
    "left out: {unit} has no ECTS credits; ask the issuer for credits or for the total hours of "
    "work, and enter the unit by hand",
)
CONTACT_ONLY = declare(
    "transcript-contact-only",
    "left out: {unit} has no ECTS credits, only {hours} hours in class, which are not the whole "
    "work of the student; ask the issuer, and enter the unit by hand",
)
OTHER_SCHEME = declare(
    "transcript-other-scheme",
    "left out: the credits of {unit} are “{scheme}”, not ECTS, and are not taken as ECTS; ask the "
    "issuer for ECTS or for the total hours of work, and enter the unit by hand",
)
WHOLE_COUNTS = declare(
    "transcript-whole-counts",
    "{unit} has {credits} ECTS credits and its parts have {parts}: the whole counts, "
    "its parts are left out ({names})",
)
PARTS_COUNT = declare(
    "transcript-parts-count",
    "{unit} has {credits} ECTS credits and its parts have {parts}: the parts count, "
    "the whole is left out",
)
HOURS_COUNT = declare(
    "transcript-hours-count",
    "{unit} has no ECTS credits: its {hours} hours of work are taken in their place",
)


def label(unit: Unit) -> str:
    """What a sentence calls a unit."""
    return unit.name or unit.id or "?"


def counted(nodes: Iterable[Node], faults: Faults) -> list[Node]:
    """The nodes whose units count, in the order of the document; warns of every one left out."""
    return [kept for node in nodes for kept in _of(node, faults, False)]


def _of(node: Node, faults: Faults, in_degree: bool) -> list[Node]:
    unit, mark = node.unit, len(faults.problems)
    if (unit.credits or 0) > YEAR:
        node = replace(node, unit=(unit := replace(unit, kind="programme")))
    elif in_degree and unit.kind != "programme":
        node = replace(node, unit=(unit := replace(unit, kind="degree_unit")))
    inside = in_degree or unit.kind == "programme"
    below = [kept for part in node.parts for kept in _of(part, faults, inside)]
    if unit.passed is False:
        if _carries(unit) or not node.parts:
            code = FAILED if unit.finished else UNFINISHED
            faults.warn(code, node.where, node.row, unit=label(unit))
        return below
    if not _carries(unit):
        if not below and (not node.parts or unit.type == "course"):
            # One sentence on the course; its classes are not units of their own.
            del faults.problems[mark:]
            _tell_missing(node, faults)
        return below
    both = unit.credits is not None and any(part.unit.credits for part in below)
    if below and _parts_count(unit, below):
        if both:
            _tell_both(PARTS_COUNT, node, below, faults)
        return below
    # A part left out for itself is of no interest when the whole counts.
    del faults.problems[mark:]
    if both:
        _tell_both(WHOLE_COUNTS, node, below, faults)
    if unit.kind == "programme" and unit.credits:
        credits = unit.credits
        faults.warn(WHOLE_PROGRAMME, node.where, node.row, unit=label(unit), credits=credits)
    if unit.credits is None and unit.hours is not None:
        faults.warn(HOURS_COUNT, node.where, node.row, unit=label(unit), hours=unit.hours)
    return [replace(node, parts=())]


def _carries(unit: Unit) -> bool:
    """Whether the unit has credits, or hours of work in their place."""
    return bool(unit.credits) or (unit.credits is None and bool(unit.hours))


def _parts_count(unit: Unit, below: list[Node]) -> bool:
    if unit.kind == "programme":
        return True
    if unit.credits is None:
        return any(node.unit.credits for node in below)
    graded = unit.grade is None or all(node.unit.grade is not None for node in below)
    return unit.type != "course" and graded and _sum(below) == unit.credits


def _sum(nodes: list[Node]) -> Fraction:
    return sum((node.unit.credits or Fraction(0) for node in nodes), Fraction(0))


def _tell_both(code: str, node: Node, below: list[Node], faults: Faults) -> None:
    faults.warn(
        code,
        node.where,
        node.row,
        unit=label(node.unit),
        credits=node.unit.credits or Fraction(0),
        parts=_sum(below),
        names=", ".join(label(part.unit) for part in below),
    )


def _tell_missing(node: Node, faults: Faults) -> None:
    unit = node.unit
    if unit.credit_scheme not in ("", ECTS):
        faults.warn(OTHER_SCHEME, node.where, node.row, unit=label(unit), scheme=unit.credit_scheme)
    elif unit.contact_hours:
        hours = unit.contact_hours
        faults.warn(CONTACT_ONLY, node.where, node.row, unit=label(unit), hours=hours)
    else:
        faults.warn(NO_CREDITS, node.where, node.row, unit=label(unit))
