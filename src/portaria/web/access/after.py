"""What every procedure after a result needs: its phases, enrolments as they stand, and moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message
from portaria.documents.access_procedures import told
from portaria.documents.access_procedures_words import RESULTS
from portaria.regulations.access.procedures.outcome import Enrolment as Row
from portaria.regulations.access.procedures.outcome import Outcome, as_json
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.seats import Seat
from portaria.web.access.frames import enrolments_after
from portaria.web.access.kept_results import results
from portaria.web.access.models import Candidate, Contest, Enrolment, Programme, Stage
from portaria.web.accounts.models import User
from portaria.web.pages import say

LANGUAGES = ("pt-PT", "en")


def chain(contest: Contest) -> list[Contest]:
    """The contest and the phases before it, the latest first."""
    found = [contest]
    while (before := found[-1].previous) is not None:
        found.append(before)
    return found


def latest(contest: Contest) -> Contest:
    """The latest phase of the contest with a published result; itself where it is the only one."""
    while True:
        following = Contest.objects.filter(previous=contest, stage=Stage.PUBLISHED).first()
        if following is None:
            return contest
        contest = following


def phases_of(contest: Contest) -> Phases:
    """The results of a published contest and of the phases before, as procedures take them."""
    first, *others = [results(each.run) for each in chain(contest) if each.run]
    return Phases(first, others, enrolments_after(contest))


@contextmanager
def told_of_people() -> Iterator[None]:
    """What a procedure cannot decide of these people, as UsageError with its first sentence."""
    try:
        yield
    except InputError as error:
        message = error.problems[0].message if error.problems else error.message
        raise UsageError(message) from error


def enrolment_of(contest: Contest, seat: Seat) -> Enrolment | None:
    """What was reported of a seat: in the phase where it was won, or in one since."""
    for each in chain(contest):
        row = Enrolment.objects.filter(contest=each, candidate=seat.candidate).first()
        if row is not None or each.phase <= seat.phase:
            return row
    return None


def move(contest: Contest, phases: Phases, rows: Iterable[Row], by: User) -> None:
    """Write where a procedure has put people, in their enrolments; the caller logs it."""
    for row in rows:
        seat = phases.seat(row.candidate)
        stands = enrolment_of(contest, seat) if seat else None
        if stands is None:
            won_in = next(
                (each for each in chain(contest) if seat and each.phase == seat.phase), contest
            )
            stands = Enrolment(contest=won_in, candidate=row.candidate, reported_by=str(by)[:254])
        # Where nobody reported yet, the institution that receives her will.
        stands.enrolled = bool(row.enrolled)
        stands.programme, stands.cancelled = row.programme, row.cancelled
        if not stands.enrolled:
            stands.enrolled_on = None
        stands.reported_at = timezone.now()
        stands.save()


def institutions_of(contest: Contest, programmes: Iterable[str]) -> dict[str, str]:
    """By programme that there is, its institution; empty where its table does not say."""
    found = Programme.objects.filter(contest=contest, programme__in=set(programmes))
    return {each: at or "" for each, at in found.values_list("programme", "institution")}


def people_names(contest: Contest, candidates: Iterable[str]) -> dict[str, str]:
    """By candidate her name, her code where she has none."""
    codes = list(candidates)
    found = Candidate.objects.filter(contest=contest, candidate__in=codes)
    return {code: code for code in codes} | {each.candidate: str(each) for each in found}


def kept_outcome(outcome: Outcome) -> dict[str, Any]:
    """An answer as the record keeps it: plain values, and its sentences in each language."""
    sentences = {
        lang: [[block.kind, block.text] for block in told(outcome, lang)] for lang in LANGUAGES
    }
    return {"outcome": as_json(outcome), "told": sentences, "at": timezone.now().isoformat()}


def parts_of(told: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Kept sentences under their headings: title (empty before the first heading) and lines."""
    found: list[dict[str, Any]] = [{"title": "", "lines": []}]
    for kind, text in told:
        if kind == "heading":
            found.append({"title": text, "lines": []})
        elif kind != "title":
            found[-1]["lines"].append(text)
    return [part for part in found if part["lines"]]


def standing_words(word: str) -> str:
    """A programme, or how somebody stands, in words."""
    return say(Message(RESULTS[word])) if word in RESULTS else word
