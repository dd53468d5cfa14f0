"""The tables of a generated procedure: both lists with a hearing each, and answers to them."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from portaria.core.deadline import add_days

FIRST = (
    "Alda", "Amadeu", "Benedita", "Bernardo", "Célia", "Custódio", "Delfina", "Edmundo", "Elvira",
    "Fausto", "Graça", "Horácio", "Ilda", "Jacinto", "Leonor", "Lourenço", "Márcia", "Nélson",
    "Olga", "Patrício", "Quitéria", "Rogério", "Salomé", "Telmo", "Úrsula", "Valdemar", "Zulmira",
)  # fmt: skip
LAST = (
    "Abelha", "Bacalhau", "Canário", "Doirado", "Esteves", "Fontainhas", "Galvão", "Hortelão",
    "Inverno", "Janeiro", "Laranjo", "Malmequer", "Nabais", "Outeiro", "Pinhal", "Quintela",
    "Rouxinol", "Salgado", "Trovão", "Valente", "Xavier", "Zarco",
)  # fmt: skip
CRITERIA = (("Avaliação curricular", "60", "9.5"), ("Entrevista", "40", None))
PUBLISHED = date(2017, 7, 17)
DAYS, HEARING = 10, 10
REASONS = (
    ("Sem relação jurídica de emprego público por tempo indeterminado", "8072 2/d"),
    ("Sem experiência nas áreas do posto", "8072 2/d"),
    ("Não juntou cópia do documento de identificação", "8072 5/b"),
)

Row = dict[str, Any]


def tables(count: int, rng: Random) -> dict[str, list[Row]]:
    """Both lists with a hearing each; answers that are accepted and rejected."""
    last = add_days(PUBLISHED, DAYS).last_day
    listed = add_days(last, 5).last_day
    heard = add_days(listed, HEARING).last_day
    evaluated = add_days(heard, 10).last_day
    keys = [f"C{number:0{len(str(count))}}" for number in range(1, count + 1)]
    excluded = {key: rng.choice(REASONS) for key in keys if rng.random() < 0.2}
    admitted = [key for key in keys if key not in excluded]
    made: dict[str, list[Row]] = {
        "candidates": [_candidate(key, rng, last) for key in keys],
        "decisions": [_decision(key, excluded.get(key)) for key in keys],
        "criteria": [
            {"criterion": name, "weight": weight, "minimum": least, "clause": "8072 6"}
            for name, weight, least in CRITERIA
        ],
        "lists": [
            {"list": "admission", "published": str(listed)},
            {"list": "evaluation", "published": str(evaluated)},
        ],
        "answers": _answers([*excluded], admitted, listed, evaluated),
    }
    back = [row["candidate"] for row in made["answers"] if row.get("outcome") == "accepted"]
    graded = sorted({*admitted, *back})
    made["scores"] = [
        {"candidate": key, "criterion": name, "score": _grade(rng)}
        for key in graded
        for name, _, _ in CRITERIA
    ]
    return made


def _candidate(key: str, rng: Random, last: date) -> Row:
    name = " ".join((rng.choice(FIRST), *rng.sample(LAST, 2)))
    applied = date.fromordinal(rng.randint(PUBLISHED.toordinal() + 1, last.toordinal()))
    return {"candidate": key, "name": name, "applied_on": str(applied)}


def _decision(key: str, why: tuple[str, str] | None) -> Row:
    if why is None:
        return {"candidate": key, "result": "admitted"}
    return {"candidate": key, "result": "excluded", "reason": why[0], "clause": why[1]}


def _grade(rng: Random) -> str:
    """From 9 to 19.9, in tenths."""
    return f"{rng.randint(9, 19)}.{rng.randint(0, 9)}"


def _answers(excluded: list[str], admitted: list[str], listed: date, evaluated: date) -> list[Row]:
    """Two of the excluded ask to be admitted, one of the evaluated for more; all are decided."""
    rows: list[Row] = []
    for key, outcome in zip(excluded, ("accepted", "rejected"), strict=False):
        received, decided = add_days(listed, 3).last_day, add_days(listed, 13).last_day
        rows.append(
            {"list": "admission", "candidate": key, "received_on": str(received)}
            | {"decided_on": str(decided), "outcome": outcome}
        )
    for key in admitted[-1:]:
        received, decided = add_days(evaluated, 4).last_day, add_days(evaluated, 14).last_day
        rows.append(
            {"list": "evaluation", "candidate": key, "received_on": str(received)}
            | {"decided_on": str(decided), "outcome": "rejected"}
        )
    return [{"answer": f"R{number}"} | row for number, row in enumerate(rows, 1)]
