"""A new activation code for one candidate who lost hers."""

from __future__ import annotations

from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.models import Candidate
from portaria.web.access.people import digest, new_code
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

HAS_ACCOUNT = declare("code-has-account", "This candidate has an account already.")
DRAWN = declare("log-code-drawn", "Drew a new activation code for candidate {candidate}.")


@transaction.atomic
def draw_code(candidate: Candidate, user: User) -> str:
    """A code that is shown this once; the former one no longer counts."""
    found = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if found.user_id is not None:
        raise UsageError(Message(HAS_ACCOUNT))
    code = new_code()
    found.activation = digest(code)
    found.save(update_fields=["activation"])
    params = {"candidate": found.candidate}
    record(user, DRAWN, params, contest=found.contest.key, candidate=found.candidate)
    return code
