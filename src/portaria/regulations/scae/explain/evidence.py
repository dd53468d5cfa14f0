"""What a folder holds of some students: every row that speaks of them, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from portaria.regulations.scae.explain.account import ClassTold
from portaria.regulations.scae.facts import Facts
from portaria.regulations.scae.members import members
from portaria.regulations.scae.references import references
from portaria.regulations.scae.stored import REPORTED, Stored

Row = dict[str, Any]
BY_ENROLMENT = ("stays", "class_stays", "previous")
WHOLE = ("classes", "course_series")


@dataclass(frozen=True)
class Evidence:
    """Rows of `students`, and of the records sent before that are theirs."""

    stored: Stored
    students: tuple[str, ...]
    records: tuple[str, ...]

    @cached_property
    def decisions(self) -> list[Row]:
        """The records considered."""
        theirs = pl.col("student").is_in(self.students) | pl.col("record").is_in(self.records)
        return rows(self.stored.decisions(theirs).sort("record"))

    @cached_property
    def frames(self) -> dict[str, pl.DataFrame]:
        """The facts that speak of the students, and all classes and series."""
        fact = self.stored.fact
        found = {name: fact(name) for name in WHOLE}
        found["enrolments"] = fact("enrolments", pl.col("student").is_in(self.students))
        theirs = pl.col("enrolment").is_in(found["enrolments"]["enrolment"].implode())
        return found | {name: fact(name, theirs) for name in BY_ENROLMENT}

    @cached_property
    def classes(self) -> dict[str, Row]:
        """Every class by name."""
        return {row["class"]: row for row in rows(self.frames["classes"])}

    @cached_property
    def enrolments(self) -> dict[str, Row]:
        """The period enrolments by name."""
        return {row["enrolment"]: row for row in rows(self.frames["enrolments"])}

    @cached_property
    def stays(self) -> list[Row]:
        """The stays that the log tells of, in their order."""
        return rows(self.frames["stays"].sort("enrolment", "stay"))

    @cached_property
    def isolated(self) -> dict[str, Row]:
        """The isolated enrolments by name."""
        told = self.stored.fact("isolated", pl.col("discipline_enrolment").is_in(self._sources()))
        return {row["discipline_enrolment"]: row for row in rows(told)}

    @cached_property
    def parents(self) -> list[Row]:
        """The period enrolments that fit the isolated ones (R55)."""
        return rows(self.stored.fact("parents", pl.col("isolated").is_in(self._sources())))

    @cached_property
    def members(self) -> list[Row]:
        """The EJA enrolments with the course they count for and where they stood: decisions.parquet
        has only the one that acts, so the rules' own functions read the stored facts once more."""
        run = self.stored.run(Facts(self.frames))
        return rows(references(members(run), run).sort("order_date", "order_start", "enrolment"))

    @cached_property
    def hours(self) -> list[Row]:
        """The sums of hours by holder and class."""
        holders = [*self.enrolments, *self._sources()]
        return rows(self.stored.fact("hours", pl.col("holder").is_in(holders)))

    @cached_property
    def untyped(self) -> list[Row]:
        """The disciplines without a type."""
        holders = [*self.enrolments, *self._sources()]
        return rows(self.stored.fact("untyped", pl.col("holder").is_in(holders)))

    @cached_property
    def outside(self) -> list[Row]:
        """Minutes before an entry and after an exit; none unless the reading says so."""
        return self._of_records("outside") if self.stored.has("outside") else []

    @cached_property
    def disciplines(self) -> list[Row]:
        """The disciplines that might be reported."""
        theirs = pl.col("enrolment").is_in(list(self.enrolments))
        return rows(self.stored.fact("disciplines", theirs))

    @cached_property
    def reported(self) -> dict[str, Row]:
        """The last ledger row by record."""
        if not self.stored.has(REPORTED):
            return {}
        return {row["record"]: row for row in self._of_records(REPORTED)}

    def table(self, name: str) -> list[Row]:
        """The rows of a result table that are of these records."""
        if name not in self._tables:
            theirs = pl.col("record").is_in(self.names)
            self._tables[name] = rows(self.stored.table(name, theirs))
        return self._tables[name]

    @cached_property
    def names(self) -> list[str]:
        """The records considered, and those of before."""
        return [*(row["record"] for row in self.decisions), *self.records]

    def class_of(self, name: str) -> ClassTold:
        """A class as the source describes it."""
        row = self.classes.get(name)
        if row is None:
            return ClassTold(name, found=False)
        told = ("unit", "period", "level", "course", "modality", "series", "start", "end")
        return ClassTold(name, True, **{each: row[each] for each in told}, row=row["source_row"])

    @cached_property
    def _tables(self) -> dict[str, list[Row]]:
        return {}

    def _sources(self) -> list[str]:
        return [row["source"] for row in self.decisions if row["kind"] == "I"]

    def _of_records(self, name: str) -> list[Row]:
        return rows(self.stored.fact(name, pl.col("record").is_in(self.names)))


def rows(frame: pl.DataFrame) -> list[Row]:
    """A frame as dictionaries."""
    return frame.rows(named=True)


def of_record(found: Sequence[Row], record: str) -> list[Row]:
    """The rows of one record."""
    return [row for row in found if row["record"] == record]
