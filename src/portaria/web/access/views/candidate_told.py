"""The account of a form in sentences, each with its clause: nothing is computed here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portaria.core.messages import Message, declare
from portaria.documents.access_letter import grade_sentences
from portaria.documents.access_words import WHY_NOT_HEARD
from portaria.documents.citation import cite
from portaria.regulations.access.form import (
    FormAccount,
    FormOption,
    QuotaAsked,
)
from portaria.web.access.views.candidate_words import (
    Line,
    badge,
    line,
    listed,
    quota_title,
    why_not,
)
from portaria.web.pages import lang, say

NO_SECONDARY = declare(
    "form-no-secondary", "Your secondary grade is not known yet, so there is no application grade."
)
REPEATED = declare("form-repeated", "The same programme already stands at option {first}.")
UNKNOWN = declare("form-unknown", "This programme is not in the contest.")
KEEPS_PLACE = declare(
    "form-keeps-place", "It counts as not written, but keeps its place in the order of the form."
)
SEATS = declare("form-seats", "Seats: {seats}.")
AT_ENROLMENT = declare(
    "form-at-enrolment",
    "The prerequisite of group {prerequisite} is shown with a document at enrolment.",
)
HEARD = declare("form-heard", "{quota}: it hears you here ({seats} seats).")
HEARD_PENDING = declare(
    "form-heard-pending", "{quota}: it hears you here ({seats} seats) once your claim is accepted."
)
AFTER_FIRST = declare(
    "form-after-first", "Those of art. 11, no. 1 are placed before those of no. 2."
)
NOT_HEARD = declare("form-not-heard", "{quota}: it does not hear you here, because {reason}.")
TOO_MANY = declare("form-too-many", "There are {count} options; at most {limit} are received.")
EXCLUDED = declare("form-person-excluded", "You are excluded from this contest: {clause}.")
HELD = declare(
    "form-held",
    "You keep the seat at {programme} unless you are placed again; options after it are not "
    "considered.",
)
REGIONAL_FREE = declare(
    "form-regional-free",
    "You do not claim the regional preference. It would hear you at these options: {options}.",
)
REGIONAL_UNHEARD = declare(
    "form-regional-unheard",
    "The regional preference exists at these options, but not in this order of the form: "
    "{options}.",
)
CLAIM_UNHEARD = declare(
    "form-claim-unheard", "{quota}: in this order of the form it hears you at none of your options."
)

EMPTY = declare("form-empty", "The form has no option yet.")
NONE_WRONG = declare(
    "form-none-wrong",
    "{count} option in the form: you can apply there.",
    "{count} options in the form: you can apply to all of them.",
)
SOME_UNKNOWN = declare(
    "form-some-unknown",
    "{count} option in the form, without an application grade yet.",
    "{count} options in the form; not all have an application grade yet.",
)
SOME_WRONG = declare(
    "form-some-wrong",
    "Option {options}: you cannot apply there. See below what is missing.",
    "{count} options ({options}): you cannot apply there. See below what is missing.",
)


@dataclass(frozen=True)
class Shown:
    """An option or a programme as the page shows it; kind: of its state."""

    code: str
    title: str
    label: str
    kind: str
    lines: tuple[Line, ...] = ()
    order: int = 0


def shown(option: FormOption, waiting: Collection[str], names: Mapping[str, str]) -> Shown:
    """An option of the form with everything that is told of it.

    waiting: quotas whose claims wait to be decided; names: of programmes by code.
    """
    label, kind = badge(option)
    title = ", ".join(filter(None, (option.course, option.institution))) or option.programme
    lines = tuple(_lines(option, waiting, names))
    return Shown(option.programme, title, label, kind, lines, option.order)


def _lines(
    option: FormOption, waiting: Collection[str], names: Mapping[str, str]
) -> Iterator[Line]:
    if option.state == "repeated":
        yield line(REPEATED, kind="bad", first=option.first)
        return
    if option.state == "unknown":
        yield line(UNKNOWN, kind="bad")
        return
    yield from why_not(option, option.min_exam, option.min_grade, option.prerequisite)
    if option.keeps_place:
        yield line(KEEPS_PLACE)
    if option.state == "no_secondary":
        yield line(NO_SECONDARY, kind="bad")
    if option.arithmetic is not None:
        yield from map(Line, grade_sentences(option.grade, option.arithmetic, lang()))
    if option.seats is not None:
        yield line(SEATS, seats=option.seats)
    if option.at_enrolment:
        yield line(AT_ENROLMENT, option.at_enrolment, prerequisite=option.prerequisite)
    for asked in option.quotas:
        yield _heard(asked, waiting, names)


def _heard(asked: QuotaAsked, waiting: Collection[str], names: Mapping[str, str]) -> Line:
    quota = quota_title(asked.quota)
    if not asked.heard:
        by_order = asked.why_not == "form_order"
        found = [
            str(each.order) if by_order else names.get(each.programme, each.programme)
            for each in asked.because
        ]
        reason = Message(WHY_NOT_HEARD[asked.why_not], {"because": "; ".join(found)})
        return line(NOT_HEARD, asked.clause, "bad", quota=quota, reason=reason)
    pending = asked.quota.removesuffix("_preference") in waiting
    code = HEARD_PENDING if pending else HEARD
    told = line(code, asked.clause, "good", quota=quota, seats=asked.seats)
    if asked.after_first_ground:
        return Line(f"{told.text} {say(Message(AFTER_FIRST))}", told.clause, told.kind)
    return told


def in_short(account: FormAccount, options: Sequence[Shown]) -> str:
    """What is said aloud of a form as it changes: one sentence."""
    if not options:
        return say(Message(EMPTY))
    if account.too_many:
        return say(Message(TOO_MANY, {"count": account.written, "limit": account.most}))
    wrong = [str(option.order) for option in options if option.kind == "danger"]
    if wrong:
        return say(Message(SOME_WRONG, {"count": len(wrong), "options": listed(wrong)}))
    graded = all(option.kind == "success" for option in options)
    return say(Message(NONE_WRONG if graded else SOME_UNKNOWN, {"count": len(options)}))


def whole(account: FormAccount, names: Mapping[str, str]) -> list[Line]:
    """What is told of the form as a whole."""
    return list(_whole(account, names))


def _whole(account: FormAccount, names: Mapping[str, str]) -> Iterator[Line]:
    if account.excluded:
        clause = cite(account.excluded, lang())
        yield line(EXCLUDED, kind="bad", clause=clause)
    if account.too_many:
        clause = account.clauses.get("option-limit", "")
        yield line(TOO_MANY, clause, "bad", count=account.written, limit=account.most)
    if account.held:
        yield line(HELD, programme=names.get(account.held, account.held))
    for claim in account.claims:
        if claim.quota == "regional" and not claim.claimed:
            code = REGIONAL_FREE if claim.heard_at else REGIONAL_UNHEARD
            at = claim.heard_at or claim.asked_at
            yield line(code, claim.clause, options=", ".join(map(str, at)))
        elif claim.claimed and claim.asked_at and not claim.heard_at:
            yield line(CLAIM_UNHEARD, claim.clause, "bad", quota=quota_title(claim.quota))
