"""A transcript as the formats have it, and nothing that they do not say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

Format = Literal["ELMO", "Europass"]
Kind = Literal["programme", "degree_unit", "partial_qualification", "unknown"]
"""`degree_unit`: the document puts it inside a degree programme. `programme`: a degree itself.
`partial_qualification`: a short course that the document calls so. `unknown`: it does not say."""
Level = Literal["module", "course", "class", ""]
"""The type of a unit in ELMO, where it has one: a course is the smallest that carries credits."""

ECTS = "ECTS"
YEAR = 60
"""ECTS credits of a full-time year (10/1/d): what has more is no single unit."""


def kind_of(partial: bool, credits: Fraction | None) -> Kind:
    """The kind of a qualification of Europass, where single courses are called so too."""
    if partial:
        return "partial_qualification"
    return "programme" if credits is None or credits > YEAR else "unknown"


@dataclass(frozen=True)
class Category:
    """One bar of a distribution of results: a number of students, or their percentage.

    `minimum` and `maximum` are the ends of the bar as written, not those of the scale.
    """

    label: str
    count: int | None = None
    percent: Fraction | None = None
    minimum: str | None = None
    maximum: str | None = None


@dataclass(frozen=True)
class Standing:
    """Percentage of the students of the course with a lower, an equal and a higher grade."""

    lower: Fraction
    equal: Fraction
    higher: Fraction


@dataclass(frozen=True)
class Unit:
    """A unit of a transcript, or a group of units while the document is being read.

    `credits` are ECTS, exact, None where the document gives none; `credit_scheme` is the name of
    the scheme that it uses. `hours` are the student's whole work, `contact_hours` those in
    class. `grade` is as printed, `grading_scale` the issuer's own words on the scale: no format
    gives the lowest passing grade and the best as fields, so `min_pass` and `max` are None until a
    format does. `passed` None: the format does not say; what is not `finished` is not passed.
    `recognised`: the issuer itself gave it by recognition. `country`: two letters. `language`: as
    written.
    """

    id: str
    name: str
    institution: str
    country: str | None = None
    credits: Fraction | None = None
    credit_scheme: str = ""
    hours: Fraction | None = None
    contact_hours: Fraction | None = None
    grade: str | None = None
    grading_scale: str = ""
    min_pass: str | None = None
    max: str | None = None
    distribution: tuple[Category, ...] = ()
    standing: Standing | None = None
    level: str = ""
    kind: Kind = "unknown"
    type: Level = ""
    passed: bool | None = None
    finished: bool = True
    recognised: bool = False
    date: date | None = None
    language: str = ""


@dataclass(frozen=True)
class Node:
    """A unit where it stands in its document: `where` is its path, `row` its line (XML only)."""

    unit: Unit
    where: str
    row: int | None = None
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """What one document says of one person. `holder` is for the screen only: nothing keeps it.

    `version` is that of the format, `issuer` every issuing institution, `issued_on` the latest day
    of issue, `signed` whether a signature is there: it is never verified here.
    """

    format: Format
    version: str
    holder: str
    issuer: str
    issued_on: date | None
    units: tuple[Unit, ...]
    attachments: int
    signed: bool


@dataclass
class Parts:
    """What a format gives: the forest of units and the facts about the whole document."""

    version: str
    holder: str = ""
    issuers: list[str] = field(default_factory=list)
    issued: list[date] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    attachments: int = 0
    signed: bool = False

    @property
    def issuer(self) -> str:
        """Every issuing institution once."""
        return "; ".join(dict.fromkeys(name for name in self.issuers if name))
