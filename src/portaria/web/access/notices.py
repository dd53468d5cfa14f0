"""Decisions on claims, complaints and seats as the papers that tell them."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_datetime

from portaria.core.messages import Message, declare
from portaria.documents.access_papers.decisions import (
    ClaimNotice,
    ComplaintNotice,
    Consent,
    Enrolment,
    MoveNotice,
    RectificationNotice,
)
from portaria.documents.access_papers.model import Option, Person
from portaria.documents.access_papers.move_notices import move_notice, rectification_notice
from portaria.documents.access_papers.notices import claim_notice, complaint_notice
from portaria.web.access import rectifications
from portaria.web.access.editions import edition_of
from portaria.web.access.models import (
    Candidate,
    Claim,
    Complaint,
    Contest,
    Exchange,
    Programme,
    Relocation,
    Run,
)
from portaria.web.access.receipts import contest_on_paper, options_on_paper, person_on_paper
from portaria.web.days import day_of
from portaria.web.pages import lang, say

DECIDERS = {
    "disability": declare("notice-commission", "Commission of experts"),
    "office": declare("notice-office", "Access office"),
}
TABLES = {
    "candidates": declare("notice-table-candidates", "your record"),
    "exams": declare("notice-table-exams", "your exams"),
    "prerequisites": declare("notice-table-prerequisites", "your prerequisites"),
    "options": declare("notice-table-options", "your options"),
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
        decided=day_of(claim.decided_at),
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
        filed=day_of(complaint.received_at),
        outcome="granted" if granted else "refused",
        reasons=complaint.decision,
        decided_by=say(Message(DECIDERS["office"])),
        decided=day_of(complaint.decided_at),
    )
    return complaint_notice(notice, lang())


def is_decided(asked: Exchange | Relocation) -> bool:
    """Whether there is a decision to tell: not where a candidate gave an exchange up."""
    refused = asked.consents.filter(agreed=False).exists() or a_student_refused(asked)
    return asked.state == asked.State.DONE or (asked.state == asked.State.REFUSED and refused)


def a_student_refused(asked: Exchange | Relocation) -> bool:
    """Whether a relocation ended because a student did not agree."""
    answers = asked.conditions.get("students", {}).values()
    return any(not answer["agreed"] for answer in answers)


def of_exchange(asked: Exchange, candidate: Candidate) -> bytes:
    """The notice to one of the two of what was decided (54/6; `is_decided`)."""
    rows = asked.conditions["outcome"]["changes"]
    hers = next((row for row in rows if row["candidate"] == candidate.candidate), None)
    before, after = (hers[when]["programme"] if hers else "" for when in ("before", "after"))
    return _move(asked, candidate, before, after, "exchange")


def of_relocation(asked: Relocation, candidate: Candidate) -> bytes:
    """The notice to one of the students of what was decided (55/5; `is_decided`)."""
    target = asked.moves[candidate.candidate]
    return _move(asked, candidate, asked.programme, target, "relocation")


def _move(
    asked: Exchange | Relocation, candidate: Candidate, before: str, after: str, kind: Any
) -> bytes:
    contest = asked.contest
    assert asked.done_at is not None, "what was decided has its moment"
    decided = list(asked.consents.order_by("pk"))
    named = dict(
        Programme.objects.filter(contest=contest)
        .filter(institution__in=[each.institution for each in decided])
        .values_list("institution", "institution_name")
    )
    notice = MoveNotice(
        contest=contest_on_paper(contest),
        person=person_on_paper(candidate),
        kind=kind,
        number=str(asked.pk),
        done=asked.state == asked.State.DONE,
        decided=day_of(asked.done_at),
        origin=_programme(contest, before),
        target=_programme(contest, after),
        consents=tuple(
            Consent(
                named.get(each.institution) or each.institution, each.agreed,
                day_of(each.decided_at), each.reasons,
            )
            for each in decided
        ),
        a_student_refused=a_student_refused(asked),
        clause=edition_of(contest).clause(kind),
    )  # fmt: skip
    return move_notice(notice, lang())


def _programme(contest: Contest, code: str | None) -> Option | None:
    return options_on_paper(contest, [code])[0] if code else None


def rectified(candidate: Candidate) -> list[Run]:
    """The rectifications of her result that are in force, the latest first."""
    return [
        run
        for run in rectifications.of_contest(candidate.contest)
        if run.parameters["candidate"] == candidate.candidate
        and rectifications.state(run) == rectifications.IN_FORCE
    ]


def of_rectification(run: Run) -> bytes:
    """The notice of a rectification that is in force (57/4)."""
    contest, given, answer = run.contest, run.parameters, run.answer
    assert rectifications.state(run) == rectifications.IN_FORCE, "only what was ratified is told"
    step = next(each for each in answer["steps"] if each["state"] == rectifications.IN_FORCE)
    ratified = parse_datetime(step["at"])
    assert ratified is not None
    complaint = Complaint.objects.filter(pk=given["complaint"]).first()
    edition, outcome = edition_of(contest), answer["outcome"]
    told = "complaint_enrolment_days"
    days = edition.value(told) if complaint and edition.has(told) else None
    notice = RectificationNotice(
        contest=contest_on_paper(contest),
        person=_person(contest, given),
        number=str(run.pk),
        before=_standing(contest, outcome["before"]),
        after=_standing(contest, outcome["after"]),
        corrected=tuple(say(Message(TABLES[name])) for name in given["patch"]),
        ratified=day_of(ratified),
        ratified_by=step["by"],
        reasons=complaint.decision if complaint else "",
        created=outcome["seat"] == "created",
        enrolment=Enrolment(days=days) if days else None,
        clause=edition.clause("rectification"),
    )
    return rectification_notice(notice, lang())


def _person(contest: Contest, given: dict[str, Any]) -> Person:
    """Whom it concerns; one whom the contest did not have has only the corrected rows."""
    code = given["candidate"]
    found = Candidate.objects.filter(contest=contest, candidate=code).first()
    if found is not None:
        return person_on_paper(found)
    rows = given["patch"].get("candidates") or [{}]
    return Person(rows[0].get("name") or code, code)


def _standing(contest: Contest, standing: dict[str, Any]) -> tuple[str, Option | None]:
    return standing["result"], _programme(contest, standing["programme"])
