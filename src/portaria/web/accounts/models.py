"""Who uses the application, in which role, and what was done."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from portaria.web.accounts.roles import ROLES


class Users(BaseUserManager["User"]):
    """Makes users by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> User:
        """A user with a role or none; without a password she sets one through a link."""
        user = self.model(email=self.normalize_email(email).lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who logs in. What she may do comes from her roles alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """What the account menu shows."""
        return str(self)


class Membership(models.Model):
    """A role of a user; that of an institution officer is held at one institution."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    institution = models.CharField(max_length=20, blank=True)
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "institution"], name="one_membership_of_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(role="institution", institution__gt="")
                | (~models.Q(role="institution") & models.Q(institution="")),
                name="institution_of_its_officers_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.institution}".strip()


class LogEntry(models.Model):
    """What was done or read: a sentence by its code, with what stood before and after.

    Entries are only ever added. `actor` keeps the words for who did it, should the account go.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    actor = models.CharField(max_length=254)
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    contest = models.CharField(max_length=60, blank=True)
    candidate = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=[name, "-id"])
            for name in ("user", "actor", "code", "contest", "candidate")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("an entry of the log is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("an entry of the log is never removed")


class ApiToken(models.Model):
    """Access of another system in the name of a role; only the token's hash is kept.

    `ended_for`: the code of the reason where it ended because of its issuer; empty where somebody
    revoked it.
    """

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    institution = models.CharField(max_length=20, blank=True)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=40, blank=True)
    last_used_at = models.DateTimeField(null=True)

    @staticmethod
    def digest_of(token: str) -> str:
        """What is kept of a token: it is random, so a plain hash does not betray it."""
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def issue(cls, **fields: Any) -> tuple[ApiToken, str]:
        """A new token, and the text that is shown this once."""
        text = f"portaria_{secrets.token_urlsafe(32)}"
        return cls.objects.create(digest=cls.digest_of(text), **fields), text

    def stands(self, now: datetime) -> bool:
        """Whether it is accepted."""
        return self.revoked_at is None and now < self.expires_at
