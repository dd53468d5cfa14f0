"""The lists on paper: the admitted and the excluded, the evaluation, the final ranking."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render
from portaria.documents.recruitment import parts
from portaria.documents.recruitment.paper import Paper
from portaria.documents.recruitment.parts import Part
from portaria.documents.recruitment.records import Papers
from portaria.documents.recruitment.words import RESULTS, score_words, why_not_final
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.model import ADMISSION, EVALUATION

ADMISSION_TITLES = {
    False: declare(
        "recruitment-title-admission-provisional",
        "Provisional list of the candidates admitted and excluded",
    ),
    True: declare(
        "recruitment-title-admission-final", "Final list of the candidates admitted and excluded"
    ),
}
EVALUATION_TITLES = {
    False: declare(
        "recruitment-title-evaluation-provisional", "Provisional list of the evaluation"
    ),
    True: declare("recruitment-title-evaluation-final", "Final list of the evaluation"),
}
FINAL_TITLE = declare("recruitment-title-final", "Final ranked list")
SECTIONS = {
    "admitted": declare("recruitment-section-admitted", "Candidates admitted ({count})"),
    "excluded": declare("recruitment-section-excluded", "Candidates excluded ({count})"),
    "undecided": declare("recruitment-section-undecided", "Candidates not decided yet ({count})"),
}
OUT = declare("recruitment-section-out", "Excluded in the evaluation ({count})")
NOBODY = declare("recruitment-nobody", "Nobody.")
NUMBERS = "20mm"
"""The width of a column of numbers."""
RANK = declare("recruitment-column-rank", "Order")
NAME = declare("recruitment-column-name", "Name")
RESULT = declare("recruitment-column-result", "Result")
SCORE = declare("recruitment-column-score", "Score")
SCALE = declare("recruitment-scale", "Weighted score from 0 to {scale}.")
TIED = declare("recruitment-tied", "Equal scores share a rank.")
NOT_FINAL = declare("recruitment-paper-not-final", "there is no final list on {day}: {why}")
NOT_PUBLISHED = declare("recruitment-paper-unpublished", "the list is not published yet on {day}")


def admission_paper(
    found: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """The names of the admitted and of the excluded (REC-03); UsageError where it is not
    published."""
    paper = Paper(found, papers, lang)
    _published(paper, ADMISSION)
    state = paper.state(ADMISSION)
    title = paper.say(ADMISSION_TITLES[state["final"]])
    made = [state, *_named(paper), paper.signed()]
    return paper.page(title, made, [paper.personal(ADMISSION)])


def _named(paper: Paper) -> Iterator[Part]:
    public = paper.found.public(ADMISSION)
    for result, code in SECTIONS.items():
        names = [row["name"] for row in public if row["result"] == result]
        if names or result != "undecided":
            yield parts.heading(paper.say(code, count=len(names)))
            yield parts.names(names) if names else parts.text(paper.say(NOBODY))


def evaluation_paper(
    found: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """Rank, name, score and result of everybody admitted; UsageError where it is not published."""
    paper = Paper(found, papers, lang)
    _published(paper, EVALUATION)
    state = paper.state(EVALUATION)
    rows = []
    for row in found.public(EVALUATION):
        result = render(Message(RESULTS[row["result"]]), paper.lang)
        rank = "–" if row["rank"] is None else str(row["rank"])
        rows.append((rank, row["name"], score_words(row["score"], paper.lang) or "–", result))
    header = [paper.say(code) for code in (RANK, NAME, SCORE, RESULT)]
    table = parts.table(header, [NUMBERS, "1fr", NUMBERS, "34mm"], rows, "rlrl")
    body = table if rows else parts.text(paper.say(NOBODY))
    title = paper.say(EVALUATION_TITLES[state["final"]])
    return paper.page(title, [state, body, paper.signed()], _foot(paper))


def final_paper(found: Evaluation, papers: Papers | None = None, lang: str | None = None) -> bytes:
    """The ranking, once nothing keeps it from being final (REC-01). UsageError before, whatever
    the list was called: while its hearing is open there is no final list."""
    paper = Paper(found, papers, lang)
    _published(paper, EVALUATION)
    state = found.state(EVALUATION)
    if not state.is_final:
        why = why_not_final(state.blocks, paper.lang)
        raise UsageError(Message(NOT_FINAL, {"day": found.on, "why": why}))
    public = found.public(EVALUATION)
    rows = [
        (str(row["rank"]), row["name"], score_words(row["score"], paper.lang))
        for row in public
        if row["result"] == "ranked"
    ]
    header = [paper.say(code) for code in (RANK, NAME, SCORE)]
    table = parts.table(header, [NUMBERS, "1fr", NUMBERS], rows, "rlr")
    made = [paper.state(EVALUATION), table if rows else parts.text(paper.say(NOBODY))]
    out = [row["name"] for row in public if row["result"] == "excluded"]
    if out:
        made += [parts.heading(paper.say(OUT, count=len(out))), parts.names(out)]
    return paper.page(paper.say(FINAL_TITLE), [*made, paper.signed()], _foot(paper))


def _published(paper: Paper, name: str) -> None:
    if paper.found.state(name).published is None:
        raise UsageError(Message(NOT_PUBLISHED, {"day": paper.found.on}))


def _foot(paper: Paper) -> list[str]:
    scale = paper.say(SCALE, scale=paper.notice.scale)
    ranks = [row.rank for row in paper.found.ranking if row.rank is not None]
    tied = [paper.say(TIED)] if len(set(ranks)) < len(ranks) else []
    return [" ".join((scale, *tied)), paper.personal(EVALUATION)]
