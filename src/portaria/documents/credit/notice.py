"""The notice to the student, in plain words: each unit, why, what is missing, what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.documents.credit import notice_words as words
from portaria.documents.credit import paper, parts
from portaria.documents.credit.days import day_line
from portaria.documents.credit.item_lines import missing_lines, sums, who_decides
from portaria.documents.credit.limits import choices_of
from portaria.documents.credit.notes import EVERY_ITEM, readings_line
from portaria.documents.credit.parts import Part
from portaria.documents.credit.procedure import (
    appeal_lines,
    attendance_lines,
    fee_lines,
    meanwhile_lines,
    reentry_lines,
)
from portaria.documents.credit.telling import Told, final, reason_of, total_of
from portaria.documents.credit.words import OUTCOMES, RESULTS
from portaria.regulations.credit.assess import Assessment, Decision


def notice(assessment: Assessment, lang: str | None = None) -> bytes:
    """The notice as PDF, to be signed by the services; `lang`: that of the edition unless given."""
    told = Told(assessment, lang)
    title, subtitle = told.say(words.TITLE), paper.subtitle_of(told)
    return paper.page(told, title, subtitle, _parts(told), _foot(told))


def _foot(told: Told) -> list[str]:
    return [told.say(words.JUDGED, told.rules.clause("level-and-area")), readings_line(told)]


def _parts(told: Told) -> Iterator[Part]:
    yield paper.case_facts(told)
    yield from paper.standing(told, missing=False)
    student, complete = told.request.student, told.assessment.outcome == "complete"
    settled = final(told)
    if complete and not settled:
        yield parts.banner(told.say(words.DRAFT), [told.say(words.DRAFT_SAYS)])
    yield parts.text(
        told.say(words.DEAR, name=student.name) if student else told.say(words.DEAR_STUDENT)
    )
    if settled:
        yield parts.text(_credited(told))
    else:
        yield parts.text(told.say(words.TOLD_DRAFT if complete else words.TOLD_IF))
        yield from _missing(told)
    if settled:
        on = told.request.decided_on
        decided = "" if on is None else told.say(paper.PLAIN, value=on)
        yield parts.facts(((told.say(words.DECIDED), decided), (told.say(words.DECIDED_IN), "")))
    header = [told.say(code) for code in words.HEADER]
    rows = [_row(told, each) for each in told.assessment.items]
    if not complete:
        yield parts.heading(told.say(words.UNITS))
    yield parts.table(header, ("4fr", "auto", "auto", "6fr"), rows, right=(1, 2))
    yield from _beyond(told)
    for title, lines in (
        (words.STILL, _still(told)),
        (words.GRADES, _grades(told)),
        (words.ENROLMENT, _enrolment(told)),
        (words.FEES, fee_lines(told)),
    ):
        if found := list(lines):
            yield parts.heading(told.say(title))
            yield parts.bullets(found)
    if settled or told.request.notified_on is not None:
        yield from _appeal(told)
    if complete and not settled:
        return  # a draft is signed by nobody
    names = [told.say(words.SERVICES), told.say(words.RECEIVED)]
    notified = told.request.notified_on
    day = told.say(words.NOTIFIED)
    if notified is not None:
        day += " " + told.say(paper.PLAIN, value=notified)
    yield parts.signatures(names, day, dated=notified is not None)


def _credited(told: Told) -> str:
    """What is credited in all, and what is still open."""
    items, total = told.assessment.items, told.request.degree.credits
    line = told.say(words.TOLD, credits=total_of(items), total=total)
    waiting = [each for each in items if each.outcome == "human"]
    return f"{line} {told.say(words.OPEN, units=_names(told, waiting))}" if waiting else line


def _row(told: Told, each: Decision) -> list[str | Part]:
    outcomes = RESULTS if final(told) else OUTCOMES
    return [
        paper.unit(told, each),
        paper.credits_cell(told, each),
        paper.grade_cell(told, each),
        parts.cell(told.say(outcomes[each.outcome]), sums(told, each), strong=True),
    ]


def _missing(told: Told) -> Iterator[Part]:
    """5/3, 6: what is missing, and by when it must have been asked for."""
    lines = missing_lines(told)
    if not lines:
        return
    yield parts.heading(told.say(words.MISSING))
    yield parts.bullets(lines)
    last = told.assessment.deadlines.request_by
    if last is None:
        yield parts.text(told.say(words.BRING_SOON))
    else:
        clause = told.rules.clause("documents-asked-for")
        yield parts.text(told.say(words.BRING, clause, day=last.last_day))
    yield parts.facts(((told.say(words.UNTIL), ""),))


def _still(told: Told) -> Iterator[str]:
    found: dict[tuple[str, str], list[str]] = {}
    for each in told.assessment.items:
        if each.outcome == "human" and each.decided_by != "student":
            late = each.reason == "late-not-authorised"
            who = told.say(words.DIRECTOR) if late else who_decides(told, each)
            key = reason_of(told, each), who
            found.setdefault(key, []).append(told.named(each.facts.item.id))
    for (reason, who), items in found.items():
        every = 1 < len(items) == len(told.items)
        named = told.say(EVERY_ITEM) if every else ", ".join(items)
        yield told.say(words.STILL_ITEM, item=named, reason=reason, who=who)
    for name, choice in choices_of(told):
        code = words.STILL_CHOICE_MANY if choice.kept is None else words.STILL_CHOICE
        yield told.say(code, name=name, kept=choice.kept)


def _grades(told: Told) -> Iterator[str]:
    without = [e for e in told.assessment.items if e.credits and e.grade.grade is None]
    settled = [e for e in without if not e.grade.reason]
    experience = [e for e in settled if e.facts.origin == "experience"]
    other = [e for e in settled if e.facts.origin != "experience"]
    clause = told.rules.clause("experience-no-grade")
    if experience:
        yield told.say(words.NO_GRADE, clause, units=_names(told, experience))
    if other:
        yield told.say(words.NO_NUMBER, told.rules.clause("grade-kept"), units=_names(told, other))


def _names(told: Told, items: list[Decision]) -> str:
    return ", ".join(told.named(each.facts.item.id) for each in items)


def _enrolment(told: Told) -> Iterator[str]:
    """The notice of a result ends the time in which every unit may be attended (17/1)."""
    if not final(told):
        yield from attendance_lines(told)
    elif told.assessment.meanwhile.no_improvement:
        yield told.say(words.CHANGE, told.rules.clause("attendance-meanwhile"))
    if final(told):
        yield from meanwhile_lines(told)
    yield from reentry_lines(told)


def _beyond(told: Told) -> Iterator[Part]:
    """14/4, 15/5: what the commission proposes, for the student to accept or refuse."""
    proposed = [e.facts.item for e in told.assessment.items if e.decided_by == "student"]
    if proposed:
        yield parts.heading(told.say(words.BEYOND))
        yield parts.text(told.say(words.BEYOND_SAYS, told.rules.clause("units-beyond-request")))
        answers = (told.say(words.ACCEPT), told.say(words.REFUSE))
        yield parts.questions((told.named(item.id) for item in proposed), answers)


def _appeal(told: Told) -> Iterator[Part]:
    yield parts.heading(told.say(words.APPEAL))
    count = told.rules.number("appeal_days")
    yield parts.text(told.say(words.APPEAL_HOW, told.rules.clause("appeal"), count=count))
    last = told.assessment.deadlines.appeal_by
    if last is None:
        yield parts.facts(((told.say(words.APPEAL_LAST), ""),))
    else:
        yield parts.text(day_line(told, "appeal_by", last))
    if told.rules.takes("appeal_fee", "returned"):
        yield parts.text(told.say(words.APPEAL_FEE, told.rules.clause("appeal-fee")))
    for line in appeal_lines(told):
        yield parts.text(line)
