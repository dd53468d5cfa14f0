"""What candidates hand in: applications, claims to quotas, documents."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from portaria.web.access.models.contest import Contest
from portaria.web.access.models.tables import Candidate


class Submission(models.Model):
    """An application as it was received, kept for ever: a change is a further one.

    `key`: drawn by the form, so that sending twice hands in once. `options`: programmes in the
    order wanted. `number` of the receipt counts the candidate's submissions from 1.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted"
        CHANGED = "changed"
        WITHDRAWN = "withdrawn"
        IMPORTED = "imported"

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="submissions")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="submissions")
    key = models.UUIDField(default=uuid.uuid4)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    received_at = models.DateTimeField(default=timezone.now)
    options = models.JSONField()
    claims_regional = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "key"], name="a_form_hands_in_once"),
            models.UniqueConstraint(fields=["candidate", "number"], name="a_receipt_a_number"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("an application that was received is never changed")
        super().save(*args, **kwargs)


class Claim(models.Model):
    """A quota claimed, to be accepted or refused on documents; acceptance writes the record.

    `ground`: for an island quota, the clause that it rests on.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="claims")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="claims")
    quota = models.CharField(max_length=20)
    ground = models.CharField(max_length=20, blank=True)
    statement = models.TextField(blank=True, max_length=4000)
    state = models.CharField(max_length=10, choices=State, default=State.CLAIMED)
    claimed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(blank=True, max_length=8000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["candidate", "quota"],
                condition=~models.Q(state="withdrawn"),
                name="a_quota_is_claimed_once",
            )
        ]


class Document(models.Model):
    """A file that supports a claim or a complaint."""

    claim = models.ForeignKey(Claim, models.CASCADE, null=True, related_name="documents")
    complaint = models.ForeignKey(
        "access.Complaint", models.CASCADE, null=True, related_name="documents"
    )
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="documents/%Y/%m", max_length=255)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(claim__isnull=False, complaint__isnull=True)
                | models.Q(claim__isnull=True, complaint__isnull=False),
                name="a_document_supports_one_thing",
            )
        ]
