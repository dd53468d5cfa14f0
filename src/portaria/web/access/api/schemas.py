"""What goes in and comes out of the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar, cast

from django.db.models import QuerySet
from ninja import Schema
from pydantic import (
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

MOST_ROWS = 5000
Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$"),
]
"""A code of a candidate, a programme or an institution."""
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^[-a-zA-Z0-9_]+$")]
"""The key of a contest, as in the addresses of pages."""
Number = Annotated[
    Decimal,
    PlainSerializer(lambda value: format(value, "f"), return_type=str),
]
"""An exact number: digits in a text, with a point."""

Item = TypeVar("Item")


class Paging(Schema):
    """Which page of a list, and how many items a page has."""

    page: Annotated[int, Field(1, ge=1, le=1_000_000)]
    size: Annotated[int, Field(100, ge=1, le=500)]


class Page(Schema, Generic[Item]):
    """One page of a list; count: of the whole list."""

    items: list[Item]
    count: int
    page: int
    size: int


def page_of(items: Sequence[Any] | QuerySet[Any], paging: Paging) -> dict[str, Any]:
    """One page of items that are all there, or of rows that a database counts and cuts."""
    count = items.count() if isinstance(items, QuerySet) else len(items)
    begin = (paging.page - 1) * paging.size
    return {
        "items": list(items[begin : begin + paging.size]),
        "count": count,
        "page": paging.page,
        "size": paging.size,
    }


class ContestOut(Schema):
    """A contest: one phase, its calendar and its stage."""

    key: str
    title: str
    edition: str = Field(description="The edition of the regulation that it runs under.")
    phase: int
    stage: str = Field(description="open, closed or published")
    previous: str | None = Field(description="The key of the phase before.")
    opens_at: datetime | None
    closes_at: datetime | None
    results_at: datetime | None
    complaints_until: datetime | None
    enrolment_until: datetime | None
    published_at: datetime | None


class ProgrammeOut(Schema):
    """A programme with what an application to it needs."""

    programme: str
    institution: str | None
    institution_name: str | None
    course_name: str | None
    subsystem: str | None
    district: str | None
    seats: int
    w_secondary: Number
    w_prerequisite: Number
    min_exam: Number
    min_grade: Number
    prerequisite: str | None
    prerequisite_kind: str | None


class SeatsOut(Schema):
    """The figures of one programme in a published result, without people."""

    programme: str
    institution: str | None
    institution_name: str | None
    course_name: str | None
    seats: int
    placed: int
    tie_extra: int = Field(description="Seats that ties opened.")
    additional: int = Field(description="Further seats of art. 9/2.")
    leftover: int
    last: dict[str, str] = Field(description="By quota, the grade of the last one placed.")


class MarkOut(Schema):
    """A grade used in computing an application grade.

    kind: secondary, secondary_a, secondary_b, exam or prerequisite; code: of the exam or the
    prerequisite.
    """

    kind: str
    code: str
    grade: Number


class PlacementOut(Schema):
    """A candidate placed in the institution (211-A 39/2)."""

    candidate: str
    name: str | None
    civil_id: str | None
    residence: str | None
    programme: str
    course: str
    secondary_course: str | None
    secondary_municipality: str | None
    quota: str
    grade: Number
    marks: list[MarkOut]


class EnrolmentOut(Schema):
    """What is reported of a candidate; programme: where she has been moved since, if anywhere."""

    candidate: str
    enrolled: bool
    enrolled_on: date | None
    cancelled: bool
    programme: str | None
    reported_at: datetime
    reported_by: str


class EnrolmentIn(Schema):
    """The report of one candidate; the same report again changes nothing."""

    model_config = ConfigDict(extra="forbid")

    enrolled: bool = Field(strict=True)
    enrolled_on: date | None = None
    cancelled: bool = Field(False, strict=True)


class EnrolmentRow(EnrolmentIn):
    """The report of one candidate in a list."""

    candidate: Code


class UnreadRow(EnrolmentRow):
    """A row that is not what the schema asks for. wrong: what is, by its fields; unread: the fields
    that cannot be read and say nothing here."""

    wrong: list[Any]
    unread: frozenset[str]


def _read_so_far(sent: Any, read: ValidatorFunctionWrapHandler) -> EnrolmentRow:
    """A row of a list, or an UnreadRow: so that everything wrong with a list is told at once."""
    try:
        return cast(EnrolmentRow, read(sent))
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=False)
        given = sent if isinstance(sent, dict) else {}
        bad = {str(place) for each in wrong for place in each["loc"][:1]}
        unread = {name for name in EnrolmentRow.model_fields if name in bad or name not in given}
        good = {name: given[name] for name in EnrolmentRow.model_fields if name not in unread}
        row = read({"candidate": "?", "enrolled": True} | good)
        return UnreadRow.model_construct(**dict(row), wrong=wrong, unread=frozenset(unread))


class EnrolmentsIn(Schema):
    """A report of many: all of it is kept, or nothing."""

    model_config = ConfigDict(extra="forbid")

    enrolments: Annotated[
        list[Annotated[EnrolmentRow, WrapValidator(_read_so_far)]],
        Field(min_length=1, max_length=MOST_ROWS),
    ]


class KeptOut(Schema):
    """How many rows were new or changed, and how many stood already."""

    changed: int
    same: int


class TokenOut(Schema):
    """The token that calls."""

    name: str
    institution: str
    scopes: list[str]
    expires_at: datetime
