"""The individual record: the letter's account of every option, and the last placed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from portaria.core.messages import Message, declare
from portaria.documents.access_letter import Block, letter, own_part
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.model import Contest, Person
from portaria.documents.access_papers.paper import CANDIDATE, Paper, unbroken
from portaria.documents.access_papers.parts import Part
from portaria.documents.access_words import KEY_PARTS, quota_name
from portaria.regulations.access.explain import Explanation, LastPlaced, OptionExplained

TITLE = declare("record-title", "Individual record")
OPTIONS = declare("record-options", "Options of the form")
GRADE = declare("record-grade", "Grade {grade}")
WHOSE = declare("record-column-whose", "Whose")
OWN = declare("record-own", "This application")
LAST = declare("record-last", "Last placed, {quota}")
MADE_OF = declare(
    "record-made-of",
    "Every number stands in the result of the contest; nothing was computed for this paper.",
)
OF_RESULT = declare("record-of-result", "Result {digits}.")
NONE = "–"
KEY_WIDTHS = ("1.6fr", "20mm", "26mm", "34mm", "34mm")
FRONT = 2
"""Blocks of a letter that the head of the page says: its title and the contest."""


@dataclass(frozen=True)
class IndividualRecord:
    """What explains a candidate's result (211-A 40/3).

    office: who runs the contest; text: its regulation in words; result: the SHA-256 of the result
    that was explained; clause: as rules name it. Each is left out where empty.
    """

    told: Explanation
    office: str = ""
    text: str = ""
    result: str = ""
    clause: str = ""


def record_paper(record: IndividualRecord, lang: str) -> bytes:
    """The PDF/A: result, options with arithmetic, rank and clause, last placed and tie-breaks."""
    told = record.told
    contest = Contest(told.edition_title, record.text, told.phase, record.office)
    paper = Paper(contest, lang, clause=record.clause)
    paper.matter = paper.say(CANDIDATE, candidate=told.candidate)
    blocks = letter(told, lang)[FRONT:]
    runs = [(kind, [*run]) for kind, run in groupby(blocks, lambda block: block.kind == "text")]
    first = runs[0][1]
    *more, readings = first if len(runs) == 1 else runs[-1][1]
    made = [parts.facts(paper.person(Person(told.name or NONE, told.candidate)))]
    made += [parts.text(unbroken(block.text)) for block in (more if len(runs) == 1 else first)]
    if told.options:
        made.append(parts.heading(paper.say(OPTIONS)))
    accounts = _accounts([block for is_text, run in runs if not is_text for block in run])
    for option, (title, lines) in zip(told.options, accounts, strict=True):
        made.append(_card(paper, told, option, title, lines))
    if len(runs) > 1:
        made += [parts.text(block.text) for block in more]
    foot = [readings.text, paper.say(MADE_OF)]
    if record.result:
        foot.append(paper.say(OF_RESULT, digits=record.result))
    return paper.page(paper.say(TITLE), made, foot)


def _accounts(blocks: list[Block]) -> list[tuple[str, list[str]]]:
    """Every option's heading in a letter, with the lines under it."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks:
        if block.kind == "heading":
            found.append((block.text, []))
        else:
            found[-1][1].append(block.text)
    return found


def _card(
    paper: Paper, told: Explanation, option: OptionExplained, title: str, lines: list[str]
) -> Part:
    side = "" if option.grade is None else paper.say(GRADE, grade=option.grade)
    found: list[Part] = [parts.text(unbroken(line)) for line in lines]
    rows = _keys(paper, told, option)
    if rows:
        header = [paper.say(WHOSE), *(paper.named(Message(code)) for code in KEY_PARTS.values())]
        found.append(parts.table(header, KEY_WIDTHS, rows, "lrrrr"))
    return parts.card(title, side, found)


def _last_placed(option: OptionExplained) -> list[LastPlaced]:
    """The last placed of every list that the option was heard in, each once."""
    of_hearings = [hearing.last_placed for hearing in option.hearings]
    found = {last.quota: last for last in (option.last_placed, *of_hearings) if last is not None}
    return [*found.values()]


def _keys(paper: Paper, told: Explanation, option: OptionExplained) -> list[list[str]]:
    """The parts of the key that decides: the candidate's own, and those of the last placed."""
    rows = []
    if option.grade is not None and option.arithmetic is not None:
        own = [option.grade, *(own_part(option, part) for part in KEY_PARTS if part != "grade")]
        rows.append([paper.say(OWN), *map(paper.number, own)])
    for each in _last_placed(option):
        name = paper.say(LAST, quota=quota_name(each.quota, told.single_quota))
        rows.append([name, *(paper.number(getattr(each, part)) for part in KEY_PARTS)])
    return rows
