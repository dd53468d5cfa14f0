"""What institutions decide on an exchange (54/6) or a relocation (55/2/d, 55/4).

Each decides once. One refusal ends the whole; with the last consent the enrolments move.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.procedures.outcome import ACCEPTED, Outcome
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.relocation_conditions import OF_INSTITUTIONS
from portaria.web.access.after import kept_outcome, move, phases_of
from portaria.web.access.enrolments import closed
from portaria.web.access.models import Contest, Exchange, Relocation
from portaria.web.accounts.models import User

Request = TypeVar("Request", Exchange, Relocation)
Found = TypeVar("Found", bound=Outcome)

NOT_YOURS = declare("request-not-yours", "This request is decided, or not yours to decide.")
DECIDED = declare("consent-given", "The institution has decided on this already.")
NOT_MET = declare(
    "request-not-met",
    "This cannot be authorised: not every condition is met. Look at them again.",
)


def concerned(asked: Exchange | Relocation) -> tuple[str, ...]:
    """The institutions that decide, as they were when the request was whole: that of origin first
    in a relocation; none before the other candidate agreed to an exchange."""
    return tuple(asked.conditions.get("institutions", ()))


def of_institution(requests: QuerySet[Request], code: str) -> list[Request]:
    """Those that concern an institution, the latest first."""
    found = requests.select_related("contest").order_by("-pk")
    return [asked for asked in found if code in concerned(asked)]


def waiting(requests: QuerySet[Request], code: str) -> int:
    """How many of them wait for an institution."""
    undecided = requests.filter(state="asked").exclude(consents__institution=code)
    return sum(code in concerned(asked) for asked in undecided)


def end(asked: Exchange | Relocation, state: str) -> None:
    """What was asked is refused or done; the caller saves it."""
    asked.state, asked.done_at = state, timezone.now()


def decide(
    asked: Request,
    institution: str,
    agreed: bool,
    reasons: str,
    user: User,
    outcome: Callable[[Request, Phases], Found],
) -> Found | None:
    """Keep the decision of one institution on a request that the caller has locked, and logs.

    What `outcome` tells once more, with this decision; None for a refusal, which asks no rule.
    UsageError where it is not its to decide, or would authorise what the text does not allow.
    """
    contest = Contest.objects.select_for_update().get(pk=asked.contest_id)
    if why := closed(contest):
        raise UsageError(why)
    if institution not in concerned(asked) or asked.state != asked.State.ASKED:
        raise UsageError(Message(NOT_YOURS))
    if asked.consents.filter(institution=institution).exists():
        raise UsageError(Message(DECIDED))
    # Undone with the transaction where the conditions are not met.
    asked.consents.create(institution=institution, agreed=agreed, reasons=reasons, decided_by=user)
    if not agreed:
        end(asked, asked.State.REFUSED)
        asked.save()
        return None
    phases = phases_of(contest)
    found = outcome(asked, phases)
    last = asked.consents.filter(agreed=True).count() == len(concerned(asked))
    if not (found.answer == ACCEPTED if last else _may_go_on(found)):
        raise UsageError(Message(NOT_MET))
    asked.conditions |= kept_outcome(found)
    if last:
        move(contest, phases, found.enrolments, user)
        end(asked, asked.State.DONE)
    asked.save()
    return found


def _may_go_on(found: Outcome) -> bool:
    """Whether nothing is missing but the decisions of other institutions."""
    return all(each.met or each.code in OF_INSTITUTIONS for each in found.conditions)
