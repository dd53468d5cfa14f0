"""Replications: the plain placement where nothing varies, the same whoever runs them."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
import polars as pl
import pytest
from engines import contest_of
from hypothesis import given, settings
from hypothesis import strategies as st
from made import read
from made import write as write_contest
from reference.markets import random_contest

from portaria.core.errors import Cancelled, UsageError
from portaria.regulations.access.compute import placement as kernel
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.simulate.apply import apply
from portaria.regulations.access.simulate.change import Change, Step, Target
from portaria.regulations.access.simulate.compute.copies import drawn_market
from portaria.regulations.access.simulate.distributions import (
    Side,
    programme_distributions,
    total_distributions,
)
from portaria.regulations.access.simulate.draws import Demand, Draw, ranked_again
from portaria.regulations.access.simulate.ranked import Ranked, open_shared, ranked, write
from portaria.regulations.access.simulate.replications import Runs, Work, outcome_of
from portaria.regulations.access.simulate.simulation import Plan, simulate
from portaria.regulations.access.simulate.workers import run
from portaria.tables.canonical import units

from .test_institutional import college

AS_IT_IS = Demand(resample=False, noise=Decimal(0))
DASK = importlib.util.find_spec("distributed") is not None
READING = "candidate-optimal"


def made_up(seed: int, candidates: int = 60, programmes: int = 8, ties: str = "many") -> Contest:
    return contest_of(random_contest(Random(seed), candidates, programmes, quotas=True, ties=ties))


def both(contest: Contest) -> tuple[Ranked, Ranked]:
    step = Step("seats", Target(), "percent", Decimal(30), "seats[1]")
    return ranked(contest), ranked(apply(contest, [Change("c.toml", steps=(step,))])[0])


# --- nothing varies: the plain placement ---------------------------------------------------------


@pytest.mark.parametrize("reading", [READING, "literal", "stages-r1", "stages-r2"])
@pytest.mark.parametrize("ties", ["many", "few"])
def test_without_noise_and_resampling_a_replication_is_the_placement(ties, reading):
    """Stage by stage, every round of art. 9/2 included."""
    rounds = set()
    for seed in range(12 if reading == READING else 4):
        contest = made_up(seed, ties=ties)
        contest = apply(contest, [Change("c.toml", policy={"placement": reading})])[0]
        placed = place(contest)
        side = ranked(contest)
        draw = Draw(AS_IT_IS, 1, 0, side.no_final.size)
        outcome, candidate, origin, tenths = outcome_of(side, reading, draw)
        rows = placed.options.filter(placed.options["position"].is_not_null()).sort("position")
        stage = rows["stage"].fill_null(-1).to_numpy()
        # Within a full tie the order of the positions is free: compare by candidate and programme.
        assert sorted(zip(candidate, side.programme[origin], outcome.held, strict=True)) == sorted(
            zip(rows["candidate_index"], rows["programme_index"], stage, strict=True)
        )
        assert np.array_equal(tenths, rows["tenths"].to_numpy())
        assert [r.tolist() for r in outcome.further] == [r.tolist() for r in placed.further]
        assert tuple(outcome.seat_too_many) == placed.seat_too_many
        rounds.add(len(outcome.further))
    assert reading != READING or max(rounds) > 2


def test_a_text_without_further_seats_opens_none_in_a_replication(tmp_path):
    """211-B has no art. 9/2: those without a final grade are like the others."""
    missing = 0
    for seed in range(6):
        tables = college(Random(seed), 30, 4)
        contest = read(write_contest(tables, tmp_path / str(seed), "pt-institutional-2017"))
        side = ranked(contest)
        draw = Draw(AS_IT_IS, 1, 0, side.no_final.size)
        outcome = outcome_of(side, READING, draw)[0]
        placed = place(contest).options["stage"].drop_nulls()
        assert len(outcome.further) == 1
        assert not outcome.further[0].any()
        assert np.count_nonzero(outcome.held >= 0) == placed.len() > 0
        missing += (~contest.tables["candidates"]["has_final_grade"]).sum()
    assert missing > 0


def test_what_is_counted_is_what_the_results_tell():
    for seed in range(8):
        contest = made_up(seed)
        side = ranked(contest)
        work = Work((READING,), AS_IT_IS, 1, 8)
        (runs,), _ = run([side], work, 1)
        tables = result_tables(place(contest))
        seats = tables["seats"]
        assert runs.placed[0].tolist() == seats["placed"].to_list()
        assert runs.additional[0].tolist() == seats["additional"].to_list()
        last = tables["last_placed"].filter(quota="general")
        grades = dict(
            zip(last["programme"], last.select(units(pl.col("grade"), 1)).to_series(), strict=True)
        )
        assert runs.last[0].tolist() == [grades.get(code, -1) for code in seats["programme"]]
        options = tables["placements"]["option"].drop_nulls().to_list()
        assert runs.by_option[0].tolist() == [options.count(order) for order in range(9)]
        told = total_distributions([Side(runs, side.seats)], None)
        found = dict(told.select("figure", "p50").iter_rows())
        assert found["leftover"] == seats["leftover"].sum()
        assert found["tie_extra"] == seats["tie_extra"].sum()
        assert found["full"] == seats.filter(leftover=0).height


# --- people drawn again --------------------------------------------------------------------------


def slow_market(side: Ranked, order: np.ndarray, group: np.ndarray, copies: np.ndarray):
    """The drawn people one by one: copies of one behind another, first copies of two tied tie."""
    rows = []
    first = np.cumsum(copies) - copies
    for place_, source in enumerate(order.tolist()):
        who = int(side.candidate[source])
        for copy in range(copies[who]):
            key = (int(side.programme[source]), int(group[place_]), copy)
            rows.append((key, int(first[who]) + copy, source))
    rows.sort(key=lambda row: row[0])
    keys = [row[0] for row in rows]
    rank = [1 + sum(k[0] == key[0] and k < key for k in keys) for key in keys]
    source = np.array([row[2] for row in rows], int)
    market = kernel.market(
        candidate=np.array([row[1] for row in rows], int),
        programme=side.programme[source],
        rank=np.array(rank, int),
        heard=side.heard[source],
        later=side.later[source],
        order=side.option[source],
        candidates=int(copies.sum()),
        seats=side.seats,
        sizes=side.stages["size"],
    )
    return market, source


@pytest.mark.parametrize("noise", [Decimal(0), Decimal(8)])
def test_the_market_of_the_drawn_is_the_one_made_one_by_one(noise):
    for seed in range(12):
        side = ranked(made_up(seed, 40, 6))
        draw = Draw(Demand(True, noise), seed, 3, side.no_final.size)
        order, group, _ = ranked_again(side, draw.shift)
        fast, origin = drawn_market(side, order, group, draw.copies)
        slow, source = slow_market(side, order, group, draw.copies)
        further = np.arange(side.seats.size) % 3
        for name in ("candidate", "programme", "rank", "heard", "later"):
            assert fast.positions[name].tolist() == slow.positions[name].tolist(), name
        assert origin.tolist() == source.tolist()
        assert fast.first_position.tolist() == slow.first_position.tolist()
        assert fast.first_wish.tolist() == slow.first_wish.tolist()
        assert fast.wishes.tolist() == slow.wishes.tolist()
        assert kernel.place(fast, further).tolist() == kernel.place(slow, further).tolist()


def test_a_person_is_drawn_whole_and_as_many_are_drawn_as_there_are():
    draw = Draw(Demand(), 7, 0, 1000)
    assert draw.copies.sum() == 1000
    # With replacement, about 1/e of the people are not drawn at all.
    assert 330 < np.count_nonzero(draw.copies == 0) < 410
    assert Draw(AS_IT_IS, 7, 0, 1000).copies.tolist() == [1] * 1000


def test_each_replication_draws_by_its_own_number():
    people = 50
    first = [Draw(Demand(True, Decimal(2)), 1, number, people) for number in range(4)]
    again = [Draw(Demand(True, Decimal(2)), 1, number, people) for number in (3, 2, 1, 0)][::-1]
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.copies, other.copies)
        assert np.array_equal(one.shift, other.shift)
    drawn = {draw.copies.tobytes() for draw in first}
    assert len(drawn | {Draw(Demand(), 2, 0, people).copies.tobytes()}) == 5
    # Noise is drawn after the people, who are the same with and without it.
    assert np.array_equal(Draw(Demand(), 1, 0, people).copies, first[0].copies)


# --- noise ---------------------------------------------------------------------------------------


def test_noise_orders_by_the_new_grade_and_then_by_the_rest_of_the_key():
    for seed in range(10):
        side = ranked(made_up(seed, 80, 5))
        shift = Draw(Demand(False, Decimal(6)), seed, 0, side.no_final.size).shift
        order, group, tenths = ranked_again(side, shift)
        assert shift is not None
        assert (tenths >= side.least).all()
        assert (tenths <= 2000).all()
        moved = np.clip(side.tenths + shift[side.candidate], side.least, 2000)
        assert np.array_equal(tenths, moved)
        keys = [(side.programme[s], -tenths[s], side.rest[s]) for s in order]
        assert keys == sorted(keys)
        for (a, b), (g, h) in zip(pairwise(keys), pairwise(group), strict=True):
            assert (a == b) == (g == h)


def test_no_noise_at_all_ranks_as_the_contest_does():
    """`rest` and the groups say of every pair what the ranking says."""
    for seed in range(10):
        side = ranked(made_up(seed, 80, 5))
        still = np.zeros(side.no_final.size, np.int32)
        order, group, tenths = ranked_again(side, still)
        assert np.array_equal(side.group[order], side.group)
        assert np.array_equal(group, side.group)
        assert np.array_equal(tenths, side.tenths)


def test_the_noise_has_the_deviation_that_was_asked_for():
    shift = Draw(Demand(False, Decimal("2.5")), 1, 0, 20_000).shift
    assert shift is not None
    assert abs(shift.std() - 25) < 0.5
    assert abs(shift.mean()) < 0.6


# --- pairs ---------------------------------------------------------------------------------------


def test_the_same_contest_twice_has_no_difference_at_all():
    side = ranked(made_up(3))
    runs, moves = run([side, side], Work((READING,) * 2, Demand(True, Decimal(3)), 5, 8), 20)
    assert moves is not None
    assert not moves.better.any()
    assert not moves.worse.any()
    for one, other in zip(*runs, strict=True):
        assert np.array_equal(one, other)


def test_more_seats_hurt_nobody_in_any_replication():
    tables = random_contest(Random(4), 80, 8, quotas=False, ties="few")
    runs, moves = run(
        both(contest_of(tables)), Work((READING,) * 2, Demand(True, Decimal(2)), 1, 8), 40
    )
    assert moves is not None
    assert moves.better.sum() > 40
    assert moves.worse.sum() == 0
    assert (runs[1].placed.sum(axis=1) >= runs[0].placed.sum(axis=1)).all()


# --- whoever runs them ---------------------------------------------------------------------------


WORK = Work((READING,) * 2, Demand(True, Decimal(1)), 11, 8)
COUNT = 37


def flat(found) -> list[bytes]:
    runs, moves = found
    return [array.tobytes() for each in (*runs, moves) for array in each]


@pytest.fixture(scope="module")
def sides() -> tuple[Ranked, Ranked]:
    return both(made_up(9, 100, 10))


@pytest.mark.parametrize("workers", [2, 3])
def test_the_numbers_do_not_hang_on_how_many_work(sides, workers):
    heard = []

    def hear(stage: str, done: int, total: int) -> None:
        heard.append((stage, done, total))

    assert flat(run(sides, WORK, COUNT, workers, None, hear)) == flat(run(sides, WORK, COUNT))
    assert heard[0] == ("replications", 0, COUNT)
    assert heard[-1] == ("replications", COUNT, COUNT)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    if not DASK:
        pytest.skip("needs dask")
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None
    ) as local:
        yield local.scheduler_address


def test_a_dask_cluster_gives_the_same_numbers(sides, cluster):
    assert flat(run(sides, WORK, COUNT, 1, cluster)) == flat(run(sides, WORK, COUNT))


def test_an_address_without_a_scheduler(sides, needs, monkeypatch):
    needs(DASK, "dask")
    monkeypatch.setattr("portaria.regulations.access.simulate.cluster.PATIENCE", "1s")
    with pytest.raises(UsageError) as refused:
        run(sides, WORK, 2, 1, "tcp://127.0.0.1:9")
    assert refused.value.message.code == "cluster-no-scheduler"


def test_a_cluster_needs_dask(sides, monkeypatch):
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("portaria.regulations.access.simulate.cluster.import_module", missing)
    with pytest.raises(UsageError) as refused:
        run(sides, WORK, 2, 1, "tcp://127.0.0.1:9")
    assert refused.value.message.code == "cluster-no-dask"


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_leaves_nothing(sides, workers, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def stop(stage: str, done: int, total: int) -> None:
        if done:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        run(sides, WORK, 200, workers, None, stop)
    assert list(tmp_path.iterdir()) == []


def test_the_shared_arrays_are_those_written(sides, tmp_path):
    write(sides[0], tmp_path / "arrays")
    opened = open_shared(tmp_path / "arrays")
    for name, array in sides[0]._asdict().items():
        there = getattr(opened, name)
        assert (there.dtype, there.tolist()) == (array.dtype, array.tolist()), name


# --- order statistics ----------------------------------------------------------------------------


def quantile(values: list[int], percent: int) -> int:
    """The least value that `percent` of the values do not exceed, by counting."""
    return next(
        v for v in sorted(values) if 100 * sum(w <= v for w in values) >= percent * len(values)
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(-1, 2000)), min_size=1, max_size=45))
def test_order_statistics_are_exact(rows):
    count = len(rows)
    runs = Runs(
        np.array([[placed] for placed, _ in rows], np.int32),
        np.zeros((count, 1), np.int32),
        np.array([[last] for _, last in rows], np.int16),
        np.zeros((count, 2), np.int32),
    )
    (row,) = programme_distributions(pl.Series(["x"]), [Side(runs, np.array([10]))]).to_dicts()
    placed = [p for p, _ in rows]
    last = [t for _, t in rows if t >= 0]
    for percent in (5, 50, 95):
        assert row[f"placed_{percent}"] == quantile(placed, percent)
        expected = None if not last else Fraction(quantile(last, percent), 10)
        found = row[f"last_{percent}"]
        assert (None if found is None else Fraction(found)) == expected
    assert Fraction(row["placed_mean"]) == half_up(Fraction(sum(placed), count), 100)
    assert row["with_last"] == len(last)
    if last:
        assert Fraction(row["last_mean"]) == half_up(Fraction(sum(last), 10 * len(last)), 100)
    assert row["filled"] == sum(p >= 10 for p in placed)
    assert Fraction(row["filled_share"]) == half_up(Fraction(row["filled"], count), 1000)


def half_up(value: Fraction, steps: int) -> Fraction:
    return Fraction(math.floor(value * steps + Fraction(1, 2)), steps)


def test_differences_are_taken_pair_by_pair():
    def side(placed: list[int], last: list[int]) -> Side:
        count = len(placed)
        runs = Runs(
            np.array(placed, np.int32)[:, None],
            np.zeros((count, 1), np.int32),
            np.array(last, np.int16)[:, None],
            np.zeros((count, 2), np.int32),
        )
        return Side(runs, np.array([3]))

    table = programme_distributions(
        pl.Series(["x"]), [side([1, 3, 5], [1000, -1, 1200]), side([2, 2, 6], [995, 1100, 1185])]
    )
    assert table["side"].to_list() == ["before", "after", "difference"]
    row = table.filter(side="difference").to_dicts()[0]
    # Placed differ by 1, -1 and 1; last grades by -0.5 and -1.5, the second having none before.
    assert (row["placed_5"], row["placed_50"], row["placed_mean"]) == (-1, 1, "0.33")
    assert (row["with_last"], row["last_5"], row["last_95"], row["last_mean"]) == (
        2, "-1.5", "-0.5", "-1.00",
    )  # fmt: skip
    assert (row["filled"], row["filled_share"]) == (-1, "-0.333")


# --- the whole simulation ------------------------------------------------------------------------


def test_a_simulation_is_the_same_each_time_and_has_every_programme():
    contest = made_up(12)
    step = Step("seats", Target(), "add", Decimal(1), "seats[1]")
    change = Change("c.toml", steps=(step,), demand={"noise": Decimal(1)})
    one, other = (simulate(contest, [change], Plan(10, 3)) for _ in "ab")
    assert one.replicated is not None
    assert other.replicated is not None
    assert one.replicated.programmes.equals(other.replicated.programmes)
    assert one.replicated.totals.equals(other.replicated.totals)
    assert one.replicated.demand == Demand(True, Decimal(1))
    codes = contest.tables["programmes"]["programme"].to_list()
    assert one.replicated.programmes["programme"].unique().sort().to_list() == codes
    assert set(one.replicated.programmes["side"]) == {"before", "after", "difference"}


def test_without_a_change_there_is_one_side():
    contest = made_up(12)
    alone = simulate(contest, [], Plan(5))
    demand_only = simulate(contest, [Change("d.toml", demand={"resample": False})], Plan(5))
    for found in (alone, demand_only):
        assert found.replicated is not None
        assert set(found.replicated.programmes["side"]) == {"before"}
    assert alone.effects is None


def test_a_later_phase_is_refused():
    contest = made_up(1)
    later = Contest(**{**vars(contest), "phase": 2})
    with pytest.raises(UsageError) as refused:
        simulate(later, [], Plan(1))
    assert refused.value.message.code == "simulate-first-phase"


def test_a_contest_with_nobody_and_one_with_no_valid_option():
    empty: Callable[[], Contest] = lambda: contest_of(  # noqa: E731
        random_contest(Random(1), 1, 2, quotas=False) | {"options": []}
    )
    found = simulate(empty(), [], Plan(3))
    assert found.replicated is not None
    assert found.replicated.programmes["placed_95"].to_list() == [0, 0]
    assert found.replicated.programmes["last_50"].to_list() == [None, None]
