"""What every paper has in common: its contest, its language, how it cites, how a page is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from portaria.core.messages import Message, declare, render, show
from portaria.documents.access_letter import CONTEST
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.model import Contest, Person, Remedy, Signature
from portaria.documents.access_papers.moments import day_or_moment
from portaria.documents.access_papers.parts import Part
from portaria.documents.citation import cite
from portaria.documents.glyphs import fit
from portaria.documents.pdf import pdf

PHASE = declare("access-paper-phase", "Phase {phase}")
FOOT = declare("access-paper-foot", "{title} · {matter}")
PREPARED = declare("access-paper-prepared", "Prepared by a program; people decide and sign.")
PLACE_AND_DAY = declare("access-paper-place-day", "{place}, {day}")
CANDIDATE = declare("access-paper-candidate", "Candidate {candidate}")
DEAR = declare("access-paper-dear", "Dear {name},")
NAME = declare("access-paper-name", "Name")
CODE = declare("access-paper-code", "Candidate's code")
HOW_TO_COMPLAIN = declare("access-paper-complain", "How to complain")
UNTIL = declare("access-paper-complain-until", "Last day to complain: {when}.")
UNTIL_MOMENT = declare("access-paper-complain-moment", "Complaints are taken until {when}.")
PLAIN, WIDE, COLUMNS = "plain", "wide", "columns"
CITED = re.compile(r"\((art|annex|anexo)[^()]{1,40}\)+")
"""A clause in its brackets, the letter of the clause with a bracket of its own."""


class Paper:
    """One paper of a contest in one language; matter: what it is about, at the head of the page."""

    def __init__(self, contest: Contest, lang: str, matter: str = "", clause: str = "") -> None:
        self.contest, self.lang, self.matter, self.clause = contest, lang, matter, clause

    def say(self, code: str, cited: str = "", /, **params: object) -> str:
        """A declared sentence, with the clause it stands on before its full stop."""
        sentence = render(Message(code, params), self.lang)
        if not cited:
            return sentence
        return unbroken(f"{sentence.removesuffix('.')} ({cite(cited, self.lang)}).")

    def day(self, day: date) -> str:
        """A day written out."""
        return show(day, self.lang)

    def number(self, value: object) -> str:
        """An exact number."""
        return show(value, self.lang)

    def named(self, name: Message) -> str:
        """The name of a quota or of a part of the key, as it begins a line."""
        words = render(name, self.lang)
        return words[:1].upper() + words[1:]

    def person(self, person: Person) -> list[tuple[str, str]]:
        """Who it is, for a box of facts."""
        return [(self.say(NAME), person.name), (self.say(CODE), person.candidate)]

    def addressed(self, person: Person) -> list[Part]:
        """The address, where there is one, and the first words of a notice."""
        lines = (person.name, *person.address) if person.address else ()
        dear = parts.text(self.say(DEAR, name=person.name))
        return [*([parts.address(lines)] if lines else []), dear]

    def remedy(self, remedy: Remedy | None) -> list[Part]:
        """How to complain and until when."""
        if remedy is None:
            return []
        made = [parts.heading(self.say(HOW_TO_COMPLAIN)), *self.paragraphs(remedy.how)]
        if remedy.until is not None:
            when = day_or_moment(remedy.until, self.lang)
            code = UNTIL if type(remedy.until) is date else UNTIL_MOMENT
            made.append(parts.text(self.say(code, when=when)))
        return made

    def paragraphs(self, words: str) -> list[Part]:
        """A text that people wrote, with a paragraph for each of its lines."""
        return [parts.text(line.strip()) for line in words.splitlines() if line.strip()]

    def signed(self, by: Signature | None) -> list[Part]:
        """The line to sign on, where somebody signs."""
        if by is None:
            return []
        day = self.say(PLACE_AND_DAY, place=by.place, day=by.day)
        return [parts.signature(day, by.office, by.name)]

    def page(
        self, title: str, found: Iterable[Part], foot: Sequence[str] = (), style: str = PLAIN
    ) -> bytes:
        """The PDF; foot: what stands small at its end; style: plain, wide or columns."""
        contest = self.contest
        code = CONTEST if contest.office else PHASE
        named = self.say(code, title=contest.title, phase=contest.phase)
        text = cite(self.clause, self.lang, with_text=not contest.text) if self.clause else ""
        data = {
            "style": style,
            "title": title,
            "subtitle": named,
            "text": ", ".join(filter(None, (contest.text, text))),
            "issuer": contest.office or contest.title,
            "matter": self.matter,
            "footer": self.say(FOOT, title=title, matter=self.matter) if self.matter else title,
            "parts": [*found],
            "foot": [*foot],
        }
        return pdf("access", fit(data), self.lang)


def unbroken(sentence: str) -> str:
    """The sentence with no clause of it broken over two lines."""
    return CITED.sub(lambda found: found[0].replace(" ", "\u00a0"), sentence)
