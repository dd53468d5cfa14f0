"""The mark of recovery activities and the moments of assessment, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portaria.core.messages import declare
from portaria.documents.sentence import sentence
from portaria.regulations.cef.measures import Mark
from portaria.regulations.cef.progress import Moment

GOOD = declare("cef-mark-good", "Satisfaz ({clause}).")
AGAIN = declare(
    "cef-mark-again",
    "Não satisfaz: done again, in {count} lesson at most ({clause}).",
    "Não satisfaz: done again, in {count} lessons at most ({clause}).",
)
MOMENTS = {
    "period-1": declare("cef-moment-1", "At the end of the first period ({clause})."),
    "period-2": declare("cef-moment-2", "At the end of the second period ({clause})."),
    "period-3": declare("cef-moment-3", "At the end of the third period ({clause})."),
    "end-of-school-part": declare(
        "cef-moment-school", "At the end of the lessons, before the internship ({clause})."
    ),
    "final": declare("cef-moment-final", "After the internship: the final one ({clause})."),
}


def mark_told(found: Mark, lang: str) -> Iterator[str]:
    """The mark, and how much is done again."""
    if found.mark == "satisfaz":
        yield sentence(GOOD, lang, found.clause)
    else:
        yield sentence(AGAIN, lang, found.clause, count=found.redo_at_most)


def moments_told(found: Sequence[Moment], lang: str) -> Iterator[str]:
    """One line a moment."""
    for each in found:
        yield sentence(MOMENTS[each.name], lang, each.clause)
