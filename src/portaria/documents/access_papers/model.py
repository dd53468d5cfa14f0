"""What several papers say: which contest, of whom, which options, how to complain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Contest:
    """Which contest and phase a paper is of.

    title: as people know it; text: the regulation it stands on, in words; office: who runs it, for
    the head of the page.
    """

    title: str
    text: str
    phase: int
    office: str = ""


@dataclass(frozen=True)
class Person:
    """Whom a paper is about; address: its lines, for a notice sent by post."""

    name: str
    candidate: str
    address: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One option of a form: its order from 1 on, the programme's code and its names."""

    order: int
    programme: str
    institution: str
    course: str


@dataclass(frozen=True)
class Remedy:
    """How to complain: `how` in the office's words, `until` as a day or an aware moment."""

    how: str
    until: date | datetime | None = None


@dataclass(frozen=True)
class Signature:
    """Who signs a notice, where and on which day; an empty name is a line to write on."""

    place: str
    day: date
    office: str
    name: str = ""
