"""The request of one student, as the contract's JSON has it and as the rules see it.

The contract's keys come first. The optional parts after them are the rest of the same file: what
the commission, the council and the services add while it goes its way.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field

from portaria.regulations.credit.fields import Country, Day, NotNegative, Part, Positive, Words

Element = TypeVar("Element")
Rows = Annotated[tuple[Element, ...], Field(strict=False)]

Cycle = Literal["licenciatura", "mestrado", "ctesp", "cet", "postgraduate"]
Origin = Literal["degree", "ctesp", "single_units", "non_degree", "cet", "other", "experience"]
Letter = Literal["A", "B", "C", "D", "E"]

ORIGINS: tuple[Origin, ...] = (
    "degree", "ctesp", "single_units", "non_degree", "cet", "other", "experience",
)  # fmt: skip
"""In the order of the letters of 3/1."""
HIGHER_EDUCATION = ORIGINS[:4]
COMBINED = ORIGINS[3:]
"""Letters d) to g): what the two thirds of 3/2 hold together."""


class Degree(Part):
    """The degree or diploma asked for. A master gives the credits of its course too (3/3)."""

    cycle: Cycle
    credits: Positive
    course_credits: Positive | None = None


class Holidays(Part):
    """Days of the service's seat. `municipality`: by name, where its holiday is packaged."""

    municipal: Rows[Day] = ()
    closures: Rows[Day] = ()
    municipality: Words | None = None


Bounds = Annotated[tuple[NotNegative, NotNegative], Field(strict=False)]
"""Worst and best grade of a class."""


class Grade(Part):
    """`value`: a number, a letter of the comparability scale, or a word. `min_pass` is the lowest
    grade that passes and `max` the best, on the foreign scale; on an inverted one it is smaller."""

    value: Words
    scale: Literal["pt", "foreign"]
    min_pass: NotNegative | None = None
    max: NotNegative | None = None
    host_classes: Mapping[Letter, Bounds] | None = None
    home_classes: Mapping[Letter, Bounds] | None = None


def _method(value: Any) -> Any:
    """The short form of a method is its name alone."""
    return {"method": value} if isinstance(value, str) else value


class Method(Part):
    """A way in which experience was assessed (12/4); `written_record` None: not said."""

    method: Words
    written_record: bool | None = None


class Subject(Part):
    """A subject of a period, in hours of the student's work (10/4/b)."""

    hours: Positive
    passed: bool


class Period(Part):
    """A year, semester or term before Bologna or without ECTS. `contact`: its hours are contact
    hours only."""

    kind: Literal["year", "semester", "term"]
    complete: bool = False
    subjects: Rows[Subject] = ()
    contact: bool = False


class HostUnit(Part):
    """A unit of a learning agreement at the host institution."""

    credits: Positive
    passed: bool


class Agreement(Part):
    """A learning agreement: host units for the home units of these credits (11/3)."""

    host: Annotated[tuple[HostUnit, ...], Field(strict=False, min_length=1)]
    home: Annotated[tuple[Positive, ...], Field(strict=False, min_length=1)]


class Certificate(Part):
    """What stands behind certified training (2/a)."""

    official: bool
    issuer: Literal["higher_education", "recognised", "other"]
    level: Literal["higher", "post_secondary", "other"]
    recognised_by_council: bool = False


class Evidence(Part):
    """What a person judges level, area and correspondence by (3/6-7), and who did."""

    level: Words | None = None
    area: Words | None = None
    outcomes: Annotated[int, Field(ge=0)] | None = None
    matched: Annotated[int, Field(ge=0)] | None = None
    note: Words | None = None
    decided_by: Words | None = None


class Decided(Part):
    """What people decided of an item, and who (14/1). `credits` and `grade` count where the rules
    leave them to people; no decision lifts a rule or a cap."""

    outcome: Literal["granted", "refused"]
    by: Words
    on: Day | None = None
    reasons: Words | None = None
    credits: Positive | None = None
    grade: Annotated[int, Field(ge=10, le=20)] | None = None


