"""What every paper has in common: its class, its language, how it cites, and how a page is made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import polars as pl

from portaria.core.messages import Message, declare, render, show
from portaria.documents.cef import parts
from portaria.documents.cef.parts import Part
from portaria.documents.cef.records import Papers
from portaria.documents.citation import cite
from portaria.documents.glyphs import fit
from portaria.documents.pdf import pdf
from portaria.regulations.cef.evaluate import Evaluation

MADE = declare("cef-paper-made", "{title} · Prepared by a program; people decide and sign.")
ON = declare("cef-paper-on", "With the records up to {day}")
PLACE_AND_DAY = declare("cef-paper-place-day", "{place}, {day}")
NUMBER = declare("cef-paper-number", "No.")
NAME = declare("cef-paper-name", "Name")
COMPONENTS = {
    "sociocultural": declare("cef-component-sociocultural", "Sociocultural"),
    "scientific": declare("cef-component-scientific", "Scientific"),
    "technological": declare("cef-component-technological", "Technological"),
    "practical": declare("cef-component-practical", "Practical"),
}
UNGRADED = "–"
NUMBERED = re.compile("[0-9]{1,12}")
STYLES = ("plain", "wide", "certificate")


class Paper:
    """One class on one day, to be put on paper in one language: that of the edition unless another
    is asked for. `evaluation` holds that class alone."""

    def __init__(
        self, evaluation: Evaluation, papers: Papers | None = None, lang: str | None = None
    ) -> None:
        self.evaluation = evaluation
        self.course = evaluation.course
        self.papers = papers or Papers()
        self.rules = evaluation.course.rules
        self.lang = lang or self.rules.edition.language

    def say(self, code: str, cited: str = "", /, **params: object) -> str:
        """A declared sentence, with the clause it stands on before its full stop."""
        sentence = render(Message(code, params), self.lang)
        if not cited:
            return sentence
        stop = "." if sentence.endswith(".") else ""
        return f"{sentence.removesuffix('.')} [{self.cite(cited)}]{stop}"

    def cite(self, clause: str) -> str:
        """A clause in words; the paper names its regulation once."""
        return cite(clause.removeprefix("CEF "), self.lang)

    def number(self, value: Fraction | int) -> str:
        """An exact number."""
        return show(value, self.lang)

    def day(self, day: date) -> str:
        """A day written out, with its hour where it has one."""
        if isinstance(day, datetime):
            return show(day.date(), self.lang) + (f", {day:%H:%M}" if day.time() else "")
        return show(day, self.lang)

    def level(self, level: int | None) -> Part:
        """A level for a cell; below three it stands out."""
        return parts.cell(
            UNGRADED if level is None else str(level), alarm=level is not None and level < 3
        )

    def students(self) -> list[tuple[str, str]]:
        """Key and name of every student: by number where all keys are numbers, else by name."""
        rows = self.course.students.select("student", "name").rows()
        if all(NUMBERED.fullmatch(key) for key, _ in rows):
            return sorted(rows, key=lambda row: (int(row[0]), row[0]))
        return sorted(rows, key=lambda row: (_plain(row[1]), row[0]))

    def page(
        self,
        title: str,
        subtitle: str,
        found: Iterable[Part],
        foot: Sequence[str] = (),
        style: str = "plain",
        code: str = "",
    ) -> bytes:
        """The PDF; `foot`: what stands small at its end; `code`: at the foot of every page."""
        assert style in STYLES
        course = self.papers.course
        named = (course.name, course.class_name, course.school_year) if course else ()
        data = {
            "style": style,
            "title": title,
            "subtitle": subtitle,
            "school": self.papers.school.name or "",
            "course": " · ".join(filter(None, named)),
            "footer": f"{title} · {code}" if code else self.say(MADE, title=title),
            "parts": [*found],
            "foot": [*foot],
        }
        return pdf("cef", fit(data), self.lang)

    def subtitle(self) -> str:
        """The day that the paper looks at."""
        return self.say(ON, day=self.evaluation.on)

    def regulation(self) -> str:
        """The rule set, which a paper names once."""
        return self.rules.edition.title

    def signed_at(self, day: date) -> str:
        """Place and day over the signatures."""
        place = self.papers.school.place or "_" * 20
        return self.say(PLACE_AND_DAY, place=place, day=day)


def _plain(name: str) -> str:
    """A name without its accents, so that Ágata stands before Bruno."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def of_class(evaluation: Evaluation, name: str) -> Evaluation:
    """The evaluation of one class of many."""

    def own(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.filter(pl.col("class") == name)

    course = evaluation.course
    frames = {table: own(frame) for table, frame in course.frames.items()}
    results: dict[str, Any] = {
        each.name: own(getattr(evaluation, each.name))
        for each in fields(evaluation)
        if each.name not in ("course", "on")
    }
    course = replace(course, classes=own(course.classes), frames=frames)
    return replace(evaluation, course=course, **results)
