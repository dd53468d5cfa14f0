"""Recruitment lists: what holds for any procedure, on any day; and every fault."""

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from .evaluation import evaluate
from .procedure import BadProcedure
from .random_faults import FAULTS, fault_of
from .random_procedures import random_day, random_policy, random_procedure

SEEDS = range(400)
LATER = date(2027, 6, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_list_is_final_or_says_why_not(seed: int) -> None:
    """And never while its hearing is open."""
    on = random_day(seed)
    found = evaluate(random_procedure(seed), on, random_policy(seed))
    first, second = found["lists"]
    for row in found["lists"]:
        if row["state"] == "unpublished":
            assert row["published"] is None
            continue
        assert (row["state"] == "final") == (row["blocks"] == [])
        final = row["final_from"] is not None and row["final_from"] <= on
        assert (row["state"] == "final") == final
        if row["hearing_until"] is not None and on <= row["hearing_until"]:
            assert "hearing-open" in row["blocks"]
    assert second["state"] != "final" or first["state"] == "final"


@pytest.mark.parametrize("seed", SEEDS)
def test_ranks_are_those_of_a_competition(seed: int) -> None:
    """1, 1, 3; scores fall with the rank; no more are selected than there are posts."""
    tables, policy = random_procedure(seed), random_policy(seed)
    found = evaluate(tables, random_day(seed), policy)
    ranked = [row for row in found["ranking"] if row["result"] == "ranked"]
    for number, row in enumerate(ranked, 1):
        assert row["rank"] <= number
        assert row["rank"] == number or ranked[number - 2]["rank"] == row["rank"]
        assert number == 1 or row["score"] <= ranked[number - 2]["score"]
        assert 0 <= row["exact"] <= 20
        assert abs(row["score"] - row["exact"]) <= Fraction(1, 200)
    posts = tables["notice"]["posts"]
    assert sum(row["selected"] is True for row in ranked) <= posts
    if len(ranked) >= posts and not any(row["selected"] is None for row in ranked):
        assert sum(row["selected"] is True for row in ranked) == posts


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_is_on_the_lists_once_and_no_exclusion_is_silent(seed: int) -> None:
    tables = random_procedure(seed)
    found = evaluate(tables, random_day(seed), random_policy(seed))
    everybody = sorted(row["candidate"] for row in tables["candidates"])
    if found["admission"]:
        assert sorted(row["candidate"] for row in found["admission"]) == everybody
    admitted = {row["candidate"] for row in found["admission"] if row["result"] == "admitted"}
    if found["lists"][1]["state"] != "unpublished":
        assert {row["candidate"] for row in found["ranking"]} == admitted
    for row in (*found["admission"], *found["ranking"]):
        why = row.get("reason") or row.get("reason_code")
        assert (row["result"] == "excluded") == bool(why and row["clause"])
    for table in found["public"].values():
        assert all(set(row) <= {"name", "result", "rank", "score"} for row in table)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_rows_means_nothing(seed: int) -> None:
    tables, on, policy = random_procedure(seed), random_day(seed), random_policy(seed)
    turned = {
        name: table[::-1] if isinstance(table, list) else table for name, table in tables.items()
    }
    assert evaluate(turned, on, policy) == evaluate(tables, on, policy)


@pytest.mark.parametrize("seed", SEEDS[:200])
def test_what_comes_later_is_not_known_yet(seed: int) -> None:
    """Rows of after that day change nothing; a final list stays final with what is known."""
    tables, on, policy = random_procedure(seed), random_day(seed), random_policy(seed)
    before = evaluate(tables, on, policy)
    answers = [row for row in tables["answers"] if row["received_on"] <= str(on)]
    fewer = {
        **tables,
        "lists": [row for row in tables["lists"] if row["published"] <= str(on)],
        "answers": [
            row | {"decided_on": "", "outcome": "", "criterion": "", "score": ""}
            if row["decided_on"] > str(on)
            else row
            for row in answers
        ],
    }
    assert evaluate(fewer, on, policy) == before
    after = evaluate(fewer, LATER, policy)
    for one, other in zip(before["lists"], after["lists"], strict=True):
        assert one["final_from"] == other["final_from"]
        assert other["state"] in ("final", one["state"])
        assert (other["state"] == "final") == (one["final_from"] is not None)


@pytest.mark.parametrize("seed", range(3 * len(FAULTS)))
def test_a_fault_is_found(seed: int) -> None:
    with pytest.raises(BadProcedure) as refused:
        evaluate(random_procedure(seed, faulty=True), LATER)
    assert fault_of(seed) in {fault.code for fault in refused.value.faults}


def test_a_cell_has_one_fault() -> None:
    """What could not be read is not missing too."""
    tables = random_procedure(1)
    who = tables["candidates"][0]["candidate"]
    tables["decisions"] = [{"candidate": who, "result": "excluded", "reason": 5, "clause": "x"}]
    tables["answers"] = []
    with pytest.raises(BadProcedure) as refused:
        evaluate(tables, LATER)
    assert refused.value.faults == (("decisions", 2, "reason", "not-a-text"),)


def test_a_better_score_is_never_a_worse_rank() -> None:
    for seed in SEEDS[:100]:
        tables, policy = random_procedure(seed), random_policy(seed)
        tables["answers"] = []
        before = {row["candidate"]: row for row in evaluate(tables, LATER, policy)["ranking"]}
        row = Random(seed).choice(tables["scores"] or [{"candidate": "", "score": "20"}])
        row["score"] = "20"
        after = {row["candidate"]: row for row in evaluate(tables, LATER, policy)["ranking"]}
        if before.get(row["candidate"], {}).get("rank"):
            assert after[row["candidate"]]["rank"] <= before[row["candidate"]]["rank"]
