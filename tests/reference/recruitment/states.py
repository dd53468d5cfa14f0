"""Where a list stands. A list with an open hearing is provisional, whatever it calls itself."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from .hearing import hearing
from .model import Answer, Procedure

Row = dict[str, Any]

ONE = timedelta(days=1)


def hearing_of(procedure: Procedure, name: str, readings: Mapping[str, str]) -> Row:
    """The hearing on a published list."""
    notice, row = procedure.notice, procedure.lists[name]
    days = {"municipal": notice.municipal, "closures": notice.closures}
    return hearing(row.published, row.hearing_days, **days, policy=readings)


def timely(procedure: Procedure, answer: Answer, readings: Mapping[str, str]) -> bool:
    """Received by the last day of the hearing; never, where there was none."""
    until = hearing_of(procedure, answer.list, readings)["until"]
    return until is not None and answer.received_on <= until


def effective(procedure: Procedure, name: str, readings: Mapping[str, str]) -> list[Answer]:
    """The accepted answers to a list that change it."""
    return [
        one
        for one in procedure.answers
        if one.list == name
        and one.outcome == "accepted"
        and (readings["late_answer"] == "weighed" or timely(procedure, one, readings))
    ]


def state_of(
    procedure: Procedure,
    name: str,
    on: date,
    readings: Mapping[str, str],
    missing: list[str],
    first: Row | None = None,
) -> Row:
    """`missing`: what the rows of the list lack; `first`: the state of the list before it, which
    must be final first."""
    row: Row = {"list": name, "state": "unpublished", "published": None, "title": None}
    row |= {"hearing_until": None, "law_until": None, "alternative": None}
    row |= {"final_from": None, "blocks": []}
    if name not in procedure.lists:
        return row
    published, found = procedure.lists[name], hearing_of(procedure, name, readings)
    own = [one for one in procedure.answers if one.list == name]
    own = [one for one in own if timely(procedure, one, readings)]
    blocks = ["hearing-open"] if found["until"] is not None and on <= found["until"] else []
    waiting = readings["open_answers"] == "block" and any(one.outcome is None for one in own)
    blocks += ["answer-open"] if waiting else []
    blocks += missing
    blocks += ["admission-not-final"] if first is not None and first["state"] != "final" else []
    weighed = [*own, *effective(procedure, name, readings)]
    days = [published.published, *(one.decided_on for one in weighed if one.decided_on)]
    days += [found["until"] + ONE] if found["until"] is not None else []
    lacks = waiting or bool(missing)
    if first is not None:
        lacks = lacks or first["final_from"] is None
        days += [first["final_from"]] if first["final_from"] is not None else []
    return row | {
        "state": "provisional" if blocks else "final",
        "published": published.published,
        "title": published.title,
        **{"hearing_until": found["until"], "law_until": found["law_until"]},
        **{"alternative": found["alternative"], "blocks": blocks},
        "final_from": None if lacks else max(days),
    }
