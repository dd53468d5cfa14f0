"""What the worker does, and the rows of results that pages query.

A result itself is the folder that a run wrote, known by the hash of its manifest.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from portaria.web.access.models.contest import Contest


class Job(models.Model):
    """Work that the worker does while a page shows how far it is.

    `stage`, `done`, `total`: what the page shows. `answer`: what was found. `problems`: rows
    (file, sheet, row, column, value, message code and parameters, clause, severity).
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    started_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    answer: Any = models.JSONField(null=True)
    problems: Any = models.JSONField(default=list)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-id"]

    @property
    def working(self) -> bool:
        """Whether it still waits or works."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)


class ImportPlan(Job):
    """Tables handed in for a contest, read and compared before anything is changed.

    `contest`: null until the plan of a new one is applied. `folder`: where the files wait, under
    the data folder. `answer`: settings, and by table the rows added, changed and removed.
    `corrects`: by table, the file that the new one replaces.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, null=True, related_name="plans")
    title = models.CharField(max_length=200, blank=True)
    folder = models.CharField(max_length=64)
    files: Any = models.JSONField(default=list)
    corrects: Any = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")


class Run(Job):
    """A placement, a what-if, a comparison of readings or a verification.

    `digest`: SHA-256 of the manifest of its result folder `results/DIGEST`, where it has one.
    `summary`: its figures at a glance.
    """

    class Kind(models.TextChoices):
        PLACEMENT = "placement"
        WHAT_IF = "what-if"
        COMPARISON = "comparison"
        VERIFICATION = "verification"
        RECTIFICATION = "rectification"

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=14, choices=Kind)
    parameters: Any = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    summary: Any = models.JSONField(default=dict)


class ResultRow(models.Model):
    """A row of a table of a result: written once by its run, then never changed."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("rows of a result are written by their run alone")


class PlacementResult(ResultRow):
    """Table `placements`; `name` for the public list, `institution` for its own."""

    candidate = models.CharField(max_length=100)
    name = models.CharField(max_length=300, null=True)
    sort_name = models.CharField(max_length=300)
    result = models.CharField(max_length=12)
    programme = models.CharField(max_length=40, null=True)
    institution = models.CharField(max_length=40, null=True)
    option = models.PositiveSmallIntegerField(null=True)
    quota = models.CharField(max_length=20, null=True)
    grade = models.CharField(max_length=8, null=True)
    reason = models.CharField(max_length=60, null=True)
    clause = models.CharField(max_length=60, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "candidate"], name="a_candidate_a_result")
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "sort_name", "candidate"]),
            models.Index(fields=["run", "institution", "programme"]),
        ]


class OptionResult(ResultRow):
    """Table `options_outcome`."""

    candidate = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField()
    programme = models.CharField(max_length=40)
    exam_set = models.IntegerField(null=True)
    grade = models.CharField(max_length=8, null=True)
    exam_part = models.CharField(max_length=16, null=True)
    rank = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=16)
    reason = models.CharField(max_length=60, null=True)
    clause = models.CharField(max_length=60, null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run", "candidate"])]


class SeatResult(ResultRow):
    """Table `seats` with the last grade placed in the general quota, by programme."""

    programme = models.CharField(max_length=40)
    institution = models.CharField(max_length=40, null=True)
    seats = models.IntegerField()
    placed = models.IntegerField()
    tie_extra = models.IntegerField()
    additional = models.IntegerField()
    leftover = models.IntegerField()
    last_grade = models.CharField(max_length=8, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "programme"], name="a_programme_a_row")
        ]
