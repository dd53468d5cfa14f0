"""Phases 2 and 3 against the slow reference, and what must hold over a whole year."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from reference.later import place_later
from reference.later_markets import LaterContest, random_later_contest, write_later_contest

from portaria.core.problem import Problem
from portaria.regulations.access.compare import compare
from portaria.regulations.access.contest import Contest, read_contest
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.year import year

Row = dict[str, Any]
TABLES = ("placements", "seats", "last_placed", "holders")
CODES = ("candidate", "programme", "congener")
EXACT = ("grade", "exam_part", "tie_1", "tie_2")


def together(contests: list[LaterContest]) -> LaterContest:
    """Contests of one phase side by side in one, their codes told apart by a number before."""

    def apart(number: int, row: Row) -> Row:
        return {
            name: f"{number:05d}-{value}" if name in CODES and value is not None else value
            for name, value in row.items()
        }

    tables: defaultdict[str, list[Row]] = defaultdict(list)
    previous: defaultdict[str, list[Row]] = defaultdict(list)
    for number, contest in enumerate(contests):
        for whole, part in ((tables, contest.tables), (previous, _with_holders(contest))):
            for name, rows in part.items():
                whole[name] += [apart(number, row) for row in rows]
    for whole in (tables, previous):
        for name, rows in whole.items():
            columns = dict.fromkeys(column for row in rows for column in row)
            whole[name] = [columns | row for row in rows]
    return LaterContest(contests[0].phase, dict(tables), dict(previous))


def _with_holders(contest: LaterContest) -> dict[str, list[Row]]:
    """One table of holders for all, where some leave it to the placements."""
    if "holders" in contest.previous:
        return contest.previous
    placed = [row for row in contest.previous["placements"] if row["result"] == "placed"]
    names = ("candidate", "programme", "quota")
    holders = [{name: row[name] for name in names} | {"phase": 1} for row in placed]
    return contest.previous | {"holders": holders}


def read(contest: LaterContest, folder: Path) -> tuple[Contest | None, list[Problem]]:
    folder.mkdir()
    write_later_contest(contest, folder)
    return read_contest(folder)


def portaria(contest: LaterContest, folder: Path) -> dict[str, list[Row]]:
    """What the program gives, exact numbers as fractions."""
    opened, problems = read(contest, folder)
    assert opened is not None, [str(problem.message) for problem in problems]
    return {
        name: [
            {
                column: Fraction(value) if column in EXACT and value is not None else value
                for column, value in row.items()
                if column not in ("reason", "clause", "general")
            }
            for row in frame.iter_rows(named=True)
        ]
        for name, frame in result_tables(place(opened)).items()
    }


def by_contest(rows: list[Row]) -> dict[int, list[Row]]:
    """The rows of `together` told apart again."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        number = int(next(str(row[name])[:5] for name in CODES if name in row))
        shorn = {
            name: str(value)[6:] if name in CODES and value is not None else value
            for name, value in row.items()
        }
        found[number].append(shorn)
    return found


def in_order(rows: list[Row]) -> list[str]:
    return sorted(str(sorted((name, str(value)) for name, value in row.items())) for row in rows)


def differences(contests: list[LaterContest], folder: Path) -> list[tuple[int, str]]:
    """Contest and table in which the program and the reference differ, none where they agree."""
    mine = {name: by_contest(rows) for name, rows in portaria(together(contests), folder).items()}
    return [
        (number, name)
        for number, contest in enumerate(contests)
        for theirs in (place_later(contest.tables, contest.previous, contest.phase),)
        for name in TABLES
        if in_order(mine[name].get(number, [])) != in_order(theirs[name])
    ]


def drawn(seeds: range, phase: int, candidates: int, programmes: int, **how: Any) -> Iterator:
    for seed in seeds:
        rng = Random(seed)
        sizes = rng.randint(3, candidates), rng.randint(2, programmes)
        yield random_later_contest(rng, *sizes, phase=phase, **how)


