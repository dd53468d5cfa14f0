"""The log: every change, and every reading of a personal record by staff, as a sentence.

Sentences are declared beside what they tell; `actor`, `at`, `before` and `after` stand apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portaria.core.messages import declared, render
from portaria.web.accounts.models import LogEntry
from portaria.web.kept_messages import unpacked

if TYPE_CHECKING:
    from portaria.web.accounts.models import User

SYSTEM = "Portaria"
"""The actor of what the program does by itself, such as the end of a placement."""


def record(
    user: User | None,
    code: str,
    params: dict[str, Any] | None = None,
    *,
    before: Any = None,
    after: Any = None,
    contest: str = "",
    candidate: str = "",
    actor: str = "",
) -> None:
    """Add an entry, in the transaction of what it tells. `code`: of a declared sentence.

    `contest`, `candidate`: the keys of what it is about. `actor`: where no user acts.
    """
    if code not in declared():
        raise KeyError(f"the log knows no sentence {code!r}")
    LogEntry.objects.create(
        user=user,
        actor=actor or (str(user) if user else SYSTEM),
        code=code,
        params=params or {},
        before=before,
        after=after,
        contest=contest,
        candidate=candidate,
    )


def sentence(entry: LogEntry, lang: str) -> str:
    """What an entry tells; one whose sentence is no longer declared, by its code."""
    if entry.code not in declared():
        return str(entry.code)
    return render(unpacked({"code": entry.code, "params": entry.params}), lang)
