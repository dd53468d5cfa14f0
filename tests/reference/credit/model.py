"""A request as the rules see it: dates, exact numbers, no text left to parse."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .editions import Edition

Classes = dict[str, tuple[Fraction, Fraction]]
"""A letter of the comparability scale to its worst and best grade."""


@dataclass(frozen=True)
class Grade:
    """`value` as text: a number, a letter of the comparability scale, or a word."""

    value: str
    scale: str
    min_pass: Fraction | None = None
    max: Fraction | None = None
    host_classes: Classes | None = None
    home_classes: Classes | None = None


@dataclass(frozen=True)
class Item:
    """`origin` as asked; `paid_by` and `source`: the item at the end of the chain of roots, and
    its origin, the same as the item where it was not itself credited."""

    id: str
    origin: str
    credits: Fraction | None
    hours: Fraction | None
    target: str | None
    grade: Grade | None
    recognised: bool | None
    country: str
    assessment: tuple[tuple[str, bool | None], ...]
    credited: bool
    root: str | None
    asked_on: date | None
    documents: frozenset[str]
    paid_by: str = ""
    source: str = ""


@dataclass(frozen=True)
class Request:
    """`granted_before`: credits of earlier requests for the same degree, by origin."""

    edition: Edition
    cycle: str
    credits: Fraction
    course_credits: Fraction | None
    year_start: date
    submitted_on: date
    authorised_on: date | None
    waiver: bool
    municipal: frozenset[date]
    closures: frozenset[date]
    items: tuple[Item, ...]
    granted_before: dict[str, Fraction]
    experience_years: Fraction | None

    @property
    def base(self) -> Fraction:
        """What the caps refer to: in a master its course, not the degree (3/3)."""
        if self.cycle == "mestrado":
            assert self.course_credits is not None
            return self.course_credits
        return self.credits
