"""What follows a result: enrolments, complaints, exchanges and relocations."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from portaria.web.access.models.contest import Contest
from portaria.web.access.models.tables import Candidate


class Enrolment(models.Model):
    """Whether a placed candidate enrolled, as her institution reported it (39/3).

    A later report replaces an earlier one; the log keeps both. Table `enrolments` of the next
    phase; `programme`: where an exchange, a rectification or a relocation moved her.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="enrolments")
    candidate = models.CharField(max_length=100)
    enrolled = models.BooleanField()
    enrolled_on = models.DateField(null=True)
    cancelled = models.BooleanField(default=False)
    programme = models.CharField(max_length=40, null=True)
    reported_at = models.DateTimeField(default=timezone.now)
    reported_by = models.CharField(max_length=254)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "candidate"], name="one_enrolment")
        ]


class Complaint(models.Model):
    """A complaint against a result (art. 40), received within the deadline or not at all."""

    class State(models.TextChoices):
        RECEIVED = "received"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="complaints")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="complaints")
    key = models.UUIDField(default=uuid.uuid4)
    text = models.TextField(max_length=8000)
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    decision = models.TextField(blank=True, max_length=8000)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    run = models.ForeignKey("access.Run", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "key"], name="a_complaint_once")
        ]


class Asked(models.Model):
    """What needs the consent of institutions before it holds."""

    class State(models.TextChoices):
        ASKED = "asked"
        REFUSED = "refused"
        DONE = "done"

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    conditions: Any = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Exchange(Asked):
    """Two enrolled candidates would exchange their seats (art. 54)."""

    first = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    second = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    accepted_by_second_at = models.DateTimeField(null=True)


class Relocation(Asked):
    """Everybody enrolled in a programme of few would move to others (art. 55).

    `moves`: the programme to which each candidate would go.
    """

    programme = models.CharField(max_length=40)
    moves = models.JSONField(default=dict)


class Consent(models.Model):
    """The decision of one institution on an exchange or a relocation."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, null=True, related_name="consents")
    relocation = models.ForeignKey(Relocation, models.CASCADE, null=True, related_name="consents")
    institution = models.CharField(max_length=40)
    agreed = models.BooleanField()
    reasons = models.TextField(blank=True, max_length=4000)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exchange", "institution"], name="one_consent_an_exchange"
            ),
            models.UniqueConstraint(
                fields=["relocation", "institution"], name="one_consent_a_relocation"
            ),
        ]
