"""What every paper has in common: the procedure, its state, its language, how a page is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from portaria.core.messages import Message, declare, render, show
from portaria.documents.glyphs import fit
from portaria.documents.pdf import pdf
from portaria.documents.recruitment import parts
from portaria.documents.recruitment.parts import Part
from portaria.documents.recruitment.records import Papers
from portaria.documents.recruitment.words import why_not_final
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.model import ADMISSION

PROCESS = declare("recruitment-paper-process", "Process {process}")
MADE = declare(
    "recruitment-paper-made",
    "Process {process} · Prepared by a program; people decide and sign.",
)
AS_ON = declare("recruitment-paper-on", "As it stands on {day}")
PLACE_AND_DAY = declare("recruitment-paper-place-day", "{place}, {day}")
PROVISIONAL = declare("recruitment-paper-provisional", "Provisional list")
FINAL = declare("recruitment-paper-final", "Final list")
PUBLISHED = declare("recruitment-paper-published", "Published on {day}.")
WAS_PROVISIONAL = declare(
    "recruitment-paper-was-provisional", "Provisional list published on {day}."
)
HEARD_UNTIL = declare("recruitment-paper-until", "Prior hearing open until {day}.")
HEARD = declare("recruitment-paper-heard", "The prior hearing ended on {day}.")
WHY = declare("recruitment-paper-why", "It is not final: {why}.")
SINCE = declare("recruitment-paper-since", "Final since {day}.")
JURY = declare("recruitment-paper-jury", "The jury")
PERSONAL = declare(
    "recruitment-paper-personal",
    "Of each person the list has the name and the result, and nothing else. Who is excluded is "
    "told the reason and its clause in person.",
)
PERSONAL_RANKED = declare(
    "recruitment-paper-personal-ranked",
    "Of each person the list has the name, the order, the score and the result, and nothing else. "
    "Who is excluded is told the reason and its clause in person.",
)
RULES = declare(
    "recruitment-paper-law",
    "Working days and prior hearings: Code of Administrative Procedure, arts. 87, 121 and 122.",
)
BLANK = "_" * 20


class Paper:
    """One procedure on one day, put on paper in one language: that of the edition unless another
    is asked for."""

    def __init__(
        self, found: Evaluation, papers: Papers | None = None, lang: str | None = None
    ) -> None:
        self.found = found
        self.notice = found.procedure.notice
        self.papers = papers or Papers()
        self.lang = lang or found.rules.edition.language

    def say(self, code: str, /, **params: object) -> str:
        """A declared sentence."""
        return render(Message(code, params), self.lang)

    def day(self, day: date) -> str:
        """A day written out."""
        return show(day, self.lang)

    def state(self, name: str) -> Part:
        """What the list is on the day, whatever it calls itself (REC-01)."""
        state, final = self.found.state(name), self.found.state(name).is_final
        assert state.published is not None, "a list on paper is published"
        before = final and state.was_provisional
        lines = [self.say(WAS_PROVISIONAL if before else PUBLISHED, day=state.published)]
        hearing = state.hearing
        if hearing.until is not None:
            still = hearing.open_on(self.found.on)
            lines.append(self.say(HEARD_UNTIL if still else HEARD, day=hearing.until))
        others = tuple(each for each in state.blocks if each != "hearing-open")
        if others:
            lines.append(self.say(WHY, why=why_not_final(others, self.lang)))
        if final and state.final_from is not None:
            lines.append(self.say(SINCE, day=state.final_from))
        return parts.state(self.say(FINAL if final else PROVISIONAL), lines, final)

    def signed(self, on: date | None = None) -> Part:
        """The line to sign on, dated on the day that was looked at unless `on` is another; people
        sign, and decide with it."""
        own = self.papers.institution
        day = self.say(PLACE_AND_DAY, place=own.place or BLANK, day=on or self.found.on)
        return parts.signature(day, own.office or self.say(JURY), own.signatory or "")

    def personal(self, name: str) -> str:
        """REC-03, at the foot of the list `name`."""
        return self.say(PERSONAL if name == ADMISSION else PERSONAL_RANKED)

    def page(
        self, title: str, found: Iterable[Part], foot: Sequence[str] = (), dated: bool = True
    ) -> bytes:
        """The PDF; `foot`: what stands small at its end; `dated`: whether it names the day that was
        looked at."""
        process = self.notice.process
        data = {
            "title": title,
            "subtitle": self.say(AS_ON, day=self.found.on) if dated else "",
            "institution": self.papers.institution.name or "",
            "process": self.say(PROCESS, process=process),
            "post": self.papers.post.title or "",
            "footer": self.say(MADE, process=process),
            "parts": [*found],
            "foot": [*foot, self.say(RULES)],
        }
        return pdf("recruitment", fit(data), self.lang)
