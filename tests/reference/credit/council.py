"""Where the council chooses what to cut: every way, by plain enumeration.

Which credits go when a sum passes its cap is not in the text. A whole item is kept or cut.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from .caps import Constraint

MOST_ITEMS = 14
"""More would take the enumeration too long."""


class Ask(NamedTuple):
    """One item that stands on its own: the credits it asks, under the origin that pays."""

    id: str
    origin: str
    credits: Fraction


class Option(NamedTuple):
    """`cut` in the order of the ids; `kept`: the credits of the others that compete."""

    cut: tuple[str, ...]
    kept: Fraction


def total(asks: Iterable[Ask]) -> Fraction:
    return sum((ask.credits for ask in asks), Fraction(0))


def fits(asks: Sequence[Ask], held: Iterable[Constraint]) -> bool:
    return all(total(a for a in asks if a.origin in c.origins) <= c.room for c in held)


def capped(asks: Sequence[Ask], held: Iterable[Constraint], origins: Iterable[str]) -> Fraction:
    """The credits of these origins, each no more than its own cap leaves."""
    rooms = {c.name: c.room for c in held}
    sums = [(total(a for a in asks if a.origin == o), rooms.get(o)) for o in origins]
    return sum((s if room is None else min(s, room) for s, room in sums), Fraction(0))


def passed(asks: Sequence[Ask], held: Sequence[Constraint]) -> list[Constraint]:
    """The sums that are passed. A sum over several origins counts each up to its own cap: what
    that cap cuts already need not be cut twice."""
    found = []
    for constraint in held:
        if len(constraint.origins) == 1:
            over = not fits(asks, [constraint])
        else:
            over = capped(asks, held, constraint.origins) > constraint.room
        if over:
            found.append(constraint)
    return found


def choices(asks: Sequence[Ask], over: Sequence[Constraint]) -> dict[str, list[Ask]]:
    """The items that compete, by the name of the widest sum that is passed."""
    groups: dict[str, list[Ask]] = {}
    for ask in asks:
        names = [c.name for c in over if ask.origin in c.origins]
        if names:
            groups.setdefault(names[-1], []).append(ask)
    return groups


def options(
    competing: Sequence[Ask],
    settled: Sequence[Ask],
    held: Sequence[Constraint],
) -> tuple[Option, ...]:
    """The cuts after which everything fits, the one that keeps most first."""
    if len(competing) > MOST_ITEMS:
        raise ValueError(f"{len(competing)} items compete, at most {MOST_ITEMS} are enumerated")
    found: list[tuple[frozenset[str], Fraction]] = []
    for size in range(len(competing) + 1):
        for gone in combinations(sorted(competing), size):
            cut = frozenset(ask.id for ask in gone)
            if any(smaller <= cut for smaller, _ in found):
                continue
            kept = [ask for ask in competing if ask.id not in cut]
            if fits([*kept, *settled], held):
                found.append((cut, total(kept)))
    if found:
        most = max(kept for _, kept in found)
        found = [(cut, kept) for cut, kept in found if kept == most]
    made = [Option(tuple(sorted(cut)), kept) for cut, kept in found]
    return tuple(sorted(made, key=lambda option: (-option.kept, option.cut)))
