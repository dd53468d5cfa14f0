"""Institutions where no distribution of over-23 seats keeps every limit: why, and what helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from portaria.core.edition import Edition
from portaria.regulations.access.seat_limits import rules
from portaria.regulations.access.seat_limits.outcome import (
    Cap,
    Constraint,
    Infeasible,
    Minimum,
    Otherwise,
    Programme,
    Remedy,
)
from portaria.regulations.access.seat_limits.reasons import (
    AUTHORISED,
    CLOSED,
    LEFTOVERS,
    MAXIMUM,
    OVER23_MINIMUM,
    clause,
    is_known,
)
from portaria.regulations.access.seat_limits.rules import Readings


def clashes(
    edition: Edition,
    rows: Sequence[Programme],
    caps: Sequence[Cap],
    minima: Sequence[Minimum],
    readings: Readings,
) -> Iterator[Infeasible]:
    """Institutions whose caps leave too little room for the over-23 minimum."""
    of = rules.by_institution(caps)
    for each in minima:
        if each.feasible:
            continue
        short = each.minimum - each.sum_of_caps
        own = [row for row in rows if row.institution == each.institution]
        yield Infeasible(
            each.institution, each.kind, each.minimum, each.sum_of_caps, short,
            tuple(_constraints(edition, of[each.institution], each)),
            tuple(_remedies(edition, each.kind, short)),
            tuple(_otherwise(edition, own, readings)),
        )  # fmt: skip


def _constraints(edition: Edition, caps: Sequence[Cap], least: Minimum) -> Iterator[Constraint]:
    """The limits that clash, each with its own number: those above add up to the room there is."""
    opened = [each for each in caps if each.code != CLOSED]
    closed = len(caps) - len(opened)
    exact = sum((max(Fraction(0), each.exact) for each in opened), Fraction(0))
    most = sum(each.maximum for each in opened)
    parts = [(MAXIMUM, most, exact, len(opened))]
    for code, seats in (
        (LEFTOVERS[least.kind], [each.leftovers for each in opened]),
        (AUTHORISED, [each.authorised for each in opened]),
    ):
        if any(seats):
            total = sum(seats)
            parts.append((code, total, Fraction(total), sum(1 for each in seats if each)))
    if closed:
        parts.append((CLOSED, 0, Fraction(0), closed))
    for code, bound, value, programmes in parts:
        yield Constraint(code, "at_most", bound, value, programmes, clause(edition, code))
    yield Constraint(
        OVER23_MINIMUM, "at_least", least.minimum, least.exact, least.programmes, least.clause
    )


def _remedies(edition: Edition, kind: str, short: int) -> Iterator[Remedy]:
    """What increases the edition offers: leftovers of the kind, then an order."""
    for code in (LEFTOVERS[kind], AUTHORISED):
        if is_known(edition, code):
            yield Remedy(code, short, clause(edition, code))


def _otherwise(
    edition: Edition, rows: Sequence[Programme], readings: Readings
) -> Iterator[Otherwise]:
    """The same institution under each other reading, one at a time."""
    for name, reading in edition.readings.items():
        for choice in reading.choices:
            if choice == readings[name]:
                continue
            other = {**readings, name: choice}
            caps = [rules.cap(edition, row, other) for row in rows]
            (least,) = rules.minima(edition, caps, other)
            yield Otherwise(name, choice, least.minimum, least.sum_of_caps, least.feasible)
