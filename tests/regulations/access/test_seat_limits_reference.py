"""Seats of the special contests against a slow reference and against every distribution.

Neither shares code with the program or rounds: whole seats either keep
`100 * seats <= 20 * general` or they do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from portaria.regulations.access.seat_limits.answer import answer
from portaria.regulations.access.seat_limits.outcome import Programme, SeatLimits
from portaria.regulations.access.seat_limits.settings import find_edition

CONDITIONS = ("leftovers_insufficient", "more_candidates", "resources_exist")


def judge(rows: list[Programme], year: int, **policy: str) -> SeatLimits:
    return answer(find_edition(year), rows, policy)


# --- a slow reference over random tables ----------------------------------------------------------


def random_table(random: Random) -> list[Programme]:
    """Up to nine programmes of three institutions, small enough that every limit is met."""
    kinds = {name: random.choice(["public", "private"]) for name in "IJK"}
    rows = []
    for number in range(random.randint(1, 9)):
        institution = random.choice("IJK")
        general = random.choice([0, 1, 4, 5, 7, 12, 24, 37, random.randint(0, 200)])
        special = random.randint(0, general // 4 + 2)
        told = {name: random.random() < 0.8 for name in CONDITIONS}
        rows.append(
            Programme(
                f"P{number}", institution, kinds[institution], general, special,
                random.randint(0, special),
                outside_scope=random.choice([None] * 9 + ["not_initial"]),
                leftover_seats=random.choice([0, 0, 1, 3]),
                authorised_increase=random.random() < 0.3,
                authorised_seats=random.choice([None, random.randint(0, 40)]),
                proofs=random.choice([None, told]),
                lma=general + random.randint(-2, 30),
                special_regime_seats=random.randint(0, 3),
            )
        )  # fmt: skip
    return rows


def reference(rows: list[Programme], year: int, up: bool, near: bool) -> dict[str, list]:
    """Caps, minima, breaches and clashes by counting: no fractions, no rounding functions.

    `up`: the maximum to the nearest; `near`: the minimum to the nearest.
    """
    caps, totals = [], {}
    for row in rows:
        if year == 2017 and row.outside_scope:
            continue
        if year == 2017:
            cap = 0
            while 10 * (cap + 1) <= 2 * row.general_seats + (5 if up else 0):
                cap += 1
            cap += row.leftover_seats
            proved = row.proofs is None or list(row.proofs.values()) == [True, True, True]
            if row.authorised_increase and proved:
                asked = row.special_seats
                wanted = asked if row.authorised_seats is None else row.authorised_seats
                cap = wanted if wanted > cap else cap
            if row.general_seats == 0:
                cap = 0
        else:
            cap = row.lma - row.general_seats - row.special_regime_seats
            cap = 0 if cap < 0 else cap
        caps.append((row.programme, cap))
        of, room, given = totals.get(row.institution, (0, 0, 0))
        base = row.general_seats if year == 2017 else row.lma
        totals[row.institution] = (of + base, room + cap, given + row.over23_seats)
    minima, clashes, breaches = [], [], []
    by_code = dict(caps)
    for row in rows:
        over = row.special_seats - by_code.get(row.programme, row.special_seats)
        if over > 0:
            breaches.append((row.programme, over))
    for institution, (of, room, given) in totals.items():
        least = 0
        while (40 * (least + 1) <= 2 * of + 20) if near else (20 * least < of):
            least += 1
        minima.append((institution, of, least))
        if given < least:
            breaches.append((institution, least - given))
        if room < least:
            clashes.append((institution, least - room))
    return {"caps": caps, "minima": minima, "breaches": breaches, "clashes": clashes}


def told_plainly(told: SeatLimits) -> dict[str, list]:
    return {
        "caps": [(each.programme, each.cap) for each in told.caps],
        "minima": [(each.institution, each.of, each.minimum) for each in told.minima],
        "breaches": [
            (each.programme or each.institution, each.by)
            for each in told.breaches
            if each.code != "above-lma"
        ],
        "clashes": [(each.institution, each.short_by) for each in told.infeasible],
    }


@pytest.mark.parametrize("near", [False, True], ids=["ceiling", "minimum half up"])
@pytest.mark.parametrize(
    ("year", "up"),
    [(2017, False), (2017, True), (2023, False)],
    ids=["2017 floor", "2017 maximum half up", "2023"],
)
def test_against_a_slow_reference(year, near, up):
    random = Random(20170717 + year)
    policy = {"minimum_rounding": "half_up" if near else "ceiling"}
    if year == 2017:
        policy["maximum_rounding"] = "half_up" if up else "floor"
    for _ in range(1000):
        rows = random_table(random)
        rows = [replace(row, lma=max(0, row.lma or 0)) for row in rows]
        told = judge(rows, year, **policy)
        assert told_plainly(told) == reference(rows, year, up, near), rows


# --- brute force over every distribution ----------------------------------------------------------


def distributions(rows: list[Programme], year: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every (special, over-23) of every programme that the words of the order allow."""

    def allowed(row: Programme, special: int) -> bool:
        if year == 2023:
            return row.general_seats + row.special_regime_seats + special <= row.lma
        if row.general_seats == 0:
            return special == 0
        return 100 * (special - row.leftover_seats) <= 20 * row.general_seats

    choices = [
        [
            (special, over23)
            for special in range(9)
            if special == 0 or allowed(row, special)
            for over23 in range(special + 1)
        ]
        for row in rows
    ]
    yield from product(*choices)


@pytest.mark.parametrize("year", [2017, 2023])
def test_the_verdict_is_that_of_trying_every_distribution(year):
    random, verdicts = Random(year), {True: 0, False: 0}
    for _ in range(500):
        rows = []
        for number in range(random.randint(1, 3)):
            general = random.choice([0, 2, 4, 5, 9, 14, 20, 24])
            leftover = random.choice([0, 0, 0, 1, 2])
            rows.append(
                Programme(
                    f"P{number}", "I", "public", general, 0, 0, leftover_seats=leftover,
                    lma=general + random.randint(0, 3), special_regime_seats=random.randint(0, 2),
                )
            )  # fmt: skip
        total = sum(row.general_seats if year == 2017 else row.lma for row in rows)
        possible = any(
            100 * sum(over23 for _, over23 in each) >= 5 * total
            for each in distributions(rows, year)
        )
        told = judge(rows, year)
        assert (told.infeasible == ()) == possible == told.minima[0].feasible, rows
        verdicts[possible] += 1
    assert min(verdicts.values()) > 20, "both verdicts must be met"
