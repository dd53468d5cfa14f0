"""What the council may cut where a sum passes its cap: the ways that keep the most credits.

Which credits go is not in the text. An item is kept or cut whole. The sums lie one inside the
other (each origin, then d to g, then all), so what can be kept is found sum by sum: a set of
totals is a whole number whose bits are the totals, in steps that make every number whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from math import lcm
from operator import mul

from portaria.core.rule import rule
from portaria.regulations.credit.caps import Sum
from portaria.regulations.credit.request import Origin

MOST_OPTIONS = 20
"""How many ways are written out; how many there are is counted exactly."""
MOST_STEPS = 20_000
MOST_PLACES = 4_000_000
"""Credits written with so many decimals that a sum has more steps, or the steps of all items
together are more places, are not enumerated."""


@dataclass(frozen=True)
class Ask:
    """An item that stands on its own: the credits it asks, under the origin that pays."""

    id: str
    origin: Origin
    credits: Fraction


@dataclass(frozen=True)
class Choice:
    """A sum that is passed. `kept`: the most that the competing items may keep together;
    `count`: the ways of keeping it; `cuts`: the first of them, each the ids to cut. `kept` and
    `count` are None where the credits are too finely divided to be enumerated."""

    name: str
    competing: tuple[str, ...]
    kept: Fraction | None
    count: int | None
    cuts: tuple[tuple[str, ...], ...]


def total(asks: Iterable[Ask]) -> Fraction:
    """The credits of some items."""
    return sum((ask.credits for ask in asks), Fraction(0))


def capped(asks: Sequence[Ask], held: Sequence[Sum], origins: Iterable[Origin]) -> Fraction:
    """The credits of these origins, each no more than its own cap leaves."""
    rooms = {each.name: each.room for each in held}
    found = Fraction(0)
    for origin in origins:
        asked = total(ask for ask in asks if ask.origin == origin)
        found += min(asked, rooms.get(origin, asked))
    return found


def passed(asks: Sequence[Ask], held: Sequence[Sum]) -> list[Sum]:
    """The sums that are passed. One over several origins counts each up to its own cap: what that
    cap cuts already need not be cut twice."""
    return [
        each
        for each in held
        if (
            total(ask for ask in asks if ask.origin in each.origins)
            if len(each.origins) == 1
            else capped(asks, held, sorted(each.origins))
        )
        > each.room
    ]


@rule("cap-combined", "second-cap")
def choices(asks: Sequence[Ask], held: Sequence[Sum]) -> list[Choice]:
    """What the council has to choose, by the widest sum that is passed; the other items stand."""
    over = passed(asks, held)
    groups: dict[str, list[Ask]] = {}
    for ask in asks:
        names = [each.name for each in over if ask.origin in each.origins]
        if names:
            groups.setdefault(names[-1], []).append(ask)
    chosen = {ask.id for group in groups.values() for ask in group}
    settled = [ask for ask in asks if ask.id not in chosen]
    before, limits = tuple(settled), tuple(held)
    return [_choice(name, tuple(group), before, limits) for name, group in groups.items()]


@lru_cache(maxsize=8)
def _choice(
    name: str, competing: tuple[Ask, ...], settled: tuple[Ask, ...], held: tuple[Sum, ...]
) -> Choice:
    """Kept, because the literal readings of one request ask for the same choice again."""
    asks = sorted(competing, key=lambda ask: ask.id)
    rooms = {each: each.room - _within(settled, each) for each in held}
    step = lcm(*(n.denominator for n in (*rooms.values(), *(a.credits for a in asks))))
    ids = tuple(ask.id for ask in asks)
    steps = step * max(rooms.values())
    if steps > MOST_STEPS or steps * len(asks) > MOST_PLACES:
        return Choice(name, ids, None, None, ())
    market = _Market(
        [(ask.origin, int(ask.credits * step)) for ask in asks],
        [(each.origins, int(room * step)) for each, room in rooms.items()],
    )
    best = market.best()
    found: list[tuple[str, ...]] = []
    for kept in market.ways(best):
        found.append(tuple(a.id for a, keep in zip(asks, kept, strict=True) if not keep))
        if len(found) == MOST_OPTIONS:
            break
    return Choice(name, ids, Fraction(best, step), market.count(best), tuple(found))


def _within(asks: Iterable[Ask], each: Sum) -> Fraction:
    return total(ask for ask in asks if ask.origin in each.origins)


class _Market:
    """Items in whole steps, and what each set of origins may hold, one inside the other."""

    def __init__(
        self,
        items: Sequence[tuple[Origin, int]],
        rooms: Sequence[tuple[frozenset[Origin], int]],
    ) -> None:
        self.items = items
        self.rooms = sorted(rooms, key=lambda each: len(each[0]))
        self.origins = sorted({origin for origin, _ in items})
        self.widest = max(room for _, room in rooms)
        self.left = self._suffixes()

    def best(self) -> int:
        """The most that fits."""
        return self._totals(0, {}).bit_length() - 1

    def ways(self, best: int) -> Iterator[tuple[bool, ...]]:
        """Every way of keeping `best`, those that cut the first items first."""
        start: dict[Origin, int] = {}
        todo: list[tuple[tuple[bool, ...], int, dict[Origin, int]]] = [((), best, start)]
        while todo:
            kept, left, spent = todo.pop()
            if not self._totals(len(kept), spent) >> left & 1:
                continue
            if len(kept) == len(self.items):
                yield kept
                continue
            origin, size = self.items[len(kept)]
            if size <= left:
                more = {**spent, origin: spent.get(origin, 0) + size}
                todo.append(((*kept, True), left - size, more))
            todo.append(((*kept, False), left, spent))

    def count(self, best: int) -> int:
        """How many ways there are.

        The ways of every total stand side by side in one whole number, `wide` bits each: adding
        an item is a shift and a sum, joining two sets a product, and no place overflows."""
        wide = len(self.items) + 1
        ways: dict[frozenset[Origin], int] = {}
        for origin in self.origins:
            found = 1
            for size in (size for each, size in self.items if each == origin):
                found = self._below(found + (found << wide * size), self.widest, wide)
            ways[frozenset({origin})] = found
        for origins, room in self.rooms:
            inside = [own for own in ways if own <= origins]
            if inside:
                joined = reduce(mul, (ways.pop(own) for own in inside))
                ways[frozenset().union(*inside)] = self._below(joined, room, wide)
        return reduce(mul, ways.values()) >> wide * best & ((1 << wide) - 1)

    def _totals(self, index: int, spent: Mapping[Origin, int]) -> int:
        """The totals that the items from `index` on can add to what is spent, as bits."""
        sets = {frozenset({origin}): bits for origin, bits in self.left[index].items()}
        for origins, room in self.rooms:
            inside = [own for own in sets if own <= origins]
            if not inside:
                continue
            left = room - sum(spent.get(origin, 0) for origin in origins)
            if left < 0:
                return 0
            joined = reduce(_sums, (sets.pop(own) for own in inside))
            sets[frozenset().union(*inside)] = self._below(joined, left)
        return reduce(_sums, sets.values())

    def _suffixes(self) -> list[dict[Origin, int]]:
        """For each item, the totals of each origin from there on, as bits."""
        found = [dict.fromkeys(self.origins, 1)]
        for origin, size in reversed(self.items):
            bits = found[-1][origin]
            found.append({**found[-1], origin: self._below(bits | bits << size, self.widest)})
        return found[::-1]

    @staticmethod
    def _below(places: int, room: int, wide: int = 1) -> int:
        """The places up to a total."""
        return places & ((1 << wide * (room + 1)) - 1)


def _sums(bits: int, other: int) -> int:
    """The sums of one total from each."""
    found = 0
    for shift, place in enumerate(reversed(f"{min(bits, other):b}")):
        if place == "1":
            found |= max(bits, other) << shift
    return found
