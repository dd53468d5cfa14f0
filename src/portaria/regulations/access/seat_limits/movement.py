"""Art. 6 and the preamble: where unfilled seats may go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.seat_limits.outcome import Moved, Movement
from portaria.regulations.access.seat_limits.reasons import (
    MOVED,
    NOT_TO_GENERAL,
    NOT_TO_INSTITUTION,
    NOT_TO_INTERNATIONAL,
    NOT_TO_PROGRAMME,
    NOT_UNFILLED,
    OTHER_USE,
    OUTSIDE,
    clause,
)


@rule("seat-limits-not-to-general")
def to_general(movement: Movement) -> bool:
    """6/c: the general regime gets none of these seats."""
    return movement.to_modality == "general"


@rule("seat-limits-not-to-international")
def to_international(movement: Movement) -> bool:
    """6/d: nor does the contest for international students."""
    return movement.to_modality == "international"


@rule("seat-limits-not-to-institution")
def to_another_institution(movement: Movement) -> bool:
    """6/b."""
    return movement.to_institution != movement.institution


@rule("seat-limits-not-to-programme")
def to_another_programme(movement: Movement) -> bool:
    """6/a."""
    return movement.to_programme != movement.programme


@rule("seat-limits-no-other-use")
def to_the_same_place(movement: Movement) -> bool:
    """Preamble 2/c: a movement leads to another modality, or it is none."""
    return movement.to_modality == movement.modality


REFUSALS: tuple[tuple[Callable[[Movement], bool], str], ...] = (
    (to_general, NOT_TO_GENERAL),
    (to_international, NOT_TO_INTERNATIONAL),
    (to_another_institution, NOT_TO_INSTITUTION),
    (to_another_programme, NOT_TO_PROGRAMME),
    (to_the_same_place, OTHER_USE),
)


@rule("seat-limits-movement")
def decide(
    edition: Edition, movements: Sequence[Movement], outside: Collection[str] = ()
) -> tuple[Moved, ...]:
    """Each movement, allowed or refused with its clause, in the order given.

    Seats leave a modality once: what an earlier movement took is no longer unfilled there.
    `outside`: programmes that the order does not cover.
    """
    left: dict[tuple[str, str], int] = {}
    decided = []
    for movement in movements:
        source = (movement.programme, movement.modality)
        unfilled = left.setdefault(source, movement.unfilled)
        code = next((code for refused, code in REFUSALS if refused(movement)), MOVED)
        if movement.programme in outside:
            code = OUTSIDE
        elif code == MOVED and movement.seats > unfilled:
            code = NOT_UNFILLED
        if code == MOVED:
            left[source] = unfilled - movement.seats
        decided.append(Moved(movement, code == MOVED, left[source], code, clause(edition, code)))
    return tuple(decided)