@pytest.mark.rules(
    "single-quota", "later-phase-seats", "rectified-seats-freed", "one-seat", "opened-seats",
    "placed-again", "freed-seats", "enrolment-lapses", "terms-published",
)  # fmt: skip
@pytest.mark.parametrize("phase", [2, 3])
@pytest.mark.parametrize("first", [0, 1000])
def test_random_contests_agree_with_the_reference(tmp_path, phase, first):
    contests = list(drawn(range(first, first + 75), phase, 14, 5))
    assert differences(contests, tmp_path / "all") == []


@pytest.mark.parametrize("phase", [2, 3])
def test_larger_contests_agree_with_the_reference(tmp_path, phase):
    contests = list(drawn(range(7000, 7012), phase, 80, 12))
    assert differences(contests, tmp_path / "all") == []


@pytest.mark.long
@pytest.mark.parametrize("phase", [2, 3])
@pytest.mark.parametrize("batch", range(20))
def test_many_small_contests_agree_with_the_reference(tmp_path, phase, batch):
    """20,000 of them, 500 in a folder."""
    first = 100_000 * phase + 500 * batch
    contests = list(drawn(range(first, first + 500), phase, 8, 4, quotas=False))
    assert differences(contests, tmp_path / "all") == []


@pytest.mark.long
@pytest.mark.parametrize("phase", [2, 3])
@pytest.mark.parametrize("batch", range(20))
def test_many_contests_with_every_rule_agree_with_the_reference(tmp_path, phase, batch):
    first = 5_000_000 + 100_000 * phase + 100 * batch
    contests = list(drawn(range(first, first + 100), phase, 25, 6))
    for number, contest in enumerate(contests):
        assert differences([contest], tmp_path / str(number)) == []


def test_rows_in_any_order_give_the_same(tmp_path):
    for seed, contest in enumerate(drawn(range(300, 306), 2, 40, 6)):
        rng = Random(seed)
        shuffled = LaterContest(
            contest.phase,
            {name: rng.sample(rows, len(rows)) for name, rows in contest.tables.items()},
            {name: rng.sample(rows, len(rows)) for name, rows in contest.previous.items()},
        )
        one = portaria(contest, tmp_path / f"{seed}-a")
        other = portaria(shuffled, tmp_path / f"{seed}-b")
        assert one == other


# --- what is wrong in the tables -----------------------------------------------------------------


def codes(contest: LaterContest, folder: Path) -> list[tuple[str, str]]:
    _contest, problems = read(contest, folder)
    return sorted({(p.file, p.code) for p in problems if p.severity == "error"})


def test_a_programme_without_seats_before_is_refused(tmp_path):
    contest = next(drawn(range(1, 2), 2, 14, 5))
    contest.previous["seats"].pop()
    assert codes(contest, tmp_path / "c") == [("programmes.csv", "programme-not-in-previous")]


def test_who_is_enrolled_without_a_seat_is_refused(tmp_path):
    contest = next(drawn(range(1, 2), 2, 14, 5))
    row = {"candidate": "nobody", "enrolled": True, "programme": None, "cancelled": False}
    contest.tables["enrolments"].append(row)
    assert codes(contest, tmp_path / "c") == [("enrolments.csv", "enrolled-without-seat")]


@pytest.mark.rules("opened-seats")
def test_more_seats_than_art_47_allows_are_refused(tmp_path):
    contest = next(c for c in drawn(range(50), 3, 14, 5) if c.tables["opened"])
    contest.tables["opened"][0]["seats"] = 1000
    assert codes(contest, tmp_path / "c") == [("opened.csv", "too-many-seats-opened")]


@pytest.mark.parametrize("name", ["placements", "seats"])
def test_results_of_the_phase_before_must_be_there(tmp_path, name):
    contest = next(drawn(range(1, 2), 2, 14, 5))
    folder = tmp_path / "c"
    folder.mkdir()
    write_later_contest(contest, folder)
    (folder / "previous" / f"{name}.csv").unlink()
    _contest, problems = read_contest(folder)
    assert ("previous/" + name + ".csv", "missing-table") in {(p.file, p.code) for p in problems}


def test_phase_3_needs_to_know_what_is_opened(tmp_path):
    contest = next(drawn(range(1, 2), 3, 14, 5))
    folder = tmp_path / "c"
    folder.mkdir()
    write_later_contest(contest, folder)
    (folder / "opened.csv").unlink(missing_ok=True)
    _contest, problems = read_contest(folder)
    assert ("opened.csv", "missing-table") in {(p.file, p.code) for p in problems}


