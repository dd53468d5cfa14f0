"""A whole procedure on one day: where both lists stand, who is on them, what to look at.

An answer has `application_deadline`; `lists`, two rows (admission, evaluation) of `list`, `state`
(unpublished, provisional, final), `published`, `title`, `hearing_until`, `law_until`,
`alternative`, `final_from` (the first day on which it is final as things stand; None while
something is missing) and `blocks` (why it is not final yet); `admission` and `ranking`, the whole
rows of a published list; `public`, what may be published of them; `warnings`; `readings`.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from reference.reading import chosen

from .model import Procedure
from .procedure import known, read_procedure
from .ranking import ranking
from .readings import READINGS
from .states import effective, state_of
from .tables import Tables
from .texts import order
from .warnings import warnings_of

Row = dict[str, Any]


def evaluate(tables: Tables, on: date, policy: Mapping[str, str] | None = None) -> Row:
    """BadProcedure where the tables are no procedure, ValueError before its notice."""
    readings = chosen(READINGS, policy)
    procedure = known(read_procedure(tables), on)
    if on < procedure.notice.published:
        raise ValueError(f"{on} is before the notice of {procedure.notice.published}")
    admitted, rows = admission(procedure, readings)
    ranked: list[Row] = []
    if "evaluation" in procedure.lists:
        ranked = ranking(procedure, admitted, scores_of(procedure, readings), readings)
    undecided = {row["candidate"] for row in rows if row["result"] == "undecided"}
    first = state_of(
        procedure, "admission", on, readings, ["decision-missing"] if undecided else []
    )
    missing = any(row["result"] == "unevaluated" for row in ranked)
    second = state_of(
        procedure, "evaluation", on, readings, ["score-missing"] if missing else [], first
    )
    return {
        **warnings_of(procedure, [first, second], rows, ranked, readings),
        "lists": [first, second],
        "admission": rows,
        "ranking": ranked,
        "public": {"admission": _public(rows), "evaluation": _public(ranked)},
        "readings": readings,
    }


def admission(procedure: Procedure, readings: Mapping[str, str]) -> tuple[list[str], list[Row]]:
    """Who is admitted, and the rows of the list by name; none before it is published. An accepted
    answer admits who was excluded."""
    if "admission" not in procedure.lists:
        return [], []
    heard = {one.candidate for one in effective(procedure, "admission", readings)}
    rows = []
    for who, candidate in procedure.candidates.items():
        decision = procedure.decisions.get(who)
        row: Row = {"candidate": who, "name": candidate.name, "result": "undecided"}
        row |= {"reason": None, "clause": None}
        if who in heard or (decision and decision.result == "admitted"):
            row |= {"result": "admitted"}
        elif decision:
            row |= {"result": "excluded", "reason": decision.reason, "clause": decision.clause}
        rows.append(row)
    rows.sort(key=lambda row: order(row["name"], row["candidate"]))
    return sorted(row["candidate"] for row in rows if row["result"] == "admitted"), rows


def scores_of(procedure: Procedure, readings: Mapping[str, str]) -> dict[tuple[str, str], Fraction]:
    """The scores given, and those of accepted answers in the order of their decisions."""
    scores = dict(procedure.scores)
    answers = effective(procedure, "evaluation", readings)
    for one in sorted(answers, key=lambda one: (one.decided_on or date.min, one.answer)):
        if one.criterion is not None and one.score is not None:
            scores[one.candidate, one.criterion] = one.score
    return scores


def _public(rows: list[Row]) -> list[Row]:
    """REC-03: the name and the result, nothing else of a person."""
    names = ("name", "result", "rank", "score")
    return [{name: row[name] for name in names if name in row} for row in rows]
