"""The notices: the opening of a procedure, and the hearing on a list."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.documents.recruitment import parts
from portaria.documents.recruitment.citing import count_law, hearing_law
from portaria.documents.recruitment.paper import Paper
from portaria.documents.recruitment.parts import Part
from portaria.documents.recruitment.records import Papers
from portaria.documents.recruitment.words import LISTS, score_words
from portaria.regulations.recruitment.evaluate import Evaluation

OPENING = declare("recruitment-title-notice", "Notice of opening of a recruitment procedure")
POST = declare("recruitment-fact-post", "Post")
POSTS = declare("recruitment-fact-posts", "Number of posts")
PUBLISHED = declare("recruitment-fact-published", "Published on")
APPLY_UNTIL = declare("recruitment-fact-until", "Applications until")
APPLY_TO = declare("recruitment-fact-apply-to", "Applications to")
COUNT = declare(
    "recruitment-notice-days",
    "{count} working day counted from the day after publication ({clause}).",
    "{count} working days counted from the day after publication ({clause}).",
)
REQUIREMENTS = declare("recruitment-notice-requirements", "Requirements")
DOCUMENTS = declare("recruitment-notice-documents", "Documents")
METHODS = declare("recruitment-notice-methods", "Methods of selection")
METHOD = declare("recruitment-column-method", "Method")
WEIGHT = declare("recruitment-column-weight", "Weight")
MINIMUM = declare("recruitment-column-minimum", "Minimum")
PERCENT = declare("recruitment-percent", "{number} %")
SCALE = declare(
    "recruitment-notice-scale",
    "Each method is graded from 0 to {scale}; the score is the sum by weight. Below the minimum of "
    "a method a candidate is excluded.",
)
LISTS_FOLLOW = declare(
    "recruitment-notice-hearing",
    "The list of the admitted and the excluded and that of the evaluation are provisional while "
    "their prior hearing is open: {count} working day from the publication of each.",
    "The list of the admitted and the excluded and that of the evaluation are provisional while "
    "their prior hearing is open: {count} working days from the publication of each.",
)
HEARING = declare("recruitment-title-hearing", "Notice of prior hearing")
ABOUT = declare("recruitment-fact-list", "List")
STATE = declare("recruitment-fact-state", "State of the list")
STATE_WORDS = declare("recruitment-fact-provisional", "provisional")
ANSWER_UNTIL = declare("recruitment-fact-answers-until", "Answers until")
ANSWER_TO = declare("recruitment-fact-answers-to", "In writing, to")
MAY = declare(
    "recruitment-hearing-may",
    "Everybody on the list may answer it in writing until the end of that day, which is the last "
    "of the hearing ({clause}).",
)
DECIDES = declare(
    "recruitment-hearing-decides",
    "Each answer is decided before the list becomes final; until then it is provisional, whatever "
    "it is called.",
)
TOLD = declare(
    "recruitment-hearing-told",
    "Who is excluded is told the reason and its clause in person, and may answer them.",
)
NO_HEARING = declare("recruitment-paper-no-hearing", "no hearing on this list is open on {day}")


def opening_paper(
    found: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """What is offered, until when to apply, how people are selected (8072 1-6)."""
    paper = Paper(found, papers, lang)
    post, notice = paper.papers.post, paper.notice
    last = paper.day(found.apply_by.last_day)
    days = paper.say(COUNT, count=notice.application_days, clause=count_law(paper.lang))
    facts = [
        (paper.say(POST), post.title or ""),
        (paper.say(POSTS), str(notice.posts)),
        (paper.say(PUBLISHED), paper.day(notice.published)),
        (paper.say(APPLY_UNTIL), last),
        (paper.say(APPLY_TO), post.apply_to or ""),
    ]
    made = [parts.facts(facts), parts.text(days), *_asked(paper), *_methods(paper)]
    if notice.hearing_days:
        made.append(parts.text(paper.say(LISTS_FOLLOW, count=notice.hearing_days)))
    made.append(paper.signed(notice.published))
    return paper.page(paper.say(OPENING), made, dated=False)


def _asked(paper: Paper) -> Iterator[Part]:
    post = paper.papers.post
    for code, lines in ((REQUIREMENTS, post.requirements), (DOCUMENTS, post.documents)):
        if lines:
            yield parts.heading(paper.say(code))
            yield parts.bullets(lines)


def _methods(paper: Paper) -> Iterator[Part]:
    criteria = [*paper.found.procedure.criteria.values()]
    if not criteria:
        return
    criteria.sort(key=lambda each: (-each.weight, each.criterion))
    rows = [
        (
            each.criterion,
            paper.say(PERCENT, number=each.weight),
            score_words(each.minimum, paper.lang) or "–",
        )
        for each in criteria
    ]
    header = [paper.say(code) for code in (METHOD, WEIGHT, MINIMUM)]
    yield parts.heading(paper.say(METHODS))
    yield parts.table(header, ["1fr", "24mm", "20mm"], rows, "lrr")
    yield parts.text(paper.say(SCALE, scale=paper.notice.scale))


def hearing_paper(
    found: Evaluation, name: str, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """Until when the list `name` may be answered, and where (CPA 122); UsageError where no
    hearing on it is open."""
    paper = Paper(found, papers, lang)
    state = found.state(name)
    until = state.hearing.until
    if until is None or state.published is None or not state.hearing.open_on(found.on):
        raise UsageError(Message(NO_HEARING, {"day": found.on}))
    facts = [
        (paper.say(ABOUT), paper.say(LISTS[name])),
        (paper.say(STATE), paper.say(STATE_WORDS)),
        (paper.say(PUBLISHED), paper.day(state.published)),
        (paper.say(ANSWER_UNTIL), paper.day(until)),
        (paper.say(ANSWER_TO), paper.papers.post.answers_to or ""),
    ]
    lines = [paper.say(MAY, clause=hearing_law(paper.lang)), paper.say(DECIDES)]
    lines += [paper.say(TOLD)] if name == "admission" else []
    made = [parts.facts(facts), *map(parts.text, lines), paper.signed()]
    return paper.page(paper.say(HEARING), made)
