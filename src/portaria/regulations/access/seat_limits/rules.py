"""Arts. 1 to 5: who is covered, the most special seats, the fewest over-23 ones, increases.

Each rule takes the edition, the readings in force and programmes, and gives exact whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from portaria.core.edition import Edition
from portaria.core.rounding import WHOLE, Rounding, round_to
from portaria.core.rule import rule
from portaria.regulations.access.seat_limits.outcome import Cap, Minimum, Outside, Programme
from portaria.regulations.access.seat_limits.reasons import (
    AUTHORISED,
    CLOSED,
    LEFTOVERS,
    MAXIMUM,
    OUTSIDE,
    OVER23_MINIMUM,
    clause,
    is_known,
)

Readings = Mapping[str, str]
BY_SHARE = "general_seats"


@rule("seat-limits-scope")
def outside(edition: Edition, row: Programme) -> Outside | None:
    """Why the order does not cover a programme; None where it does.

    What the row says comes first; an institution that the order leaves out by name is out.
    """
    if edition.value("basis") != BY_SHARE:
        return None
    why = row.outside_scope
    if why is None and _same_name(row.institution, edition.value("outside_institution")):
        why = "open_university"
    if why is None:
        return None
    return Outside(row.programme, row.institution, why, clause(edition, OUTSIDE))


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == other.casefold()


@rule("seat-limits-closed-programme")
def is_closed(edition: Edition, row: Programme) -> bool:
    """No general seats, no special ones: not by leftovers, nor by an order."""
    return bool(edition.value("basis") == BY_SHARE and row.general_seats == 0)


@rule("seat-limits-maximum")
def maximum(edition: Edition, row: Programme, readings: Readings) -> tuple[Fraction, int]:
    """The most seats in all modalities together, exact and in whole seats, before increases.

    A share of the general seats (2017), or what the admissions limit leaves (2023), which may be
    below zero in the exact number and never in seats.
    """
    if edition.value("basis") == BY_SHARE:
        exact = Fraction(edition.number("special_share")) / 100 * row.general_seats
        return exact, round_to(exact, WHOLE, Rounding(readings["maximum_rounding"]))
    assert row.lma is not None, "the table by admissions has an admissions limit in every row"
    assert row.special_regime_seats is not None, "and the seats of the special regimes"
    left = row.lma - row.general_seats - row.special_regime_seats
    return Fraction(left), max(0, left)


@rule("seat-limits-leftovers-public", "seat-limits-leftovers-private")
def leftovers(edition: Edition, row: Programme) -> int:
    """The seats that the general regime left over: they come on top, whatever the kind."""
    counts = is_known(edition, LEFTOVERS[row.kind]) and not is_closed(edition, row)
    return row.leftover_seats if counts else 0


@rule("seat-limits-authorised-increase")
def authorised(edition: Edition, row: Programme, without: int) -> int:
    """The seats that an order adds to `without`, those of the maximum and the leftovers.

    An order that says no number allows the seats asked for. Where the row tells of the three
    conditions, all must be proved.
    """
    ordered = is_known(edition, AUTHORISED) and row.authorised_increase
    if not ordered or is_closed(edition, row) or not_proved(row):
        return 0
    allowed = row.special_seats if row.authorised_seats is None else row.authorised_seats
    return max(0, allowed - without)


def not_proved(row: Programme) -> tuple[str, ...]:
    """The conditions of an increase that the institution did not prove."""
    return tuple(name for name, proved in (row.proofs or {}).items() if not proved)


def cap(edition: Edition, row: Programme, readings: Readings) -> Cap:
    """Everything about the most seats of one programme."""
    exact, most = maximum(edition, row, readings)
    closed = is_closed(edition, row)
    more = leftovers(edition, row)
    further = authorised(edition, row, most + more)
    total = most + more + further
    code = CLOSED if closed else MAXIMUM
    return Cap(
        row.programme, row.institution, row.kind, row.general_seats, row.lma,
        row.special_regime_seats, exact, most, more, further, total, row.special_seats,
        row.over23_seats, max(0, row.special_seats - total),
        not_proved(row) if row.authorised_increase else (), code, clause(edition, code),
    )  # fmt: skip


@rule("seat-limits-over23-minimum")
def over23_minimum(
    edition: Edition, institution: str, caps: Sequence[Cap], readings: Readings
) -> Minimum:
    """The fewest over-23 seats of an institution, from all its programmes together.

    They are special seats, so each programme has room for as many as its cap: where even that is
    too little in sum, no distribution of seats keeps both limits.
    """
    basis = str(edition.value("basis"))
    of = sum(each.general_seats if basis == BY_SHARE else each.lma or 0 for each in caps)
    exact = Fraction(edition.number("over23_share")) / 100 * of
    least = round_to(exact, WHOLE, Rounding(readings["minimum_rounding"]))
    given, room = sum(each.over23_seats for each in caps), sum(each.cap for each in caps)
    return Minimum(
        institution, caps[0].kind, len(caps), basis, of, exact, least, given,
        max(0, least - given), room, room >= least, clause(edition, OVER23_MINIMUM),
    )  # fmt: skip


def by_institution(caps: Iterable[Cap]) -> dict[str, list[Cap]]:
    """Institutions in the order of the table, each with its programmes."""
    found: dict[str, list[Cap]] = {}
    for each in caps:
        found.setdefault(each.institution, []).append(each)
    return found


def minima(edition: Edition, caps: Iterable[Cap], readings: Readings) -> tuple[Minimum, ...]:
    """The minimum of every institution, in the order of the table."""
    return tuple(
        over23_minimum(edition, institution, programmes, readings)
        for institution, programmes in by_institution(caps).items()
    )
