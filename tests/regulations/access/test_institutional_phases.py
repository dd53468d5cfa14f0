"""Further phases of a college (211-B 29/2): the sum said again, and the plain placement."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl
import pytest
import reference
from reference.later_markets import LaterContest, write_later_contest

from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables

from .test_institutional import college, without_claims

Rows = list[dict]


def further_phase(seed: int) -> tuple[LaterContest, dict[str, int]]:
    """A phase 2 after a phase 1 placed by the reference, and the seats that 29/2 gives."""
    rng = Random(seed)
    tables = without_claims(college(rng, rng.randint(4, 16), rng.randint(2, 4)))
    codes = [row["candidate"] for row in tables["candidates"]]
    first = set(rng.sample(codes, rng.randint(1, len(codes))))
    one = {
        name: [row for row in rows if row.get("candidate") is None or row["candidate"] in first]
        for name, rows in tables.items()
    }
    before = reference.place(one, {})
    enrolments, missing = [], dict.fromkeys((row["programme"] for row in tables["programmes"]), 0)
    for row in before["placements"]:
        if row["result"] != "placed" or rng.random() < 0.1:
            missing[row["programme"]] = missing.get(row["programme"], 0) + (
                row["result"] == "placed"
            )
            continue  # an absent row is not enrolled
        enrolled, cancelled = rng.random() < 0.7, rng.random() < 0.2
        missing[row["programme"]] += not enrolled or cancelled
        enrolments.append(
            {
                "candidate": row["candidate"],
                "enrolled": enrolled,
                "programme": None,
                "cancelled": cancelled,
            }
        )
    used = {p: rng.choice([0, 0, 0, 1, 2]) for p in missing if p is not None}
    seats = {
        row["programme"]: max(
            0,
            row["leftover"] + missing[row["programme"]] - row["tie_extra"] - used[row["programme"]],
        )
        for row in before["seats"]
    }
    again = set(rng.sample(codes, rng.randint(1, len(codes))))
    held = {row["candidate"] for row in enrolments if row["enrolled"] and not row["cancelled"]}
    again -= held  # the text does not say what comes of somebody enrolled who applies again
    two = {
        name: [row for row in rows if row.get("candidate") is None or row["candidate"] in again]
        for name, rows in tables.items()
    }
    two["enrolments"] = enrolments
    two["adjustments"] = [{"programme": p, "vl2": 0, "vr": count} for p, count in used.items()]
    previous = {"placements": before["placements"], "seats": before["seats"]}
    return LaterContest(2, two, previous), seats


@pytest.mark.rules("later-phase-seats", "cancelled-enrolments", "single-quota", "terms-published")
@pytest.mark.parametrize("first", range(0, 200, 20))
def test_further_phases_are_the_sum_of_29_2_and_a_plain_placement(tmp_path: Path, first: int):
    placed = 0
    for seed in range(first, first + 20):
        contest, seats = further_phase(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        write_later_contest(contest, folder)
        (folder / "contest.toml").write_text('edition = "pt-institutional-2017"\nphase = 2\n')
        read, problems = read_contest(folder)
        assert read is not None, [str(p.message) for p in problems]
        tables = result_tables(place(read))
        mine = {r["programme"]: r["seats"] for r in tables["seats"].iter_rows(named=True)}
        assert mine == seats, seed
        plain = dict(contest.tables)
        plain["programmes"] = [
            row | {"seats": seats[row["programme"]]} for row in plain["programmes"]
        ]
        theirs = {
            row["candidate"]: (row["result"], row["programme"])
            for row in reference.place(plain, {})["placements"]
        }
        ours = {
            row["candidate"]: (row["result"], row["programme"])
            for row in tables["placements"].iter_rows(named=True)
        }
        assert ours == theirs, seed
        for name in ("placements", "options_outcome"):
            decided = tables[name].filter(pl.col("reason") != "excluded")
            assert decided["clause"].str.starts_with("211-B ").all()
        placed += sum(result == "placed" for result, _ in ours.values())
    assert placed > 20


def test_seats_freed_by_rectifications_have_no_place_in_the_sum(tmp_path: Path):
    contest, _seats = further_phase(3)
    contest.tables["adjustments"][0]["vl2"] = 1
    folder = tmp_path / "c"
    folder.mkdir()
    write_later_contest(contest, folder)
    (folder / "contest.toml").write_text('edition = "pt-institutional-2017"\nphase = 2\n')
    _contest, problems = read_contest(folder)
    assert [(p.file, p.column, p.code) for p in problems if p.severity == "error"] == [
        ("adjustments.csv", "vl2", "freed-seats-not-counted")
    ]
