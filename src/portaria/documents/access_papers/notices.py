"""The notices: of the result, of a decision on a claim, of a decision on a complaint."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.decisions import (
    ClaimNotice,
    ComplaintNotice,
    Enrolment,
    Notice,
    ResultNotice,
)
from portaria.documents.access_papers.model import Option
from portaria.documents.access_papers.moments import day_or_moment
from portaria.documents.access_papers.paper import CANDIDATE, PREPARED, Paper
from portaria.documents.access_papers.parts import Part
from portaria.documents.access_papers.result import (
    HELD,
    PLACED,
    Result,
    programme_name,
    result_sentence,
    why,
)
from portaria.documents.access_words import RESULT_NAMES, quota_name

RESULT_TITLE = declare("notice-result-title", "Notice of the result")
CLAIM_TITLE = declare("notice-claim-title", "Notice of a decision on a quota or preference")
COMPLAINT_TITLE = declare("notice-complaint-title", "Notice of a decision on a complaint")
RATIFIED = declare("notice-ratified", "The result of the contest was ratified on {day}.")
RATIFIED_BY = declare(
    "notice-ratified-by", "The result of the contest was ratified on {day} by: {who}."
)
ENROLMENT = declare("notice-enrolment", "Enrolment")
ENROL_UNTIL = declare("notice-enrol-until", "Enrol at {programme} until: {when}.")
ENROL_DAYS = declare(
    "notice-enrol-days",
    "Enrol at {programme} within {count} day of receiving this notice.",
    "Enrol at {programme} within {count} days of receiving this notice.",
)
FILE = declare("notice-file", "File no.")
COMPLAINT = declare("notice-complaint", "Complaint no.")
FILED = declare("notice-filed", "Handed in on")
BY = declare("notice-by", "Decided by")
ON = declare("notice-on", "Decided on")
REASONS = declare("notice-reasons", "Reasons")
NEW_RESULT = declare("notice-new-result", "Result after the decision")
CLAIM_OUTCOMES = {
    True: declare("notice-claim-accepted", "Request accepted"),
    False: declare("notice-claim-refused", "Request refused"),
}
COMPLAINT_OUTCOMES = {
    "granted": declare("notice-complaint-granted", "Complaint granted"),
    "refused": declare("notice-complaint-refused", "Complaint refused"),
    "rejected": declare(
        "notice-complaint-rejected", "Complaint rejected without looking at its merits"
    ),
}


def result_notice(notice: ResultNotice, lang: str) -> bytes:
    """The PDF/A: result and why, enrolment where placed, how to complain."""
    result = notice.result
    paper = paper_for(notice, lang)
    # Over the text stands the result's name, so that its sentence is only for what it adds.
    adds = result.outcome == PLACED or result.quota == HELD
    told = [result_sentence(paper, result)] if adds else []
    told.append(why(paper, result.outcome, result.reason, result.clause))
    by = {"day": notice.ratified, "who": notice.ratified_by}
    ratified = paper.say(RATIFIED_BY if notice.ratified_by else RATIFIED, **by)
    made = [
        *paper.addressed(notice.person),
        _standing(paper, result),
        *(parts.text(words) for words in (*told, ratified) if words),
        *enrolling(paper, result.outcome, result.option, notice.enrolment),
    ]
    return page_of(paper, notice, RESULT_TITLE, made)


def claim_notice(notice: ClaimNotice, lang: str) -> bytes:
    """The PDF/A: accepted or refused, by whom, on which day, and the reasons."""
    paper = paper_for(notice, lang)
    name = paper.named(quota_name(notice.quota))
    rows = [(paper.say(FILE), notice.file)] if notice.file else []
    made = [
        *paper.addressed(notice.person),
        parts.state(paper.say(CLAIM_OUTCOMES[notice.accepted]), [name], notice.accepted),
        parts.facts([*rows, *_decided(paper, notice)]),
        *reasoned(paper, notice.reasons),
    ]
    return page_of(paper, notice, CLAIM_TITLE, made)


def complaint_notice(notice: ComplaintNotice, lang: str) -> bytes:
    """The PDF/A: the decision with its reasons, and the result that stands after it."""
    paper = paper_for(notice, lang)
    granted = notice.outcome == "granted"
    rows = [(paper.say(COMPLAINT), notice.number), (paper.say(FILED), paper.day(notice.filed))]
    made = [
        *paper.addressed(notice.person),
        parts.state(paper.say(COMPLAINT_OUTCOMES[notice.outcome]), [], granted),
        parts.facts([*rows, *_decided(paper, notice)]),
        *reasoned(paper, notice.reasons),
    ]
    result = notice.result
    if result is not None:
        because = why(paper, result.outcome, result.reason, result.clause)
        made.append(parts.heading(paper.say(NEW_RESULT)))
        told = (result_sentence(paper, result), because)
        made += [parts.text(words) for words in told if words]
        made += enrolling(paper, result.outcome, result.option, notice.enrolment)
    return page_of(paper, notice, COMPLAINT_TITLE, made)


def paper_for(notice: Notice, lang: str) -> Paper:
    """The paper of a notice, with its candidate at the head of the page."""
    paper = Paper(notice.contest, lang, clause=notice.clause)
    paper.matter = paper.say(CANDIDATE, candidate=notice.person.candidate)
    return paper


def page_of(paper: Paper, notice: Notice, title: str, made: list[Part]) -> bytes:
    """The PDF/A of what was made, with how to complain and who signs at its end."""
    end = [*paper.remedy(notice.remedy), *paper.signed(notice.signature)]
    return paper.page(paper.say(title), [*made, *end], [paper.say(PREPARED)])


def _standing(paper: Paper, result: Result) -> Part:
    name = paper.say(RESULT_NAMES[result.outcome])
    at = [programme_name(result.option)] if result.option else []
    return parts.state(name, at, result.outcome == PLACED)


def enrolling(
    paper: Paper, outcome: str, option: Option | None, enrolment: Enrolment | None
) -> list[Part]:
    """Until when to enrol, only where there is a seat to enrol in."""
    if enrolment is None or outcome != PLACED or option is None:
        return []
    at = programme_name(option)
    made = [parts.heading(paper.say(ENROLMENT))]
    if enrolment.until is not None:
        when = day_or_moment(enrolment.until, paper.lang)
        made.append(parts.text(paper.say(ENROL_UNTIL, programme=at, when=when)))
    if enrolment.days is not None:
        made.append(parts.text(paper.say(ENROL_DAYS, programme=at, count=enrolment.days)))
    return made


def _decided(paper: Paper, notice: ClaimNotice | ComplaintNotice) -> list[tuple[str, str]]:
    return [(paper.say(BY), notice.decided_by), (paper.say(ON), paper.day(notice.decided))]


def reasoned(paper: Paper, words: str) -> list[Part]:
    """The reasons under their heading."""
    return [parts.heading(paper.say(REASONS)), *paper.paragraphs(words)]
