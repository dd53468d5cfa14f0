"""Aviso 8072/2017: until when, where and how to apply, and who may be admitted.

The desk is open from 09:30 to 12:30 and from 14:30 to 16:30.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from reference.days import add, is_working
from reference.reading import chosen

from .readings import READINGS

Row = dict[str, Any]

DAYS, AREAS = 10, 7
DESK = ((time(9, 30), time(12, 30)), (time(14, 30), time(16, 30)))
WAYS = ("hand", "registered_post", "other")
REQUIREMENTS = ("indefinite", "active", "assistant")
REASONS = {
    "indefinite": "no-indefinite-public-employment",
    "active": "not-in-active-service",
    "assistant": "not-a-technical-assistant",
    "experience": "no-relevant-experience",
}
DOCUMENTS = ("cv_current", "cv_dated", "cv_signed", "identity_copy")


def apply_by(
    published: date,
    municipal: Iterable[date] = (),
    closures: Iterable[date] = (),
    policy: Mapping[str, str] | None = None,
) -> Row:
    """4: ten working days after the notice appeared; the answer of `days.add`."""
    readings = chosen(READINGS, policy)
    days = {"municipal_day": readings["municipal_day"]}
    return add(published, DAYS, tuple(municipal), tuple(closures), policy=days)


def application(
    published: date,
    handed_in: datetime,
    way: str,
    received_on: date | None = None,
    municipal: Iterable[date] = (),
    closures: Iterable[date] = (),
    policy: Mapping[str, str] | None = None,
) -> Row:
    """`handed_in`: at the desk, or the postmark. `outcome`: in_time, late, not_at_that_hour (come
    back while there is time), wrong_way; with its `clause`, `deadline` with the `deadline_clause`,
    `alternative` (under the other reading of the municipal holiday, or None) and `flags`. A letter
    needs `received_on`, where that is what counts. ValueError before the notice, and for a letter
    that arrived before it was posted."""
    readings, closed = chosen(READINGS, policy), tuple(closures)
    found = apply_by(published, tuple(municipal), closed, policy)
    last = found["date"]
    day = handed_in.date()
    if way not in WAYS:
        raise ValueError(f"an application comes by one of {WAYS}, not {way!r}")
    if day < published:
        raise ValueError(f"{day} is before the notice of {published}")
    flags = []
    if way == "registered_post":
        flags = ["postmark-counts"] if readings["post"] == "postmark" else ["arrival-counts"]
        if received_on is not None and received_on < day:
            raise ValueError(f"a letter of {day} cannot have arrived on {received_on}")
        day = day if readings["post"] == "postmark" else _arrival(received_on, day)
    outcome = "in_time"
    if way == "other":
        outcome = "wrong_way"
    elif day > last:
        outcome = "late"
    elif way == "hand" and (not is_working(day, tuple(municipal)) or day in closed):
        outcome, flags = "not_at_that_hour", ["day-closed"]
    elif way == "hand" and not _open(handed_in, readings):
        outcome = "not_at_that_hour"
    return {
        "outcome": outcome,
        "deadline": last,
        "alternative": found["alternative"],
        "clause": "Aviso-8072 4" if outcome == "late" else "Aviso-8072 5/a",
        "deadline_clause": "Aviso-8072 4",
        "flags": flags,
    }


def _arrival(received_on: date | None, posted: date) -> date:
    if received_on is None:
        raise ValueError(f"when did the letter of {posted} arrive?")
    return received_on


def _open(moment: datetime, readings: Mapping[str, str]) -> bool:
    """5/a, by the minute."""
    now = moment.time().replace(second=0, microsecond=0)
    if readings["closing_time"] == "inclusive":
        return any(start <= now <= end for start, end in DESK)
    return any(start <= now < end for start, end in DESK)


def admission(
    facts: Mapping[str, Any], late: bool = False, policy: Mapping[str, str] | None = None
) -> Row:
    """`facts`: indefinite, active, assistant (true or false), areas (of experience, 0 to 7) and the
    documents cv_current, cv_dated, cv_signed, identity_copy (true or false). `result`: admitted,
    excluded, or incomplete (documents to be asked for); `reasons`: rows of reason and clause,
    each reason for itself."""
    readings = chosen(READINGS, policy)
    if not 0 <= facts["areas"] <= AREAS:
        raise ValueError(f"the post has {AREAS} areas, not {facts['areas']}")
    wanted = AREAS if readings["experience_areas"] == "all" else 1
    failed = [name for name in REQUIREMENTS if not facts[name]]
    failed += ["experience"] if facts["areas"] < wanted else []
    reasons = [{"reason": REASONS[name], "clause": "Aviso-8072 2/d"} for name in failed]
    if late:
        reasons.append({"reason": "late", "clause": "Aviso-8072 4"})
    missing = [
        {"reason": f"missing:{name}", "clause": "Aviso-8072 5/b"}
        for name in DOCUMENTS
        if not facts[name]
    ]
    if readings["missing_document"] == "excluded":
        reasons += missing
    if reasons:
        return {"result": "excluded", "reasons": reasons}
    return {"result": "incomplete" if missing else "admitted", "reasons": missing}
