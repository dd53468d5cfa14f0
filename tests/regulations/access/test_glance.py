"""A contest at a glance: the figures are those of the result tables."""

from __future__ import annotations

from decimal import Decimal

import made
from reference.words import Changes, contest

from portaria.regulations.access.glance import Glance, Hard, glance
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables


def glance_of(tables, folder) -> Glance:
    read = made.read(made.write(tables, folder / "contest"))
    return glance(result_tables(place(read)), read, hardest=2)


def test_a_contest_at_a_glance(tmp_path):
    # x: N without final grade and a further seat for A; y: B and C tied; z stays empty.
    people: Changes = {
        "N": {"has_final_grade": False},
        "E": {"excluded": "56/1/a"},
        "M": {"emigrant": True},
    }
    at: Changes = {"y": {"seats": 2}, "z": {"seats": 3}}
    lists = {"x": "N A D", "y": "B=C M D", "z": ""}
    forms = {"N": "x", "A": "x", "B": "y", "C": "y", "D": "x y", "M": "y", "E": "x"}
    told = glance_of(contest(lists, forms, at, people), tmp_path)
    assert told == Glance(
        title="Concurso nacional de acesso e ingresso no ensino superior público, 2017-2018",
        phase=1,
        candidates=7,
        placed=5,
        not_placed=1,
        excluded=1,
        kept=0,
        freed=0,
        by_option={1: 5},
        by_quota={"emigrant": 1, "general": 3, "additional": 1},
        seats=6,
        leftover=3,
        tie_extra=1,
        additional=1,
        hardest=(
            Hard("x", "", "", Decimal("150.0")),
            Hard("y", "", "", Decimal("150.0")),
        ),
    )


def test_a_contest_of_nobody(tmp_path):
    told = glance_of(contest({"x": ""}, {}), tmp_path)
    assert (told.candidates, told.placed, told.by_option, told.hardest) == (0, 0, {}, ())
    assert (told.seats, told.leftover) == (1, 1)
