"""The public list: of each person the name and the result, and nothing else (211-A 38/4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portaria.core.messages import declare
from portaria.core.names import by_name
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.fingerprint import in_groups
from portaria.documents.access_papers.model import Contest
from portaria.documents.access_papers.paper import COLUMNS, PREPARED, Paper
from portaria.documents.access_papers.parts import Part
from portaria.documents.access_papers.result import PLACED, why
from portaria.documents.access_words import RESULT_NAMES

TITLE = declare("public-list-title", "List of results")
RATIFIED_BY = declare("public-list-ratified-by", "Ratified by")
RATIFIED = declare("public-list-ratified", "Ratified on")
PUBLISHED = declare("public-list-published", "Published on")
CANDIDATES = declare("public-list-candidates", "Candidates")
COUNTED = declare("public-list-counted", "{number} ({parts})")
OF_RESULT = declare("public-list-count", "{result}: {number}")
DIGITS = declare("public-list-digits", "Result (SHA-256)")
PLACED_AT = declare("public-list-placed-at", "{result} {programme}")
NOTED = declare("public-list-noted", "{result} [{mark}]")
NOBODY = declare("public-list-nobody", "Nobody applied.")
PROGRAMMES = declare("public-list-programmes", "Institutions and courses")
REASONS = declare("public-list-reasons", "Reasons")
REASON = declare("public-list-reason", "[{mark}] {reason}")
ORDER = declare(
    "public-list-order",
    "In alphabetical order, accents left aside. Of each person the list has the name and the "
    "result; after the result of who is placed stands the code of institution and course, which "
    "the end of the list tells.",
)

MARKED = declare(
    "public-list-marked", "A number in brackets stands for the reason, told there too."
)


@dataclass(frozen=True)
class Listed:
    """One person: name and result (placed, not_placed, excluded), with the programme of a
    placement. reason and clause: where the text wants the reason in the list too (211-B 26/3)."""

    name: str
    result: str
    programme: str = ""
    reason: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Programme:
    """What the code of a programme stands for."""

    programme: str
    institution: str
    course: str


@dataclass(frozen=True)
class PublicList:
    """The results of a phase, published; `digits`: the SHA-256 of the result.

    people: in any order; programmes: at least those that somebody was placed in.
    """

    contest: Contest
    people: Sequence[Listed]
    programmes: Sequence[Programme]
    ratified_by: str
    ratified: date
    published: date
    digits: str
    clause: str = ""


def public_paper(given: PublicList, lang: str) -> bytes:
    """The PDF/A: two columns of names, by letter; then the codes told, and the reasons."""
    paper = Paper(given.contest, lang, clause=given.clause)
    paper.matter = paper.day(given.published)
    marks: dict[str, int] = {}
    people = sorted(given.people, key=lambda row: by_name(row.name, f"{row.result}{row.programme}"))
    rows = [
        (by_name(row.name)[0][:1].upper(), row.name, _result(paper, row, marks)) for row in people
    ]
    groups = [
        (letter, [(name, result) for _, name, result in some])
        for letter, some in groupby(rows, key=lambda row: row[0])
    ]
    told = [paper.say(ORDER), *([paper.say(MARKED)] if marks else [])]
    made = [_facts(paper, given), parts.text(" ".join(told), small=True)]
    made.append(parts.names(groups) if groups else parts.text(paper.say(NOBODY)))
    if marks:
        told = [paper.say(REASON, mark=mark, reason=words) for words, mark in marks.items()]
        made += [parts.heading(paper.say(REASONS)), *map(parts.text, told)]
    return paper.page(
        paper.say(TITLE), [*made, *_told(paper, given)], [paper.say(PREPARED)], COLUMNS
    )


def _result(paper: Paper, row: Listed, marks: dict[str, int]) -> str:
    name = paper.say(RESULT_NAMES[row.result])
    if row.result == PLACED:
        return paper.say(PLACED_AT, result=name, programme=row.programme)
    because = why(paper, row.result, row.reason, row.clause)
    if not because:
        return name
    return paper.say(NOTED, result=name, mark=marks.setdefault(because, len(marks) + 1))


def _facts(paper: Paper, given: PublicList) -> Part:
    counts = Counter(row.result for row in given.people)
    each = [
        paper.say(OF_RESULT, result=paper.say(name), number=counts[result])
        for result, name in RESULT_NAMES.items()
    ]
    total = paper.say(COUNTED, number=len(given.people), parts="; ".join(each))
    return parts.facts([
        (paper.say(CANDIDATES), total),
        (paper.say(RATIFIED_BY), given.ratified_by),
        (paper.say(RATIFIED), paper.day(given.ratified)),
        (paper.say(PUBLISHED), paper.day(given.published)),
        (paper.say(DIGITS), in_groups(given.digits)),
    ])  # fmt: skip


def _told(paper: Paper, given: PublicList) -> list[Part]:
    """The codes in order, each with its institution and course: those of the list alone."""
    used = {row.programme for row in given.people if row.result == PLACED}
    known = sorted((p for p in given.programmes if p.programme in used), key=lambda p: p.programme)
    if not known:
        return []
    rows = [(p.programme, ", ".join(filter(None, (p.institution, p.course)))) for p in known]
    return [
        parts.heading(paper.say(PROGRAMMES)),
        {"kind": "codes", "rows": [[*row] for row in rows]},
    ]
