"""The notices of what follows a result: an exchange, a relocation, a rectification."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.decisions import Consent, MoveNotice, RectificationNotice
from portaria.documents.access_papers.model import Option
from portaria.documents.access_papers.notices import (
    ON,
    enrolling,
    page_of,
    paper_for,
    reasoned,
)
from portaria.documents.access_papers.paper import Paper
from portaria.documents.access_papers.parts import Part
from portaria.documents.access_papers.result import PLACED, programme_name
from portaria.documents.access_procedures_words import RESULTS

TITLES = {
    "exchange": declare("notice-exchange-title", "Notice of the decision on an exchange of seats"),
    "relocation": declare("notice-relocation-title", "Notice of an institutional relocation"),
}
OUTCOMES = {
    ("exchange", True): declare("notice-exchange-done", "Exchange authorised"),
    ("exchange", False): declare("notice-exchange-refused", "Exchange not authorised"),
    ("relocation", True): declare("notice-relocation-done", "Relocation decided"),
    ("relocation", False): declare("notice-relocation-refused", "No relocation"),
}
MEANS = {
    ("exchange", True): declare(
        "notice-exchange-means",
        "Both institutions authorised the exchange that you asked for. Your enrolment goes to the "
        "new programme by itself; you may attend its classes from this notice on.",
    ),
    ("exchange", False): declare(
        "notice-exchange-stays",
        "The exchange was not authorised. You keep your seat and your enrolment where they were.",
    ),
    ("relocation", True): declare(
        "notice-relocation-means",
        "All the students and institutions concerned agreed. Your institution sends your papers "
        "and what you paid for tuition and enrolment to the one that receives you.",
    ),
    ("relocation", False): declare(
        "notice-relocation-stays",
        "The relocation that was proposed does not happen. You keep your seat and your enrolment.",
    ),
}
A_STUDENT = declare(
    "notice-relocation-student",
    "It would have needed the agreement of every student, and not all agreed.",
)
REQUEST = declare("notice-request", "Request no.")
FROM = declare("notice-from", "From")
TO = declare("notice-to", "To")
DECISIONS = declare("notice-decisions", "Decisions of the institutions")
AUTHORISED = declare("notice-consent-authorised", "{institution}: authorised on {day}.")
REFUSED = declare("notice-consent-refused", "{institution}: refused on {day}. {reasons}")
RECTIFICATION_TITLE = declare("notice-rectification-title", "Notice of a rectification")
RECTIFIED = declare("notice-rectified", "Your result was rectified. It is now: {result}.")
RECTIFIED_TO = declare(
    "notice-rectified-placed", "Your result was rectified. You are now placed at {programme}."
)
NUMBER = declare("notice-rectification-number", "Rectification no.")
RATIFIED = declare("notice-rectification-on", "Ratified on")
BY = declare("notice-rectification-by", "Ratified by")
BEFORE = declare("notice-rectified-before", "Result before")
CORRECTED = declare("notice-rectified-what", "What was corrected")
CREATED = declare("notice-rectified-created", "A seat was opened for you there.")
ALONE = declare(
    "notice-rectified-alone",
    "It concerns you alone: the results of other candidates do not change. Your individual record "
    "tells every number of the new result.",
)


def move_notice(notice: MoveNotice, lang: str) -> bytes:
    """The PDF/A: whether she moves, from where to where, and what each institution decided."""
    paper = paper_for(notice, lang)
    key = (notice.kind, notice.done)
    at = [programme_name(notice.target)] if notice.done and notice.target else []
    rows = [(paper.say(REQUEST), notice.number), (paper.say(ON), paper.day(notice.decided))]
    rows += [
        (paper.say(label), programme_name(option))
        for label, option in ((FROM, notice.origin), (TO, notice.target))
        if option is not None
    ]
    made = [
        *paper.addressed(notice.person),
        parts.state(paper.say(OUTCOMES[key]), at, notice.done),
        parts.text(paper.say(MEANS[key])),
        *([parts.text(paper.say(A_STUDENT))] if notice.a_student_refused else []),
        parts.facts(rows),
        *_consents(paper, notice.consents),
    ]
    return page_of(paper, notice, TITLES[notice.kind], made)


def _consents(paper: Paper, consents: tuple[Consent, ...]) -> list[Part]:
    if not consents:
        return []
    told = [
        paper.say(
            AUTHORISED if each.agreed else REFUSED,
            institution=each.institution, day=each.decided, reasons=each.reasons,
        )
        for each in consents
    ]  # fmt: skip
    return [parts.heading(paper.say(DECISIONS)), *(parts.text(words.strip()) for words in told)]


def rectification_notice(notice: RectificationNotice, lang: str) -> bytes:
    """The PDF/A: the result as it stands now and stood before, what was corrected, and why."""
    paper = paper_for(notice, lang)
    result, option = notice.after
    told = [
        paper.say(RECTIFIED_TO, programme=programme_name(option))
        if option
        else paper.say(RECTIFIED, result=paper.say(RESULTS[result]))
    ]
    if notice.created:
        told.append(paper.say(CREATED))
    rows = [
        (paper.say(NUMBER), notice.number),
        (paper.say(RATIFIED), paper.day(notice.ratified)),
        *([(paper.say(BY), notice.ratified_by)] if notice.ratified_by else []),
        (paper.say(BEFORE), _standing(paper, *notice.before)),
        (paper.say(CORRECTED), ", ".join(notice.corrected)),
    ]
    made = [
        *paper.addressed(notice.person),
        parts.state(
            _capital(paper, result), [programme_name(option)] if option else [], result == PLACED
        ),
        parts.text(" ".join(told)),
        parts.facts(rows),
        *(reasoned(paper, notice.reasons) if notice.reasons else []),
        *enrolling(paper, result, option, notice.enrolment),
        parts.text(paper.say(ALONE)),
    ]
    return page_of(paper, notice, RECTIFICATION_TITLE, made)


def _standing(paper: Paper, result: str, option: Option | None) -> str:
    name = _capital(paper, result)
    return f"{name}: {programme_name(option)}" if option else name


def _capital(paper: Paper, result: str) -> str:
    words = paper.say(RESULTS[result])
    return words[:1].upper() + words[1:]
