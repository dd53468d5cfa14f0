"""Random procedures of generated candidates, by seed; `faulty` ones hold one kind of fault.

Cells are texts, as a CSV file has them; `notice` holds what notice.toml would. They are small, so
that names, scores and the last post are often tied, and hearings often still open.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from .random_faults import put_fault
from .readings import READINGS

Row = dict[str, Any]
Tables = dict[str, Any]

NAMES = ("ana", "bia", "eva", "ida", "rui", "gil", "leo", "zoe")
WEIGHTS = (("100",), ("50", "50"), ("60", "40"), ("70,0", "30.0"), ("33.3", "33.3", "33.4"))
REASONS = ("not in the career", "late", "no identity copy")
ONE = timedelta(days=1)


def random_day(seed: int) -> date:
    """The day on which the procedure of this seed is looked at."""
    rng = Random(f"day {seed}")
    return published_on(seed) + rng.randrange(110) * ONE


def published_on(seed: int) -> date:
    return date(2017, 7, 3) + Random(f"notice {seed}").randrange(1500) * ONE


def random_policy(seed: int) -> dict[str, str]:
    """Readings that a whole procedure can show; about half of them are the defaults."""
    rng = Random(f"policy {seed}")
    names = ("municipal_day", "hearing_days", "open_answers", "late_answer", "final_score", "ties")
    return {name: rng.choice(READINGS[name].choices) for name in names if rng.random() < 0.5}


def random_procedure(seed: int, faulty: bool = False) -> Tables:
    """The tables; a faulty procedure has the fault `fault_of(seed)`."""
    rng = Random(seed)
    start = published_on(seed)
    people = rng.sample(NAMES, rng.randint(1, 7))
    weights = rng.choice(WEIGHTS)
    criteria = [
        {
            **{"criterion": f"method-{number}", "weight": weight},
            "minimum": rng.choice(("", "", "9.5", "10")),
            "clause": "Aviso-8072 6" if number == 1 else f"aviso, método {number}",
        }
        for number, weight in enumerate(weights, 1)
    ]
    near = [start + rng.randrange(110) * ONE for _ in range(rng.randrange(6))]
    tables: Tables = {
        "notice": {
            **{"process": f"{seed:03}/2017", "published": start, "posts": rng.randint(1, 3)},
            "hearing_days": rng.choice((0, 3, 5, 10, 10)),
            **{"municipal_holidays": near[:1], "closures": near[1:]},
        },
        "candidates": [_candidate(rng, who, start) for who in people],
        "decisions": [_decision(rng, who) for who in people if rng.random() < 0.97],
        "criteria": criteria,
        "scores": _scores(rng, people, criteria),
        "lists": _lists(rng, start),
        "answers": [],
    }
    for row in tables["lists"]:
        tables["answers"] += _answers(rng, row, people, criteria)
    for number, row in enumerate(tables["answers"], 1):
        row["answer"] = f"answer-{number}"
    for name, table in tables.items():
        if name != "notice":
            rng.shuffle(table)
    if faulty:
        put_fault(tables, seed)
    return tables


def _candidate(rng: Random, who: str, start: date) -> Row:
    applied = str(start + rng.randrange(20) * ONE) if rng.random() < 0.6 else ""
    first = rng.choice(("Nome", "nome", "Nomé", "Nômade"))
    name = f"{first} {who}" if rng.random() < 0.9 else "Nome igual"
    return {"candidate": who, "name": name, "applied_on": applied}


def _decision(rng: Random, who: str) -> Row:
    if rng.random() < 0.75:
        return {"candidate": who, "result": "admitted", "reason": "", "clause": ""}
    why = {"reason": rng.choice(REASONS), "clause": "Aviso-8072 2/d"}
    return {"candidate": who, "result": "excluded", **why}


def _score(rng: Random) -> str:
    return rng.choice(("8", "9,5", "9.49", "12", "12", "14", "14.005", "15,5", "16", "20"))


def _scores(rng: Random, people: list[str], criteria: list[Row]) -> list[Row]:
    present = 1 if rng.random() < 0.7 else 0.9
    return [
        {"candidate": who, "criterion": row["criterion"], "score": _score(rng)}
        for who in people
        for row in criteria
        if rng.random() < present
    ]


def _lists(rng: Random, start: date) -> list[Row]:
    """Mostly both, the evaluation later; now and then one comes early, or alone."""
    first = start + rng.choice((5, 14, 20, 30, 45)) * ONE
    second = first + rng.choice((0, 2, 10, 20, 30)) * ONE
    days = {"admission": first, "evaluation": second}
    return [
        {
            **{"list": name, "published": str(day)},
            "hearing_days": rng.choice(("", "", "0", "3", "10", "12")),
            "title": rng.choice(("", "provisional", "definitive")),
        }
        for name, day in days.items()
        if rng.random() < 0.93
    ]


def _answers(rng: Random, row: Row, people: list[str], criteria: list[Row]) -> list[Row]:
    """To one list: some in time, some late, some undecided; times near the end of the hearing."""
    found = []
    for who in people:
        if rng.random() > 0.3:
            continue
        received = date.fromisoformat(row["published"]) + rng.randrange(20) * ONE
        answer = {"list": row["list"], "candidate": who, "received_on": str(received)}
        answer |= {"decided_on": "", "outcome": "", "criterion": "", "score": ""}
        if rng.random() < 0.7:
            answer["decided_on"] = str(received + rng.randrange(25) * ONE)
            answer["outcome"] = rng.choice(("accepted", "accepted", "rejected"))
        if answer["outcome"] == "accepted" and row["list"] == "evaluation":
            answer |= {"criterion": rng.choice(criteria)["criterion"], "score": _score(rng)}
        found.append(answer)
    return found
