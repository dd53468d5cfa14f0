"""The tables of a contest as records: columns of `schemas`, a row belonging to one contest.

Programmes and candidates are named by their codes, as in the tables, so that a table is written
and read in bulk.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models

from portaria.web.access.models.contest import Contest


class ExactDecimal(models.CharField):
    """A decimal kept as its own digits: SQLite would make it a binary fraction."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 42
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value in (None, "") else Decimal(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else format(Decimal(value), "f")


def code(**kwargs: Any) -> models.CharField:
    """A code or a name: text as long as people write it."""
    return models.CharField(max_length=kwargs.pop("max_length", 200), **kwargs)


class TableRow(models.Model):
    """A row of a table of a contest."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


def key(*fields: str) -> list[models.BaseConstraint]:
    """A row is known by these within its contest."""
    name = "%(app_label)s_%(class)s_key"
    return [models.UniqueConstraint(fields=["contest", *fields], name=name)]


class Programme(TableRow):
    """A course at an institution (table `programmes`); `search` is what people look in."""

    programme = code(max_length=40)
    institution = code(max_length=40, null=True)
    institution_name = code(null=True, max_length=300)
    course_name = code(null=True, max_length=300)
    subsystem = code(null=True, max_length=20)
    island_university = code(null=True, max_length=20)
    seats = models.PositiveIntegerField()
    w_secondary = ExactDecimal()
    w_prerequisite = ExactDecimal()
    min_exam = ExactDecimal()
    min_grade = ExactDecimal()
    prerequisite = code(null=True)
    prerequisite_kind = code(null=True, max_length=20)
    sport = models.BooleanField()
    regional_share = ExactDecimal()
    vocational_share = ExactDecimal()
    district = code(null=True)

    class Meta:
        constraints: ClassVar = key("programme")
        indexes: ClassVar = [models.Index(fields=["contest", "institution"])]


class ExamSet(TableRow):
    """Table `exam_sets`."""

    programme = code(max_length=40)
    set = models.PositiveIntegerField()
    exam = code(max_length=40)
    weight = ExactDecimal()

    class Meta:
        constraints: ClassVar = key("programme", "set", "exam")


class RegionalArea(TableRow):
    """Table `regional_areas`."""

    programme = code(max_length=40)
    area = code()

    class Meta:
        constraints: ClassVar = key("programme", "area")


class VocationalCourse(TableRow):
    """Table `vocational_courses`."""

    programme = code(max_length=40)
    secondary_course = code()

    class Meta:
        constraints: ClassVar = key("programme", "secondary_course")


class Congener(TableRow):
    """Table `congeners`."""

    programme = code(max_length=40)
    congener = code(max_length=40)

    class Meta:
        constraints: ClassVar = key("programme", "congener")


class Candidate(TableRow):
    """A person of the contest with what is proven of her (table `candidates`).

    `residence`, `secondary_municipality`: extra columns of that table which institutions are told
    (39/2/c, 39/2/f).
    `user`: the account that applies; `activation`: the hash of the code that joins the two.
    `submission`: the application that stands; null where there is none or it was withdrawn. Only
    those with one take part in a placement.
    """

    candidate = code(max_length=100)
    name = code(null=True, max_length=300)
    civil_id = code(null=True)
    secondary = ExactDecimal(null=True)
    secondary_with_pe = ExactDecimal(null=True)
    two_cycle_a = ExactDecimal(null=True)
    two_cycle_b = ExactDecimal(null=True)
    has_final_grade = models.BooleanField()
    area = code(null=True)
    area_year11 = code(null=True)
    area_recognised = code(null=True)
    secondary_course = code(null=True)
    claims_regional = models.BooleanField(default=False)
    azores = code(null=True, max_length=20)
    madeira = code(null=True, max_length=20)
    emigrant = models.BooleanField(default=False)
    military = models.BooleanField(default=False)
    disability = models.BooleanField(default=False)
    excluded = code(null=True)
    residence = code(null=True)
    secondary_municipality = code(null=True)

    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="candidates")
    activation = models.CharField(max_length=64, null=True)
    submission = models.ForeignKey(
        "access.Submission", models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            *key("candidate"),
            models.UniqueConstraint(fields=["contest", "user"], name="one_record_an_account"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["activation"]),
            models.Index(fields=["contest", "name"]),
        ]

    def __str__(self) -> str:
        return str(self.name or self.candidate)


class Exam(TableRow):
    """Table `exams`."""

    candidate = code(max_length=100)
    exam = code(max_length=40)
    programme = code(max_length=40, null=True)
    grade = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["contest", "candidate"])]


class Prerequisite(TableRow):
    """Table `prerequisites`."""

    candidate = code(max_length=100)
    group = code()
    passed = models.BooleanField()
    grade = ExactDecimal(null=True)

    class Meta:
        constraints: ClassVar = key("candidate", "group")


class Adjustment(TableRow):
    """Seats freed and used by rectifications between the phases (table `adjustments`)."""

    programme = code(max_length=40)
    vl2 = models.PositiveIntegerField(default=0)
    vr = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = key("programme")


class Opened(TableRow):
    """The programmes opened in a later phase with the seats decided (table `opened`)."""

    programme = code(max_length=40)
    seats = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = key("programme")
