"""The answer to a table of seats: caps, minima, breaches, clashes, movements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from portaria.core.edition import Edition
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.seat_limits import movement, rules
from portaria.regulations.access.seat_limits.clashes import clashes
from portaria.regulations.access.seat_limits.outcome import (
    Breach,
    Cap,
    Minimum,
    Movement,
    Programme,
    SeatLimits,
)
from portaria.regulations.access.seat_limits.reasons import (
    ABOVE_LMA,
    ABOVE_MAXIMUM,
    BELOW_MINIMUM,
    CLOSED,
    MOVED,
    clause,
    is_known,
)

NO_MOVEMENTS = declare(
    "seat-limits-no-movements", "no rule on moving unfilled seats is known here: {title}"
)


def answer(
    edition: Edition,
    rows: Sequence[Programme],
    policy: Mapping[str, str],
    movements: Sequence[Movement] = (),
) -> SeatLimits:
    """Everything that the edition says of `rows`, and the decision on each movement.

    UsageError for an unknown reading in `policy`, and for movements where no rule of them is known.
    """
    if movements and not is_known(edition, MOVED):
        raise UsageError(Message(NO_MOVEMENTS, {"title": edition.title}))
    readings = edition.choose(policy)
    outside = tuple(found for row in rows if (found := rules.outside(edition, row)))
    left_out = {each.programme for each in outside}
    covered = [row for row in rows if row.programme not in left_out]
    caps = tuple(rules.cap(edition, row, readings) for row in covered)
    minima = rules.minima(edition, caps, readings)
    return SeatLimits(
        edition=edition.name,
        title=edition.title,
        language=edition.language,
        year=edition.value("academic_year"),
        basis=edition.value("basis"),
        readings=readings,
        caps=caps,
        minima=minima,
        breaches=(*_above(edition, caps), *_below(minima)),
        infeasible=tuple(clashes(edition, covered, caps, minima, readings)),
        outside=outside,
        movements=movement.decide(edition, movements, left_out) if movements else (),
        corrections=tuple(asdict(each) for each in edition.corrections),
        unchecked=_unchecked(edition),
    )


def _unchecked(edition: Edition) -> tuple[str, ...]:
    """Clauses of the edition's texts that bind these seats and are not known here."""
    if edition.value("basis") == rules.BY_SHARE:
        return ()
    texts = edition.texts.values()
    return tuple(
        each.name
        for text in texts
        for each in text.clauses.values()
        if each.state == "out_of_scope"
    )  # fmt: skip


def _above(edition: Edition, caps: Sequence[Cap]) -> Iterator[Breach]:
    """Programmes with more special seats than their cap, or with more seats than admissions."""
    for each in caps:
        if each.exact < 0:
            lma, over = each.lma or 0, int(-each.exact)
            where = (ABOVE_LMA, each.institution, each.programme)
            yield Breach(*where, lma + over, lma, over, (), clause(edition, ABOVE_LMA))
        if each.over_by:
            code = CLOSED if each.code == CLOSED else ABOVE_MAXIMUM
            yield Breach(
                code, each.institution, each.programme, each.special_seats, each.cap,
                each.over_by, each.not_proved, each.clause,
            )  # fmt: skip


def _below(minima: Sequence[Minimum]) -> Iterator[Breach]:
    for each in minima:
        if each.short_by:
            yield Breach(
                BELOW_MINIMUM, each.institution, "", each.over23_seats, each.minimum,
                each.short_by, (), each.clause,
            )  # fmt: skip
