"""The notice to the student, in plain words: each unit, why, what is missing, what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.credit import paper, parts
from portaria.documents.credit.days import day_line
from portaria.documents.credit.limits import choice_lines, choices_of
from portaria.documents.credit.notes import EVERY_ITEM, readings_line
from portaria.documents.credit.parts import Part
from portaria.documents.credit.procedure import (
    appeal_lines,
    attendance_lines,
    fee_lines,
    meanwhile_lines,
    reentry_lines,
)
from portaria.documents.credit.telling import Told, total_of
from portaria.documents.credit.words import OUTCOMES
from portaria.regulations.credit.assess import Assessment, Decision

TITLE = declare("credit-notice-title", "Notice of the credit request")
DEAR = declare("credit-notice-dear", "Dear {name},")
DEAR_STUDENT = declare("credit-notice-dear-student", "Dear student,")
TOLD = declare(
    "credit-notice-told",
    "this is the result of your credit request, unit by unit, with the rule behind each. Credited: "
    "{credits} ECTS of {total}.",
)
TOLD_IF = declare(
    "credit-notice-told-if",
    "this is how your credit request stands. Nothing is credited yet; below is what may be, once "
    "what is missing is mended.",
)
RESULTS = {
    "granted": declare("credit-notice-granted", "Credited"),
    "reduced": declare("credit-notice-reduced", "Credited in part"),
    "refused": declare("credit-notice-refused", "Not credited"),
    "human": OUTCOMES["human"],
}
HEADER = (
    declare("credit-notice-unit", "Unit and what you offered"),
    declare("credit-notice-credits", "ECTS"),
    declare("credit-notice-grade", "Grade"),
    declare("credit-notice-why", "Result and why"),
)
DECIDED = declare("credit-notice-decided", "Decided on")
DECIDED_IN = declare("credit-notice-decided-in", "Minutes no.")
MISSING = declare("credit-notice-missing", "Documents that are missing")
BRING = declare(
    "credit-notice-bring",
    "Bring them as soon as you can. Documents asked from the issuer by {day} keep the request in "
    "time: bring the proof that you asked.",
)
BRING_SOON = declare("credit-notice-bring-soon", "Bring them as soon as you can.")
UNTIL = declare("credit-notice-until", "At the latest until")
STILL = declare("credit-notice-still", "What people still decide")
STILL_ITEM = declare("credit-notice-still-item", "{item}: {reason} By: {who}.")
DIRECTOR = declare("credit-notice-director", "the director, who may authorise it")
STILL_CHOICE = declare("credit-notice-still-choice", "{name}. {sentence}")
JUDGED = declare(
    "credit-notice-judged",
    "Level, area and competences of every unit are judged by people, never by a program.",
)
GRADES = declare("credit-notice-grades", "Your grades")
NO_GRADE = declare(
    "credit-notice-no-grade",
    "Units credited from professional experience have no grade and do not count in the average; "
    "the diploma and its supplement say so: {units}.",
)
NO_NUMBER = declare(
    "credit-notice-no-number", "Credited without a grade, so outside the average: {units}."
)
CHANGE = declare(
    "credit-notice-change",
    "You may now change your enrolment. In credited units you are not assessed.",
)
ENROLMENT = declare("credit-notice-enrolment", "Your enrolment and your classes")
BEYOND = declare("credit-notice-beyond", "Units beyond your request")
BEYOND_SAYS = declare(
    "credit-notice-beyond-says",
    "The commission proposes to credit them too. If you accept, their fee is due; if not, say so "
    "in writing.",
)
ACCEPT = declare("credit-notice-accept", "I accept")
REFUSE = declare("credit-notice-refuse", "I refuse")
APPEAL = declare("credit-notice-appeal", "If you do not agree")
APPEAL_HOW = declare(
    "credit-notice-appeal-how",
    "You may appeal to the scientific council of your school, in writing and with reasons, within "
    "{count} working day of this notice; without reasons, or later, the appeal is rejected.",
    "You may appeal to the scientific council of your school, in writing and with reasons, within "
    "{count} working days of this notice; without reasons, or later, the appeal is rejected.",
)
APPEAL_LAST = declare("credit-notice-appeal-last", "Last day")
APPEAL_FEE = declare(
    "credit-notice-appeal-fee",
    "A fee is due for the appeal; it is returned if the decision is in your favour.",
)
FEES = declare("credit-notice-fees", "Fees")
SERVICES = declare("credit-notice-services", "Academic services")
RECEIVED = declare("credit-notice-received", "Received by the student")
NOTIFIED = declare("credit-notice-notified", "Notified on")


def notice(assessment: Assessment, lang: str | None = None) -> bytes:
    """The notice as PDF, to be signed by the services; `lang`: that of the edition unless given."""
    told = Told(assessment, lang)
    title, subtitle = told.say(TITLE), paper.subtitle_of(told)
    return paper.page(told, title, subtitle, _parts(told), _foot(told))


def _foot(told: Told) -> list[str]:
    return [told.say(JUDGED, told.rules.clause("level-and-area")), readings_line(told)]


def _parts(told: Told) -> Iterator[Part]:
    yield paper.case_facts(told)
    yield from paper.standing(told)
    student, complete = told.request.student, told.assessment.outcome == "complete"
    yield parts.text(told.say(DEAR, name=student.name) if student else told.say(DEAR_STUDENT))
    numbers = {"credits": total_of(told.assessment.items), "total": told.request.degree.credits}
    yield parts.text(told.say(TOLD, **numbers) if complete else told.say(TOLD_IF))
    if complete:
        on = told.request.decided_on
        decided = "" if on is None else told.say(paper.PLAIN, value=on)
        yield parts.facts(((told.say(DECIDED), decided), (told.say(DECIDED_IN), "")))
    header = [told.say(code) for code in HEADER]
    rows = [_row(told, each) for each in told.assessment.items]
    yield parts.table(header, ("4fr", "auto", "auto", "6fr"), rows, right=(1, 2))
    yield from _missing(told)
    yield from _beyond(told)
    for title, lines in (
        (STILL, _still(told)),
        (GRADES, _grades(told)),
        (ENROLMENT, _enrolment(told)),
        (FEES, fee_lines(told)),
    ):
        if found := list(lines):
            yield parts.heading(told.say(title))
            yield parts.bullets(found)
    if complete or told.request.notified_on is not None:
        yield from _appeal(told)
    names = [told.say(SERVICES), told.say(RECEIVED)]
    notified = told.request.notified_on
    day = told.say(NOTIFIED)
    if notified is not None:
        day += " " + told.say(paper.PLAIN, value=notified)
    yield parts.signatures(names, day, dated=notified is not None)


def _row(told: Told, each: Decision) -> list[str | Part]:
    words = RESULTS if told.assessment.outcome == "complete" else OUTCOMES
    notes = [paper.reason(told, each), *paper.sums(told, each)]
    return [
        paper.unit(told, each),
        paper.credits_cell(told, each),
        paper.grade_cell(told, each),
        parts.cell(told.say(words[each.outcome]), notes, strong=True),
    ]


def _missing(told: Told) -> Iterator[Part]:
    """5/3, 6: what is missing, and by when it must have been asked for."""
    lines = paper.missing_lines(told)
    if not lines:
        return
    yield parts.heading(told.say(MISSING))
    yield parts.bullets(lines)
    last = told.assessment.deadlines.request_by
    if last is None:
        yield parts.text(told.say(BRING_SOON))
    else:
        clause = told.rules.clause("documents-asked-for")
        yield parts.text(told.say(BRING, clause, day=last.last_day))
    yield parts.facts(((told.say(UNTIL), ""),))


def _still(told: Told) -> Iterator[str]:
    found: dict[tuple[str, str], list[str]] = {}
    for each in told.assessment.items:
        if each.outcome == "human" and each.decided_by != "student":
            late = each.reason == "late-not-authorised"
            who = told.say(DIRECTOR) if late else paper.who_decides(told, each)
            key = paper.reason(told, each), who
            found.setdefault(key, []).append(told.named(each.facts.item.id))
    for (reason, who), items in found.items():
        every = 1 < len(items) == len(told.items)
        named = told.say(EVERY_ITEM) if every else ", ".join(items)
        yield told.say(STILL_ITEM, item=named, reason=reason, who=who)
    for name, choice in choices_of(told):
        sentence, options = choice_lines(told, choice)
        choose = " ".join((sentence, "; ".join(options))).removesuffix(" ")
        yield told.say(STILL_CHOICE, name=name, sentence=choose)


def _grades(told: Told) -> Iterator[str]:
    without = [e for e in told.assessment.items if e.credits and e.grade.grade is None]
    settled = [e for e in without if not e.grade.reason]
    experience = [e for e in settled if e.facts.origin == "experience"]
    other = [e for e in settled if e.facts.origin != "experience"]
    clause = told.rules.clause("experience-no-grade")
    if experience:
        yield told.say(NO_GRADE, clause, units=_names(told, experience))
    if other:
        yield told.say(NO_NUMBER, told.rules.clause("grade-kept"), units=_names(told, other))


def _names(told: Told, items: list[Decision]) -> str:
    return ", ".join(told.named(each.facts.item.id) for each in items)


def _enrolment(told: Told) -> Iterator[str]:
    """The notice of a result ends the time in which every unit may be attended (17/1)."""
    if told.assessment.outcome != "complete":
        yield from attendance_lines(told)
    elif told.assessment.meanwhile.no_improvement:
        yield told.say(CHANGE, told.rules.clause("attendance-meanwhile"))
    yield from meanwhile_lines(told)
    yield from reentry_lines(told)


def _beyond(told: Told) -> Iterator[Part]:
    """14/4, 15/5: what the commission proposes, for the student to accept or refuse."""
    proposed = [e.facts.item for e in told.assessment.items if e.decided_by == "student"]
    if proposed:
        yield parts.heading(told.say(BEYOND))
        yield parts.text(told.say(BEYOND_SAYS, told.rules.clause("units-beyond-request")))
        answers = (told.say(ACCEPT), told.say(REFUSE))
        yield parts.questions((told.named(item.id) for item in proposed), answers)


def _appeal(told: Told) -> Iterator[Part]:
    yield parts.heading(told.say(APPEAL))
    count = told.rules.number("appeal_days")
    yield parts.text(told.say(APPEAL_HOW, told.rules.clause("appeal"), count=count))
    last = told.assessment.deadlines.appeal_by
    if last is None:
        yield parts.facts(((told.say(APPEAL_LAST), ""),))
    else:
        yield parts.text(day_line(told, "appeal_by", last))
    if told.rules.takes("appeal_fee", "returned"):
        yield parts.text(told.say(APPEAL_FEE, told.rules.clause("appeal-fee")))
    for line in appeal_lines(told):
        yield parts.text(line)
