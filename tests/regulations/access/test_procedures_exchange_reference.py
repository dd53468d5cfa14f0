"""Exchanges of random pairs against art. 54 said again in plain Python over the tables."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from random import Random

import polars as pl
import pytest
from aftermath import Tables, applied, ask, failing, placed, random_tables
from reference.contest import Candidate, Programme, read_contest
from reference.grades import exam_grades, scored

from portaria.regulations.access.folder import Results
from portaria.regulations.access.procedures.phases import Phases

FIRST_DAY = date(2017, 9, 11)


class Plain:
    """Art. 54 of one placed contest."""

    def __init__(self, tables: Tables, results: Results) -> None:
        self.contest = read_contest(tables)
        rows = results.table("placements", pl.lit(True)).to_dicts()
        self.quota = {r["candidate"]: r["quota"] for r in rows}
        self.seat = {r["candidate"]: r["programme"] for r in rows if r["result"] == "placed"}

    def failing(self, first: str, second: str, later: date, on: date) -> set[str]:
        """What keeps the two from exchanging."""
        found = {f"exchange-placed {c}" for c in (first, second) if c not in self.seat}
        if not found:
            x, y = self.seat[first], self.seat[second]
            if x == y:
                found.add("exchange-other-programme")
            if self.exams(x) != self.exams(y):
                found.add("exchange-same-exams")
            for who, where in ((first, y), (second, x)):
                found |= {f"exchange-{what} {who}" for what in self.lacking(who, where)}
        if on > fifteenth(later):
            found.add("exchange-in-time")
        return found

    def exams(self, programme: str) -> set[frozenset[str]]:
        return {frozenset(exams) for exams in self.programme(programme).exam_sets.values()}

    def programme(self, code: str) -> Programme:
        return self.contest.programmes[code]

    def candidate(self, code: str) -> Candidate:
        return self.contest.candidates[code]

    def lacking(self, who: str, where: str) -> set[str]:
        """What the letters of 54/1 find wanting in `who` at `where`."""
        candidate, programme = self.candidate(who), self.programme(where)
        taken = exam_grades(candidate, programme)
        whole = {n: s for n, s in programme.exam_sets.items() if all(e in taken for e in s)}
        good = {n: s for n, s in whole.items() if all(taken[e] >= programme.min_exam for e in s)}
        wanting = set()
        if not whole:
            wanting.add("exams-taken")
        if not good:
            wanting.add("exam-minimum")
        grades = [self.grade(who, where, n, s) for n, s in (good or whole).items()]
        grade = max((g for g in grades if g is not None), default=None)
        if grade is None or grade < programme.min_grade:
            wanting.add("grade-minimum")
        if not self.prerequisite(candidate, programme):
            wanting.add("prerequisite")
        if not self.reaches_last(grade, where):
            wanting.add("last-placed")
        return wanting

    def grade(self, who: str, where: str, number: int, weights: dict) -> Fraction | None:
        candidate, programme = self.candidate(who), self.programme(where)
        taken = exam_grades(candidate, programme)
        exams = sum((taken[e] * w for e, w in weights.items()), Fraction(0)) / 100
        score = scored(candidate, programme, number, exams)
        return score.grade if score else None

    def prerequisite(self, candidate: Candidate, programme: Programme) -> bool:
        group = programme.prerequisite
        if group is None or programme.prerequisite_kind == "documentary":
            return True
        passed, r = candidate.prerequisites.get(group, (False, None))
        return passed and (programme.w_prerequisite == 0 or r is not None)

    def reaches_last(self, grade: Fraction | None, where: str) -> bool:
        here = [c for c, p in self.seat.items() if p == where]
        general = [self.own_grade(c, where) for c in here if self.quota[c] == "general"]
        if general:
            return grade is not None and grade >= min(general)
        return len([c for c in here if self.quota[c] != "additional"]) < self.programme(where).seats

    def own_grade(self, who: str, where: str) -> Fraction:
        """The grade with which she was placed there."""
        candidate, programme = self.candidate(who), self.programme(where)
        taken = exam_grades(candidate, programme)
        grades = [
            grade
            for n, s in programme.exam_sets.items()
            if all(e in taken and taken[e] >= programme.min_exam for e in s)
            and (grade := self.grade(who, where, n, s)) is not None
        ]
        return max(grades)


def fifteenth(day: date) -> date:
    """The fifteenth working day after, in a September and October of one national holiday."""
    left = 15
    while left:
        day += timedelta(1)
        if day.weekday() < 5 and day != date(2017, 10, 5):
            left -= 1
    return day


def compare(tables: Tables, results: Results, rng: Random, pairs: int) -> Counter[str]:
    """`pairs` random pairs, twice as often of programmes that ask for the same exams."""
    plain, phases = Plain(tables, results), Phases(results)
    people = sorted(plain.candidate(c).code for c in plain.quota)
    every = list(combinations(people, 2))
    seat = plain.seat
    alike = [
        (a, b)
        for a, b in every
        if a in seat and b in seat and seat[a] != seat[b]
        if plain.exams(seat[a]) == plain.exams(seat[b])
    ]
    chosen = rng.choices(every, k=pairs // 3)
    chosen += rng.choices(alike or every, k=pairs - len(chosen))
    answers: Counter[str] = Counter()
    for first, second in chosen:
        days = [FIRST_DAY + timedelta(rng.randrange(5)) for _ in range(2)]
        on = max(days) + timedelta(rng.randrange(30))
        dates = dict(zip(("enrolled_first", "enrolled_second"), days, strict=True))
        outcome = ask(phases, first, second, **dates, on=on)
        assert failing(outcome) == plain.failing(first, second, max(days), on), (first, second)
        answers[outcome.answer] += 1
        back = dict(zip(("enrolled_second", "enrolled_first"), days, strict=True))
        mirror = ask(phases, second, first, **back, on=on)
        assert failing(mirror) == failing(outcome)
        assert set(mirror.changes) == set(outcome.changes)
        lists = applied(seat, outcome.changes)
        if outcome.changes:
            assert {c for c in seat if seat[c] != lists[c]} == {first, second}
            assert (lists[first], lists[second]) == (seat[second], seat[first])
            swapped = tuple(reversed(outcome.changes))
            again = {c.candidate: seat[c.candidate] for c in swapped}
            assert {**lists, **again} == seat
    return answers


@pytest.mark.rules("exchange", "exchange-same-exams", "exchange-last-placed", "exchange-in-time")
@pytest.mark.parametrize("seed", range(4))
def test_random_pairs(seed, tmp_path):
    rng = Random(f"exchange {seed}")
    tables = random_tables(rng, 60, 8, quotas=seed % 2 == 0)
    answers = compare(tables, placed(tables, tmp_path), rng, 60)
    assert answers["refused"]


@pytest.mark.long
def test_thousands_of_random_pairs(tmp_path):
    answers: Counter[str] = Counter()
    for seed in range(40):
        rng = Random(f"exchanges {seed}")
        tables = random_tables(rng, 80, 10, quotas=seed % 2 == 0)
        answers += compare(tables, placed(tables, tmp_path, f"c{seed}"), rng, 150)
    assert min(answers["accepted"], answers["refused"]) > 100