@pytest.mark.parametrize("phase", ["0", "4", "true", '"2"', "2.0", "2.5"])
def test_a_phase_that_the_edition_has_not_is_refused(tmp_path, phase):
    contest = next(drawn(range(1, 2), 2, 14, 5))
    folder = tmp_path / "c"
    folder.mkdir()
    write_later_contest(contest, folder)
    (folder / "contest.toml").write_text(f'edition = "pt-national-2017"\nphase = {phase}\n')
    _contest, problems = read_contest(folder)
    assert "unsupported-phase" in {p.code for p in problems}


@pytest.mark.rules("placed-again", "single-quota", "opened-seats", "terms-published")
@pytest.mark.parametrize(
    ("phase", "general", "kept"), [(2, "211-A 44/2", "211-A 45/1"), (3, "211-A 49/2", "211-A 50/1")]
)
def test_decisions_cite_the_articles_of_their_own_phase(tmp_path, phase, general, kept):
    seen = set()
    for number, contest in enumerate(drawn(range(40, 70), phase, 25, 5)):
        opened, _problems = read(contest, tmp_path / str(number))
        tables = result_tables(place(opened))
        for name in ("placements", "options_outcome"):
            seen |= set(tables[name].select("reason", "clause").iter_rows())
    cited = {reason: clause for reason, clause in seen if reason != "excluded"}
    assert cited["placed-general"] == general
    assert cited["seat-kept"] == cited["no-better-than-the-seat-held"] == kept
    assert cited["placed-tied-for-last-seat"] == "211-A 37/5"
    if phase == 3:
        assert cited["programme-not-opened"] == "211-A 47/1"


def test_seats_of_the_phase_before_are_whole_and_of_a_phase_before(tmp_path):
    contest = next(drawn(range(9, 10), 2, 20, 4))
    placed = next(r for r in contest.previous["placements"] if r["result"] == "placed")
    placed["quota"] = None
    holders = _with_holders(contest)["holders"]
    holders[0] = holders[0] | {"phase": 2}
    contest.previous["holders"] = holders
    assert ("previous/placements.csv", "placed-without-seat") in codes(contest, tmp_path / "a")
    placed["quota"] = "Additional"
    assert ("previous/placements.csv", "not-allowed") in codes(contest, tmp_path / "b")
    placed["quota"] = "general"
    assert codes(contest, tmp_path / "c") == [("previous/holders.csv", "holders-of-later-phase")]


def test_empty_adjustments_are_zero(tmp_path):
    contest = next(drawn(range(1, 2), 2, 14, 5))
    programme = contest.tables["programmes"][0]["programme"]
    for number, row in enumerate([{"vl2": None, "vr": 1}, {"vl2": 1, "vr": None}]):
        contest.tables["adjustments"] = [{"programme": programme} | row]
        assert codes(contest, tmp_path / str(number)) == []


def test_an_extra_column_of_any_name_is_kept_and_decides_nothing(tmp_path):
    contest = next(c for c in drawn(range(50), 3, 14, 5) if c.tables["opened"])
    expected = portaria(contest, tmp_path / "plain")
    for row in contest.tables["opened"]:
        row |= {"limit": 0, "value": "x"}
    assert portaria(contest, tmp_path / "extra") == expected


def test_nobody_fares_differently_in_a_later_phase(tmp_path):
    """The readings are of the first phase: a later one has nothing to compare."""
    opened, _problems = read(next(drawn(range(4, 5), 2, 30, 5)), tmp_path / "c")
    assert list(compare(opened)) == []


def test_audit_readings_are_of_the_first_phase(tmp_path):
    contest = next(drawn(range(1, 2), 2, 14, 5))
    folder = tmp_path / "c"
    folder.mkdir()
    write_later_contest(contest, folder, {"placement": "literal"})
    _contest, problems = read_contest(folder)
    assert "reading-first-phase-only" in {p.code for p in problems}