class Item(Part):
    """One training or experience, and the unit that it is to credit; without `target`, an area.

    `hours` is the student's whole work where the source has no ECTS; `periods` and `agreement`
    give the credits in its place. `root` names the item it was itself credited from. `table` names
    the table approved beforehand that has it.
    """

    id: Words
    origin: Origin
    root: Words | None = None
    credits: Positive | None = None
    hours: Positive | None = None
    target: Words | None = None
    grade: Grade | None = None
    recognised_institution: bool | None = None
    country: Country = "PT"
    assessment: Rows[Annotated[Method, BeforeValidator(_method)]] = ()
    source_credited: bool = False
    requested_documents_on: Day | None = None
    documents: Rows[Words] = ()
    name: Words | None = None
    institution: Words | None = None
    periods: Rows[Period] = ()
    agreement: Agreement | None = None
    certificate: Certificate | None = None
    evidence: Evidence | None = None
    table: Words | None = None
    beyond_request: Literal["proposed", "accepted", "refused"] | None = None
    decided: Decided | None = None

    @property
    def credited(self) -> bool:
        """Whether the source was itself obtained by credit (4/4)."""
        return self.source_credited or self.root is not None


class Member(Part):
    """A member of the commission: `processes` of credit taken part in, `rank` of the category
    (higher is higher) and the day since which it is held."""

    id: Words
    seat: Literal["council", "coordinator"]
    processes: Annotated[int, Field(ge=0)]
    rank: int
    since: Day


class Commission(Part):
    """`previous`: the mandate before, None for the first; `present`: at the meeting, once held."""

    members: Rows[Member]
    previous: Rows[Words] | None = None
    present: Rows[Words] | None = None


class Fees(Part):
    """The amounts of the institution's table, in euros: they are not in the text."""

    request: NotNegative
    unit: NotNegative = Fraction(0)
    appeal: NotNegative = Fraction(0)


class Assessed(Part):
    """A unit in which the student was assessed meanwhile."""

    unit: Words
    grade: Annotated[int, Field(ge=0, le=20)]


class Appeal(Part):
    """An appeal, and what became of it."""

    filed_on: Day
    reasoned: bool
    result: Literal["won", "partly", "lost"] | None = None


class Reentry(Part):
    """Credits of the earlier enrolment in the same programme or the one before it (7/1)."""

    earlier: NotNegative


class Person(Part):
    """Who asks; shown in the documents and used for nothing. A record in ELMO or Europass takes
    the names apart."""

    name: Words
    number: Words | None = None
    given_names: Words | None = None
    family_name: Words | None = None


class Identifier(Part):
    """An institution as EMREX knows it: `schac` and its domain, or `erasmus` and its code."""

    type: Words
    value: Words


class Course(Part):
    """The course and its school, as the documents name them; the institution as a record does."""

    name: Words
    school: Words | None = None
    institution: Words | None = None
    identifier: Identifier | None = None
    url: Words | None = None


class Request(Part):
    """Everything about one request. `granted_before`: credits of earlier requests for the same
    degree, by origin; `experience_years` matters in a CTeSP since 2018."""

    degree: Degree
    year_start: Day
    submitted_on: Day
    late_authorised_on: Day | None = None
    waiver_reasoned: bool = False
    holidays: Holidays = Holidays()
    items: Annotated[tuple[Item, ...], Field(strict=False)]
    granted_before: Mapping[Origin, NotNegative] = {}
    experience_years: NotNegative | None = None
    student: Person | None = None
    course: Course | None = None
    reentry: Reentry | None = None
    commission: Commission | None = None
    fees: Fees | None = None
    forwarded_on: Day | None = None
    returned_certified_on: Day | None = None
    returned_experience_on: Day | None = None
    decided_on: Day | None = None
    notified_on: Day | None = None
    assessed: Rows[Assessed] = ()
    appeal: Appeal | None = None

    @property
    def base(self) -> Fraction:
        """What the caps refer to: in a master its course, not the degree (3/3)."""
        if self.degree.cycle == "mestrado":
            assert self.degree.course_credits is not None
            return self.degree.course_credits
        return self.degree.credits
