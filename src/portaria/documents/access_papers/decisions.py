"""What the notices tell: a result, and what was decided on it, on a claim or on a seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from portaria.documents.access_papers.model import Contest, Option, Person, Remedy, Signature
from portaria.documents.access_papers.result import Result


@dataclass(frozen=True)
class Enrolment:
    """Until when a placed candidate enrols: a day, an aware moment, or days after the notice is
    received (211-A 40/7)."""

    until: date | datetime | None = None
    days: int | None = None


@dataclass(frozen=True)
class ResultNotice:
    """The result as its candidate is told it (211-A 38; 211-B 26)."""

    contest: Contest
    person: Person
    result: Result
    ratified: date
    ratified_by: str = ""
    enrolment: Enrolment | None = None
    remedy: Remedy | None = None
    signature: Signature | None = None
    clause: str = ""


@dataclass(frozen=True)
class ClaimNotice:
    """What a commission decided on a claim; quota: its code (`disability`); file: its number;
    reasons: in the commission's words, a paragraph a line."""

    contest: Contest
    person: Person
    quota: str
    accepted: bool
    reasons: str
    decided_by: str
    decided: date
    file: str = ""
    remedy: Remedy | None = None
    signature: Signature | None = None
    clause: str = ""


@dataclass(frozen=True)
class ComplaintNotice:
    """What was decided on a complaint (211-A 40/6; 211-B 27/4).

    number: of the complaint; filed: the day it was handed in, or of the postmark; outcome: rejected
    where it was not looked at (40/5); result: the one that stands after the decision.
    """

    contest: Contest
    person: Person
    number: str
    filed: date
    outcome: Literal["granted", "refused", "rejected"]
    reasons: str
    decided_by: str
    decided: date
    result: Result | None = None
    enrolment: Enrolment | None = None
    remedy: Remedy | None = None
    signature: Signature | None = None
    clause: str = ""


@dataclass(frozen=True)
class Consent:
    """What one institution decided on a move of seats; reasons: in its words, of a refusal."""

    institution: str
    agreed: bool
    decided: date
    reasons: str = ""


@dataclass(frozen=True)
class MoveNotice:
    """What became of an exchange of seats (211-A 54/6) or of a relocation (211-A 55/5), as one of
    those who would move is told it.

    number: of the request; origin and target: her programme before, and the one asked for, None
    where it has to be left out; done: whether she moves; a_student_refused: a relocation ended so.
    """

    contest: Contest
    person: Person
    kind: Literal["exchange", "relocation"]
    number: str
    done: bool
    decided: date
    origin: Option | None = None
    target: Option | None = None
    consents: tuple[Consent, ...] = ()
    a_student_refused: bool = False
    remedy: Remedy | None = None
    signature: Signature | None = None
    clause: str = ""


@dataclass(frozen=True)
class RectificationNotice:
    """A rectification in force, as its candidate is told it (211-A 57/4).

    before, after: her result (`access_procedures_words.RESULTS`) and the programme of a placement;
    corrected: what was corrected, in words; created: a seat was opened for her (211-A 57/1).
    """

    contest: Contest
    person: Person
    number: str
    before: tuple[str, Option | None]
    after: tuple[str, Option | None]
    corrected: tuple[str, ...]
    ratified: date
    ratified_by: str = ""
    reasons: str = ""
    created: bool = False
    enrolment: Enrolment | None = None
    remedy: Remedy | None = None
    signature: Signature | None = None
    clause: str = ""


Notice = ResultNotice | ClaimNotice | ComplaintNotice | MoveNotice | RectificationNotice
