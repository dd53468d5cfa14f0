"""Whether the records are still those that a placement read."""

from __future__ import annotations

import hashlib

from portaria.web.access import frames
from portaria.web.access.models import Contest, Run


def records_digest(contest: Contest) -> str:
    """A hash of everything that a placement of this contest would read now."""
    digest = hashlib.sha256(repr((contest.edition, sorted(contest.policy.items()))).encode())
    for name, frame in sorted(frames.all_tables(contest).items()):
        digest.update(name.encode())
        digest.update(frame.write_csv().encode())
    return digest.hexdigest()


def grown_old(run: Run) -> bool:
    """Whether the records changed since a placement read them."""
    read = (run.answer or {}).get("records")
    return read is not None and read != records_digest(run.contest)
