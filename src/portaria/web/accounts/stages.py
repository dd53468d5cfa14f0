"""The steps of a log-in that are ours."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import EmailVerificationStage


class Confirmation(EmailVerificationStage):  # type: ignore[misc]
    """The address is confirmed before an account opens, unless a record was joined to it.

    Whoever joined her record did so with a code that is hers alone: no message that comes late may
    keep her from an application whose deadline runs.
    """

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user is not None and user.candidates.exists():
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer
