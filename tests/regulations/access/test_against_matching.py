"""The program against an outside library, where both speak of the same thing.

`matching` plays the hospital-resident game with strict preferences: it has no quotas, no ties that
open seats and no further seats. In contests without them its resident-optimal answer is ours. The
preferences it gets are computed here, from the tables, with fractions.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from typing import Any

import pytest
from engines import portaria
from matching.games import HospitalResident
from reference.words import candidate, programme

Tables = dict[str, list[dict[str, Any]]]


def strict_contest(rng: Random, people: int, places: int) -> Tables:
    """Every programme asks for an exam; secondary grades all differ, so that nobody is tied."""
    tables: Tables = {
        "programmes": [],
        "exam_sets": [],
        "candidates": [],
        "exams": [],
        "options": [],
    }
    for number in range(places):
        code, weight = f"p{number:03d}", rng.randint(35, 65)
        seats = rng.randint(1, max(1, round(1.4 * people / places)))
        tables["programmes"].append(programme(code, seats=seats, w_secondary=Decimal(100 - weight)))
        key = {"programme": code, "set": 1, "exam": str(number % 8)}
        tables["exam_sets"].append({**key, "weight": Decimal(weight)})
    grades = rng.sample(range(1000, 2000), people)
    for number, grade in enumerate(grades):
        code = f"c{number:04d}"
        tables["candidates"].append(candidate(code, secondary=Decimal(grade) / 10))
        for exam in range(8):
            # Few grades, so that the tie-break has work to do.
            row = {"candidate": code, "exam": str(exam), "grade": rng.choice([110, 120, 135, 150])}
            tables["exams"].append(row)
        form = rng.sample(range(places), rng.randint(1, min(6, places)))
        for order, place in enumerate(form, start=1):
            tables["options"].append(
                {"candidate": code, "order": order, "programme": f"p{place:03d}"}
            )
    return tables


def preferences(tables: Tables) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Forms by candidate and strict orders by programme, of those who wrote it (33/1, 35)."""
    s = {row["candidate"]: Fraction(row["secondary"]) for row in tables["candidates"]}
    exams = {(row["candidate"], row["exam"]): row["grade"] for row in tables["exams"]}
    asks = {row["programme"]: (row["exam"], Fraction(row["weight"])) for row in tables["exam_sets"]}
    keys: dict[str, dict[str, tuple[int, Fraction, Fraction]]] = {code: {} for code in asks}
    forms: dict[str, list[str]] = {}
    for row in sorted(tables["options"], key=lambda row: (row["candidate"], row["order"])):
        who, code = row["candidate"], row["programme"]
        exam, weight = asks[code]
        part = exams[who, exam] * weight / 100
        grade = s[who] * (100 - weight) / 100 + part
        keys[code][who] = (floor(grade * 10 + Fraction(1, 2)), part, s[who])
        forms.setdefault(who, []).append(code)
    orders = {
        code: sorted(here, key=lambda c: here[c], reverse=True) for code, here in keys.items()
    }
    return forms, orders


def library(tables: Tables) -> dict[str, str]:
    """Candidate to programme, resident-optimal. The library knows no programme nobody wrote."""
    forms, orders = preferences(tables)
    orders = {code: order for code, order in orders.items() if order}
    seats = {row["programme"]: row["seats"] for row in tables["programmes"]}
    game = HospitalResident.create_from_dictionaries(
        forms, orders, {code: seats[code] for code in orders}
    )
    answer = game.solve(optimal="resident")
    return {who.name: code.name for code, several in answer.items() for who in several}


def program(tables: Tables) -> dict[str, str]:
    result = portaria(tables)
    assert not any(row["tie_extra"] or row["additional"] for row in result["seats"])
    _forms, orders = preferences(tables)
    for code, order in orders.items():
        assert [r["candidate"] for r in result["rankings"] if r["programme"] == code] == order
    return {r["candidate"]: r["programme"] for r in result["placements"] if r["result"] == "placed"}


@pytest.mark.rules("placement-by-preference", "best-option-kept", "ranking", "tie-break")
def test_thirty_strict_contests():
    for seed in range(30):
        rng = Random(seed)
        tables = strict_contest(rng, rng.randint(5, 60), rng.randint(2, 12))
        assert program(tables) == library(tables), f"seed {seed}"


@pytest.mark.rules("placement-by-preference")
def test_a_contest_of_600_by_40():
    tables = strict_contest(Random(2017), 600, 40)
    mine = program(tables)
    assert mine == library(tables)
    assert 300 < len(mine) < 600  # neither everybody nor hardly anybody has a seat
