"""How passwords are kept."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane.

    The least that OWASP's Password Storage Cheat Sheet recommends: some 25 ms of one core, so that
    two cores bear 20 log-ins a second at the opening of a contest. Django's own 100 MiB in eight
    lanes would take all of both.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
