"""What people write beside the tables: the school, meetings, plans, the day of the PAF.

`papers.toml` in the folder of the class; `meetings/NAME.toml` and `internship_plans/NAME.toml`
(or `.json`), one record each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from portaria.documents.cef.fields import Moment, Number
from portaria.documents.records import Record, Words

MEETINGS, PLANS = "meetings", "internship_plans"


def _some(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """A list that is not empty."""
    if value:
        return value
    raise PydanticCustomError("parts", "empty")


class School(Record):
    """Who issues the papers; what is not given is a line to fill."""

    name: Words | None = None
    place: Words | None = None
    director: Words | None = None


class CourseRecord(Record):
    """What the class is called."""

    name: Words | None = None
    class_name: Words | None = None
    school_year: Words | None = None
    course_director: Words | None = None
    class_director: Words | None = None


class PafDay(Record):
    """29/3: where and when the PAF is."""

    place: Words
    at: Moment


class OfClass(Record):
    """What papers.toml says of one class among many, instead of what it says of all."""

    course: CourseRecord | None = None
    paf: PafDay | None = None


class Papers(OfClass):
    """papers.toml. `classes`: by the name of the class."""

    school: School = School()
    classes: Mapping[str, OfClass] = Field(default_factory=dict)

    def of(self, name: str) -> Papers:
        """The same for one class."""
        own = self.classes.get(name, OfClass())
        return Papers(school=self.school, course=own.course or self.course, paf=own.paf or self.paf)

    def place_of_paf(self, name: str) -> str:
        """Where the moment of the PAF of a class stands in the file."""
        own = self.classes.get(name)
        return "paf.at" if own is None or own.paf is None else f"classes.{name}.paf.at"


class Seat(Record):
    """Somebody called to a meeting; `votes`: whether the seat has a vote."""

    name: Words
    role: Words | None = None
    present: bool = True
    votes: bool = True


class Decision(Record):
    """10: by consensus, or by `votes`, the option of each voter by name; with its `reasons`."""

    question: Words
    consensus: bool = False
    votes: Mapping[str, Words] = Field(default_factory=dict)
    reasons: Words


class Topic(Record):
    """A point of the agenda."""

    title: Words
    text: Words | None = None
    decisions: tuple[Decision, ...] = ()


class Meeting(Record):
    """A meeting of the team (articles 7 to 10)."""

    held_on: Moment
    ended_at: Moment | None = None
    number: Number | None = None
    place: Words | None = None
    chair: Words
    secretary: Words
    second_call: bool = False
    attendance: Annotated[tuple[Seat, ...], AfterValidator(_some)]
    topics: Annotated[tuple[Topic, ...], AfterValidator(_some)]
    class_: Annotated[Words | None, Field(alias="class")] = None


class Plan(Record):
    """22: the internship plan of a student; the eight headings of 22/2 in their order, each a text
    of one or more lines. What is not given is left to fill."""

    student: Words
    class_: Annotated[Words | None, Field(alias="class")] = None
    host: Words | None = None
    monitor: Words | None = None
    teacher: Words | None = None
    aims: Words | None = None
    contents: Words | None = None
    programme: Words | None = None
    period: Words | None = None
    hours: Words | None = None
    places: Words | None = None
    follow_up: Words | None = None
    rights_and_duties: Words | None = None


@dataclass(frozen=True)
class Records:
    """All that people wrote; meetings and plans by the whole name of their file."""

    papers: Papers
    meetings: Mapping[str, Meeting]
    plans: Mapping[str, Plan]
