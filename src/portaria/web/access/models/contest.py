"""A contest, its calendar, and the files that its tables came from."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from portaria.web.days import in_time


class Stage(models.TextChoices):
    """Where a contest stands, in this order."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"
    SENT = "sent"
    RATIFIED = "ratified"
    PUBLISHED = "published"


class Contest(models.Model):
    """One phase of a contest: an edition, readings, a calendar and a stage.

    `key` stands in addresses and in the log. `edition_source`: the edition's own file, where it is
    none of those that come with the program. Deadlines are moments; screens show them in Lisbon
    time. `run`: what was sent to the director, later ratified and published.
    """

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=60)
    phase = models.PositiveSmallIntegerField(default=1)
    policy = models.JSONField(default=dict)
    edition_source = models.TextField(blank=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="next", blank=True
    )
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PREPARING)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    results_at = models.DateTimeField(null=True)
    complaints_until = models.DateTimeField(null=True)
    enrolment_until = models.DateTimeField(null=True)
    public_until = models.DateTimeField(null=True)
    run = models.ForeignKey(
        "access.Run", models.PROTECT, null=True, related_name="+", db_constraint=True
    )
    ratified_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ratified_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def accepts(self, at: datetime) -> bool:
        """Whether an application is received at this moment; the last second counts whole."""
        if self.stage != Stage.OPEN or self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at <= at and in_time(at, self.closes_at)

    @property
    def is_published(self) -> bool:
        """Whether its results are: to each candidate her own, without end."""
        return self.stage == Stage.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether its list of names is public: from publication to `public_until` (38/3)."""
        until = self.public_until
        return self.is_published and (until is None or in_time(timezone.now(), until))


class SourceFile(models.Model):
    """A file that the office handed in: a table of the contest, kept as it came.

    A correction names the file that it replaces, which stays in the record.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="sources")
    table = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    file = models.FileField(upload_to="sources/%Y/%m", max_length=255)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    received_at = models.DateTimeField(default=timezone.now)
    received_from = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["table", "-id"]

    def __str__(self) -> str:
        return self.name