# --- a whole year --------------------------------------------------------------------------------


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=[(1500, 60, 1), (3000, 50, 2)], ids=["roomy", "crowded"])
def whole_year(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    year(folder, *request.param)
    return folder


def test_nobody_is_in_two_places(whole_year):
    for phase in (1, 2, 3):
        for name in ("holders", "placements"):
            people = [row["candidate"] for row in table(whole_year / f"results-{phase}", name)]
            assert len(people) == len(set(people))


def test_no_seat_is_taken_twice(whole_year):
    """The seats of a programme, with those that ties opened, cover everyone who has one there,
    leaving out art. 9/2; and none is lost: what is not held is left over or was not put up."""
    seats = {p: [] for p in ("1", "2", "3")}
    for phase in seats:
        seats[phase] = {r["programme"]: r for r in table(whole_year / f"results-{phase}", "seats")}
    won = {row["candidate"]: row for row in table(whole_year / "results-1", "holders")}
    lapsed = Counter(  # enrolments cancelled: their seats are put up by nobody (42/1)
        won[row["candidate"]]["programme"]
        for row in table(whole_year / "phase-2", "enrolments")
        if row["cancelled"] == "true" and won[row["candidate"]]["quota"] != "additional"
    )
    assert lapsed
    exact = 0
    for phase in (1, 2, 3):
        held = Counter(
            row["programme"]
            for row in table(whole_year / f"results-{phase}", "holders")
            if row["quota"] != "additional"
        )
        for programme, first in seats["1"].items():
            room = int(first["seats"])
            ties = sum(int(seats[str(p)][programme]["tie_extra"]) for p in range(1, phase + 1))
            ones = phase > 1 and int(first["leftover"]) > 0  # art. 42/2 may open one
            assert held[programme] <= room + ties + ones, (phase, programme)
            if phase == 2:
                row = seats["2"][programme]
                formula = sum(int(row[n]) for n in ("vs1", "vsm", "vl2")) - int(row["ve"])
                if formula == int(row["base"]) and formula + int(row["vl"]) >= 0:
                    left = int(row["leftover"]) + lapsed[programme]
                    assert held[programme] == room - left + int(row["tie_extra"]), programme
                    exact += 1
    assert exact > 10


def test_people_are_conserved(whole_year):
    """Whoever had a seat that stood still has one, the same or another."""
    for phase in (2, 3):
        before = {
            row["candidate"]: row["programme"]
            for row in table(whole_year / f"results-{phase - 1}", "holders")
        }
        standing = {
            row["candidate"]
            for row in table(whole_year / f"phase-{phase}", "enrolments")
            if row["enrolled"] == "true" and row["cancelled"] != "true"
        } & set(before)
        after = {
            row["candidate"]: row["programme"]
            for row in table(whole_year / f"results-{phase}", "holders")
        }
        placements = {
            row["candidate"]: row for row in table(whole_year / f"results-{phase}", "placements")
        }
        placed = {c for c, row in placements.items() if row["result"] == "placed"}
        assert set(after) == standing | placed
        kept = standing - placed
        assert all(after[who] == before[who] for who in kept)
        shown = {c for c, row in placements.items() if row["quota"] == "held"}
        assert shown == kept & set(placements)
        quota = {
            row["candidate"]: row["quota"]
            for row in table(whole_year / f"results-{phase - 1}", "holders")
        }
        left = Counter(before[w] for w in standing & placed if quota[w] != "additional")
        closed = set(before.values())
        if phase == 3:
            closed -= {row["programme"] for row in table(whole_year / "phase-3", "opened")}
        else:
            closed = set()
        for row in table(whole_year / f"results-{phase}", "seats"):
            expected = 0 if row["programme"] in closed else left[row["programme"]]
            assert int(row["vl"]) == expected, (phase, row["programme"])


def test_the_same_seed_gives_the_same_year(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert year(tmp_path / "a", 400, 30, 9) == year(tmp_path / "b", 400, 30, 9)
    for phase in (1, 2, 3):
        for one in (tmp_path / "a" / f"results-{phase}").glob("*.csv"):
            assert one.read_bytes() == (tmp_path / "b" / f"results-{phase}" / one.name).read_bytes()
