"""Who gains and who loses: counted a second time row by row, and what must hold of any change."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import made
import polars as pl
import pytest
from engines import contest_of
from reference.markets import random_contest
from reference.words import contest as contest_in_words

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.simulate.apply import apply
from portaria.regulations.access.simulate.change import Change, Step, Target
from portaria.regulations.access.simulate.effects import Effects, effects
from portaria.regulations.access.simulate.groups import GAINING, KINDS, LOSING

NOTHING = Change("nothing.toml")


def more_seats(programme: str, seats: int) -> Change:
    step = Step("seats", Target((programme,)), "add", Decimal(seats), "seats[1]")
    return Change("change.toml", steps=(step,))


def of(contest: Contest, *changes: Change) -> Effects:
    return effects(contest, apply(contest, changes)[0])


def told(effects: Effects) -> dict[str, str]:
    return dict(effects.changes.select("candidate", "kind").iter_rows())


# --- small cases ---------------------------------------------------------------------------------


def test_one_seat_more_lets_a_chain_move_up(tmp_path):
    """x has one seat more: B leaves y for it, and C, who had nothing, gets the seat of B."""
    tables = contest_in_words(
        {"x": "A B", "y": "B C D"}, {"A": "x", "B": "x y", "C": "y", "D": "y"}
    )
    found = of(made.read(made.write(tables, tmp_path / "contest")), more_seats("x", 1))
    assert told(found) == {"B": "earlier_option", "C": "seat_gained"}
    assert (found.better, found.worse) == (2, 0)
    rows = {row["programme"]: row for row in found.programmes.iter_rows(named=True)}
    assert (rows["x"]["placed_before"], rows["x"]["placed_after"]) == (1, 2)
    assert (rows["x"]["entered"], rows["x"]["left"], rows["x"]["earlier_option"]) == (1, 0, 1)
    assert (rows["y"]["entered"], rows["y"]["left"], rows["y"]["seat_gained"]) == (1, 1, 1)
    assert (rows["x"]["last_grade_before"], rows["x"]["last_grade_after"]) == ("150.0", "145.0")


def test_a_seat_less_pushes_down_and_out(tmp_path):
    tables = contest_in_words(
        {"x": "A B", "y": "B C"}, {"A": "x", "B": "x y", "C": "y"}, {"x": {"seats": 2}}
    )
    found = of(made.read(made.write(tables, tmp_path / "contest")), more_seats("x", -1))
    assert told(found) == {"B": "later_option", "C": "seat_lost"}
    rows = {row["programme"]: row for row in found.programmes.iter_rows(named=True)}
    assert (rows["x"]["later_option"], rows["y"]["seat_lost"]) == (1, 1)


def test_the_same_seat_by_another_quota_is_neither_better_nor_worse(tmp_path):
    """An emigrant has her quota's seat; where the preference of the region comes, F has another."""
    tables = contest_in_words(
        {"x": "A F"}, {"A": "x", "F": "x"}, {"x": {"seats": 10}}, {"F": {"emigrant": True}}
    )
    here = made.read(made.write(tables, tmp_path / "contest"))
    found = of(here, Change("c.toml", quotas={"emigrant": Decimal(0)}))
    # At least one seat is kept all the same (10/3/b), so nothing moves.
    assert told(found) == {}
    people = here.tables["candidates"].with_columns(emigrant=pl.lit(False))
    other = effects(
        here, Contest(**{**vars(here), "tables": {**here.tables, "candidates": people}})
    )
    assert told(other) == {"F": "other_quota"}
    assert (other.better, other.worse) == (0, 0)


# --- what must hold ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_an_empty_change_changes_nobody(seed):
    contest = contest_of(random_contest(Random(seed), 60, 8, quotas=True))
    found = of(contest, NOTHING)
    assert found.changes.is_empty()
    assert set(found.kinds.values()) == {0}
    assert all(total.before == total.after for total in found.totals)
    moves = found.groups.select("entered", "left", *KINDS).fill_null(0)
    assert moves.sum().sum_horizontal().item() == 0


@pytest.mark.parametrize("ties", ["few", "many"])
def test_more_seats_hurt_nobody_in_a_contest_without_quotas(ties):
    """With one quota a programme with more seats turns away fewer of any group of applicants, so
    the proposals of the smaller contest suffice: each candidate keeps what she had or gets better.
    """
    rng, gained = Random(37), 0
    for seed in range(30):
        contest = contest_of(random_contest(Random(seed), 60, 8, quotas=False, ties=ties))
        programme = rng.choice(contest.tables["programmes"]["programme"].to_list())
        found = of(contest, more_seats(programme, rng.randint(1, 5)))
        assert found.worse == 0, (seed, programme)
        gained += found.better
    assert gained > 30


# --- counted a second time -----------------------------------------------------------------------

CHANGES = [
    lambda rng, codes: more_seats(rng.choice(codes), rng.randint(1, 6)),
    lambda rng, codes: Change(
        "c.toml", steps=(Step("seats", Target(), "percent", Decimal(-30), "seats[1]"),)
    ),
    lambda rng, codes: Change("c.toml", quotas={"azores": Decimal(30), "military": Decimal(20)}),
    lambda rng, codes: Change("c.toml", policy={"form_order": "valid_only"}),
    lambda rng, codes: Change(
        "c.toml", steps=(Step("min_grade", Target(), "set", Decimal(120), "min_grade[1]"),)
    ),
]


