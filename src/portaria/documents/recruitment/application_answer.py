"""One application and its candidate under Aviso 8072/2017: as data, and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portaria.core.messages import Message, declare, render
from portaria.documents.days import OTHER
from portaria.documents.recruitment.citing import cited
from portaria.regulations.recruitment.application import DAY_CLOSED, WRONG_WAY, Received
from portaria.regulations.recruitment.requirements import Admission

OUTCOMES = {
    "in_time": declare(
        "recruitment-in-time",
        "In time, and in a way that counts ({clause}). The last day is {day} ({deadline}).",
    ),
    "late": declare("recruitment-late", "Late: the last day was {day} ({deadline})."),
    "not_at_that_hour": declare(
        "recruitment-closed",
        "Not accepted at that hour ({clause}). The last day is {day} ({deadline}).",
    ),
    "wrong_way": declare(
        "recruitment-wrong-way",
        "Not accepted in this way: by hand or by registered letter ({clause}).",
    ),
}
CLOSED_DAY = declare(
    "recruitment-closed-day",
    "Not accepted on that day, on which the desk does not open ({clause}). The last day is {day} "
    "({deadline}).",
)
FLAGS = {
    "postmark-counts": declare("recruitment-postmark", "The day of the postmark was taken."),
    "arrival-counts": declare("recruitment-arrival", "The day the letter arrived was taken."),
}
RESULTS = {
    "admitted": declare("recruitment-to-admit", "To be admitted."),
    "excluded": declare("recruitment-to-exclude", "To be excluded:"),
    "incomplete": declare("recruitment-to-ask", "Documents to be asked for:"),
}
REASON = declare("recruitment-because", "- {why} ({clause}).")
REASONS = {
    "no-indefinite-public-employment": declare(
        "recruitment-no-indefinite", "no public employment for an indefinite term"
    ),
    "not-in-active-service": declare("recruitment-not-active", "not in active service"),
    "not-a-technical-assistant": declare("recruitment-not-assistant", "not a technical assistant"),
    "no-relevant-experience": declare(
        "recruitment-no-experience", "no experience in the areas of the post"
    ),
    "late": declare("recruitment-applied-late", "the application came late"),
    "missing:cv_current": declare("recruitment-no-cv-current", "a CV that is up to date"),
    "missing:cv_dated": declare("recruitment-no-cv-dated", "the date on the CV"),
    "missing:cv_signed": declare("recruitment-no-cv-signed", "the signature on the CV"),
    "missing:identity_copy": declare("recruitment-no-identity", "a copy of an identity document"),
}


def received_row(found: Received) -> dict[str, Any]:
    """Whether it is in time, as data."""
    return {
        "outcome": found.outcome,
        "deadline": str(found.deadline),
        "clause": found.clause,
        "deadline_clause": found.deadline_clause,
        "other_municipal_reading": found.alternative and str(found.alternative),
        "flags": [*found.flags],
    }


def received_told(found: Received, lang: str) -> Iterator[str]:
    """The same in sentences."""
    params = {
        "day": found.deadline,
        "clause": cited(found.clause, lang),
        "deadline": cited(found.deadline_clause, lang),
    }
    code = CLOSED_DAY if DAY_CLOSED in found.flags else OUTCOMES[found.outcome]
    yield render(Message(code, params), lang)
    yield from (render(Message(FLAGS[flag]), lang) for flag in found.flags if flag in FLAGS)
    if found.alternative is not None and found.outcome != WRONG_WAY:
        yield render(Message(OTHER, {"day": found.alternative}), lang)


def admission_row(found: Admission) -> dict[str, Any]:
    """Who may be admitted, as data."""
    reasons = [{"reason": why, "clause": clause} for why, clause in found.reasons]
    return {"result": found.result, "reasons": reasons}


def admission_told(found: Admission, lang: str) -> Iterator[str]:
    """The same in sentences, each reason with its clause."""
    yield render(Message(RESULTS[found.result]), lang)
    for why, clause in found.reasons:
        params = {"why": render(Message(REASONS[why]), lang), "clause": cited(clause, lang)}
        yield render(Message(REASON, params), lang)
