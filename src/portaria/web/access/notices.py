"""Decisions on claims and complaints as the papers that tell them."""

from __future__ import annotations

from portaria.core.messages import Message, declare
from portaria.documents.access_papers.decisions import ClaimNotice, ComplaintNotice
from portaria.documents.access_papers.notices import claim_notice, complaint_notice
from portaria.web.access.editions import edition_of
from portaria.web.access.kept_papers import in_lisbon
from portaria.web.access.models import Claim, Complaint
from portaria.web.access.receipts import contest_on_paper, person_on_paper
from portaria.web.pages import lang, say

DECIDERS = {
    "disability": declare("notice-commission", "Commission of experts"),
    "office": declare("notice-office", "Access office"),
}
DECIDED = (Claim.State.ACCEPTED, Claim.State.REFUSED)


def is_told(claim: Claim) -> bool:
    """Whether a claim was decided, so that there is a notice of it."""
    return claim.decided_at is not None and claim.state in DECIDED


def of_claim(claim: Claim) -> bytes:
    """The notice of the decision on a claim (`is_told`)."""
    assert claim.decided_at is not None, "a decided claim has its moment"
    decider = DECIDERS.get(claim.quota, DECIDERS["office"])
    notice = ClaimNotice(
        contest=contest_on_paper(claim.contest),
        person=person_on_paper(claim.candidate),
        quota=claim.quota,
        accepted=claim.state == Claim.State.ACCEPTED,
        reasons=claim.reasons,
        decided_by=say(Message(decider)),
        decided=in_lisbon(claim.decided_at),
        file=str(claim.pk),
        clause=edition_of(claim.contest).parameters[f"quota_{claim.quota}"].clause,
    )
    return claim_notice(notice, lang())


def of_complaint(complaint: Complaint) -> bytes:
    """The notice of the decision on a complaint; one that was decided."""
    assert complaint.decided_at is not None, "a decided complaint has its moment"
    granted = complaint.state == Complaint.State.ACCEPTED
    notice = ComplaintNotice(
        contest=contest_on_paper(complaint.contest),
        person=person_on_paper(complaint.candidate),
        number=str(complaint.pk),
        filed=in_lisbon(complaint.received_at),
        outcome="granted" if granted else "refused",
        reasons=complaint.decision,
        decided_by=say(Message(DECIDERS["office"])),
        decided=in_lisbon(complaint.decided_at),
    )
    return complaint_notice(notice, lang())
