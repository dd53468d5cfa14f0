"""Records for a crowd: a running contest whose candidates have accounts and open sessions.

    python crowd.py DATA NUMBER        fill it; prints contest, codes and sessions
    python crowd.py DATA place         close it, and ask the worker for a placement
    python crowd.py DATA               prints what the records hold of that contest

Run in a process of its own: the server has the same records open.
"""

from __future__ import annotations

import json
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from portaria.web.installation import prepare, set_up


def fill(number: int) -> dict[str, Any]:
    """The demonstration with `number` candidates who are about to apply."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from portaria.web import demo
    from portaria.web.access.models import Candidate, Contest, Programme, Stage
    from portaria.web.accounts.models import User

    prepare()
    demo.UNDECIDED = number + 10
    demo.fill(lambda step: None)
    contest = Contest.objects.get(stage=Stage.OPEN)
    waiting = Candidate.objects.filter(contest=contest, submission=None, user=None, excluded=None)
    sessions = {}
    for candidate in waiting[:number]:
        candidate.user = User.objects.create_user(f"{candidate.candidate}@example.org")
        candidate.save()
        session = SessionStore()
        session[SESSION_KEY] = str(candidate.user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = candidate.user.get_session_auth_hash()
        session.set_expiry(timedelta(days=1))
        session.create()
        sessions[candidate.candidate] = session.session_key
    codes = list(Programme.objects.filter(contest=contest).values_list("programme", flat=True))
    return {"contest": contest.key, "codes": codes, "sessions": sessions, "seed": uuid.uuid4().hex}


def place() -> dict[str, Any]:
    """The running contest closed, and a placement in the queue."""
    from django.db import transaction
    from django.utils import timezone

    from portaria.web.access import jobs, publication
    from portaria.web.access.models import Contest, Run, Stage
    from portaria.web.accounts.models import User

    office = User.objects.get(email="gabinete@example.org")
    contest = Contest.objects.get(stage=Stage.OPEN)
    Contest.objects.filter(pk=contest.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    publication.close_contest(contest, office)
    with transaction.atomic():
        run = Run.objects.create(contest=contest, kind=Run.Kind.PLACEMENT, started_by=office)
        jobs.queue(run)
    return {"run": run.pk}


def held() -> dict[str, Any]:
    """Every submission by its key, what stands, and what the placement would read."""
    from portaria.web.access import frames
    from portaria.web.access.models import (
        Candidate,
        Contest,
        PlacementResult,
        Run,
        Stage,
        Submission,
    )

    contest = Contest.objects.exclude(stage=Stage.PUBLISHED).get()
    rows = Submission.objects.filter(contest=contest).exclude(kind="imported")
    return {
        "keys": [[str(row.key), row.candidate.candidate, row.options] for row in rows],
        "standing": list(
            Candidate.objects.filter(contest=contest, submission__in=rows).values_list(
                "candidate", flat=True
            )
        ),
        "options": frames.options(contest).to_dicts(),
        "stage": contest.stage,
        "runs": [
            [run.pk, run.state, run.digest, PlacementResult.objects.filter(run=run).count()]
            for run in Run.objects.filter(contest=contest)
        ],
    }


if __name__ == "__main__":
    set_up(Path(sys.argv[1]))
    match sys.argv[2:]:
        case []:
            print(json.dumps(held()))
        case ["place"]:
            print(json.dumps(place()))
        case [number]:
            print(json.dumps(fill(int(number))))
