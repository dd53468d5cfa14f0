"""How a case is written short: the parts of a procedure that it need not repeat.

A notice of 3 July 2017 with a hearing of three days and one post; the evaluation has a CV of 60 %
and an interview of 40 %. `admitted` and `excluded` are short names; `scores` has, by candidate,
one number for each criterion in the order of `criteria` ("-" for none); `lists` has, by list, its
day or a whole row. Of `answers` only what is not blank is named.
"""

from datetime import date
from fractions import Fraction
from typing import Any

from .evaluation import evaluate

Row = dict[str, Any]

NOTICE = {"process": "006/2017", "published": date(2017, 7, 3), "posts": 1, "hearing_days": 3}
CRITERIA = {"cv": "60", "interview": "40"}
ANSWER = {"candidate": "ana", "decided_on": "", "outcome": "", "criterion": "", "score": ""}
REASON, CLAUSE = "not in the career", "Aviso-8072 2/d"


def procedure(given: Row) -> Row:
    """The tables, every cell a text."""
    admitted, excluded = given.get("admitted", "ana").split(), given.get("excluded", "").split()
    names = [*admitted, *excluded, *given.get("undecided", "").split()]
    people: dict[str, Row] = {**{name: {} for name in names}, **given.get("people", {})}
    excluding = {"reason": REASON, "clause": CLAUSE, **given.get("because", {})}
    return {
        "notice": {**NOTICE, **given.get("notice", {})},
        "candidates": [
            texts({"candidate": who, "name": f"Nome {who}", "applied_on": "", **row})
            for who, row in people.items()
        ],
        "decisions": [
            {"candidate": who, "result": "admitted", "reason": "", "clause": ""} for who in admitted
        ]
        + [{"candidate": who, "result": "excluded", **excluding} for who in excluded],
        "criteria": [
            texts({"criterion": name, "weight": weight, "clause": "Aviso-8072 6"})
            | {"minimum": given.get("minima", {}).get(name, "")}
            for name, weight in given.get("criteria", CRITERIA).items()
        ],
        "scores": [
            {"candidate": who, "criterion": name, "score": score}
            for who, scores in given.get("scores", {}).items()
            for name, score in zip(
                given.get("criteria", CRITERIA), str(scores).split(), strict=True
            )
            if score != "-"
        ],
        "lists": [_list(name, row) for name, row in given.get("lists", {}).items()],
        "answers": [
            texts({"answer": str(number), **ANSWER, **row})
            for number, row in enumerate(given.get("answers", []), 1)
        ],
    }


def texts(row: Row) -> Row:
    """Exact numbers stay what they are."""
    return {name: v if isinstance(v, Fraction) else str(v) for name, v in row.items()}


def _list(name: str, row: Any) -> Row:
    whole = row if isinstance(row, dict) else {"published": row}
    return texts({"list": name, "hearing_days": "", "title": "", **whole})


def evaluated(on: date, policy: dict[str, str] | None = None, **given: Any) -> Row:
    """The question of a case about a whole procedure: both lists by their name, other rows by the
    candidate's short name."""
    found = evaluate(procedure(given), on, policy)
    named = {row["list"]: row for row in found["lists"]}
    warned = [":".join(filter(None, row.values())) for row in found["warnings"]]
    ranked = " ".join(_ranked(row) for row in found["ranking"])
    listed = " ".join(f"{row['candidate']}={row['result']}" for row in found["admission"])
    return {**found, **named, "warned": warned, "ranked": ranked, "listed": listed}


def _ranked(row: Row) -> str:
    """`1:ana*`: first and selected; `?`: tied at the last post; `-:` not ranked."""
    mark = {True: "*", False: "", None: "?"}[row["selected"]]
    return f"{row['rank'] or '-'}:{row['candidate']}{mark}"