@pytest.mark.parametrize("seed", range(15))
def test_the_effects_are_those_of_the_two_results_row_by_row(seed):
    rng = Random(seed)
    contest = contest_of(random_contest(rng, 80, 10, quotas=True))
    codes = contest.tables["programmes"]["programme"].to_list()
    changed, _ = apply(contest, [CHANGES[seed % len(CHANGES)](rng, codes)])
    found = effects(contest, changed)
    fates = {
        row["candidate"]: [row, None]
        for row in result_tables(place(contest))["placements"].iter_rows(named=True)
    }
    for row in result_tables(place(changed))["placements"].iter_rows(named=True):
        fates[row["candidate"]][1] = row
    kinds = {who: kind for who, (a, b) in fates.items() if (kind := kind_of(a, b))}
    assert told(found) == kinds
    assert found.kinds == {kind: Counter(kinds.values())[kind] for kind in KINDS}
    for row in found.changes.iter_rows(named=True):
        for when, fate in zip(("before", "after"), fates[row["candidate"]], strict=True):
            for name in ("result", "programme", "option", "quota", "grade"):
                assert row[f"{name}_{when}"] == fate[name]
    people = {row["candidate"]: row for row in contest.tables["candidates"].iter_rows(named=True)}
    by_programme = found.programmes.with_columns(kind=pl.lit("programme"), group="programme")
    assert_counts(by_programme, "programme", fates, kinds, lambda fate: fate["programme"])
    assert_counts(found.groups, "quota", fates, kinds, lambda fate: fate["quota"])
    for name in ("area", "secondary_course", "has_final_grade"):
        rows = found.groups.filter(kind=name)
        for row in rows.iter_rows(named=True):
            own = [c for c in fates if word(people[c][name]) == row["group"]]
            assert row["candidates"] == len(own)
            for kind in KINDS:
                assert row[kind] == sum(kinds.get(c) == kind for c in own)
        assert rows["candidates"].sum() == len(fates)


def word(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def kind_of(before: dict[str, Any], after: dict[str, Any]) -> str | None:
    had, has = before["result"] == "placed", after["result"] == "placed"
    if had != has:
        return "seat_gained" if has else "seat_lost"
    if not had or (before["option"], before["quota"]) == (after["option"], after["quota"]):
        return None
    if before["option"] == after["option"]:
        return "other_quota"
    return "earlier_option" if after["option"] < before["option"] else "later_option"


def assert_counts(table: pl.DataFrame, kind: str, fates: Any, kinds: Any, group_of: Any) -> None:
    """A table of seat groups against the fates of everybody."""
    rows = {row["group"]: row for row in table.filter(kind=kind).iter_rows(named=True)}
    expected: dict[str, Counter[str]] = {group: Counter() for group in rows}
    for who, (before, after) in fates.items():
        was, is_now = (group_of(f) if f["result"] == "placed" else None for f in (before, after))
        if was is not None:
            expected[was]["placed_before"] += 1
            expected[was]["left"] += was != is_now
        if is_now is not None:
            expected[is_now]["placed_after"] += 1
            expected[is_now]["entered"] += was != is_now
        if kind_here := kinds.get(who):
            expected[was if kind_here in LOSING else is_now][kind_here] += 1
    columns = ("placed_before", "placed_after", "entered", "left", *KINDS)
    assert {g: {c: row[c] for c in columns} for g, row in rows.items()} == {
        group: {column: count[column] for column in columns} for group, count in expected.items()
    }


def test_the_groups_of_a_kind_add_to_the_totals():
    contest = contest_of(random_contest(Random(5), 120, 12, quotas=True))
    step = Step("seats", Target(), "percent", Decimal(40), "seats[1]")
    found = of(contest, Change("c.toml", steps=(step,)))
    assert found.better > 5
    for (kind,), rows in found.groups.group_by("kind"):
        for name in KINDS:
            assert rows[name].sum() == found.kinds[name], (kind, name)
    assert [found.programmes[name].sum() for name in (*GAINING, *LOSING)] == [
        found.kinds[name] for name in (*GAINING, *LOSING)
    ]


def test_subsystem_and_district_are_those_of_the_programme(tmp_path):
    tables = contest_in_words(
        {"x": "A", "y": "B"},
        {"A": "x", "B": "y"},
        {"x": {"subsystem": "university", "district": "Porto"}, "y": {"seats": 0}},
    )
    here = made.read(made.write(tables, tmp_path / "contest"))
    found = of(here, more_seats("y", 1))
    rows = {(r["kind"], r["group"]): r for r in found.groups.iter_rows(named=True)}
    assert rows["subsystem", "university"]["placed_before"] == 1
    assert rows["subsystem", ""]["seat_gained"] == 1
    assert Path(here.files["programmes"]).parent == tmp_path / "contest"


def test_one_seat_more_can_hurt_where_it_makes_two_quotas_larger(tmp_path):
    """3.5 % of 42 seats is 1.47, one seat; of 43 it is 1.505, two. Both islands gain one at once,
    so the general quota has one less: who was last there is out."""
    everyone = [f"G{number:02}" for number in range(41)]
    islanders = {"AZ1": "azores", "AZ2": "azores", "MD1": "madeira", "MD2": "madeira"}
    tables = contest_in_words(
        {"x": ""},
        dict.fromkeys([*everyone, *islanders], "x"),
        {"x": {"seats": 42}},
        {who: {island: "art11.1"} for who, island in islanders.items()},
    )
    for position, who in enumerate([*everyone, *islanders]):
        exam = {"candidate": who, "exam": "exam-x", "programme": None, "grade": 200 - position}
        tables["exams"].append(exam)
    found = of(made.read(made.write(tables, tmp_path / "contest")), more_seats("x", 1))
    assert told(found) == {"AZ2": "seat_gained", "MD2": "seat_gained", "G39": "seat_lost"}
