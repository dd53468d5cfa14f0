"""Who may still enter the PAF, and what follows an absence from it: in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portaria.core.messages import Message, declare
from portaria.core.rule_set import RuleSet
from portaria.documents.sentence import sentence
from portaria.regulations.cef import exam

BE_THERE = declare("cef-arrival-by", "To be at the room by {by} ({clause}).")
CAME_AFTER = declare(
    "cef-arrival-came-after",
    "There at {at}, after that: the text attaches no consequence to it ({clause}).",
)
ADMITTED = declare("cef-arrival-admitted", "Admitted: {left} for the exam, until {end} ({clause}).")
REFUSED = declare("cef-arrival-refused", "Refused: {late} late, at most {most} ({clause}).")
REFUSED_FROM = declare(
    "cef-arrival-refused-from",
    "Refused: {late} late; from {most} on nobody is admitted ({clause}).",
)
JUSTIFY = declare(
    "cef-absence-justify",
    "To be justified by {by}, through the guardian, to the Director ({clause}).",
)
NEW_DATE = declare("cef-absence-new-date", "Accepted: the Director sets a new date ({clause}).")
UNDECIDED = declare("cef-absence-undecided", "The Director has still to answer ({clause}).")
NEVER = declare("cef-absence-lost-never", "Without it: no PAF in this school year ({clause}).")
LOST = declare("cef-absence-lost", "No PAF in this school year: {why} ({clause}).")
WHYS = {
    "again": declare("cef-absence-again", "absent again on the new date"),
    "late": declare("cef-absence-late", "the justification came late"),
    "refused": declare("cef-absence-refused", "the justification was refused"),
}
LATER = {
    "if_asked": declare(
        "cef-later-if-asked",
        "Where the course runs, the PAF may be taken in a later year: only implied ({clause}).",
    ),
    "not_guaranteed": declare(
        "cef-later-not-guaranteed",
        "Where the course does not run, the school guarantees no PAF in a later year ({clause}).",
    ),
}


def arrival_told(
    found: exam.Arrival, start: datetime, at: datetime, rules: RuleSet, lang: str
) -> Iterator[str]:
    """When to be there, and whether who came `at` may enter."""
    by = _clock(found.be_there_by)
    yield sentence(BE_THERE, lang, rules.clause("paf-presence"), by=by)
    if not found.on_time and at <= start:
        yield sentence(CAME_AFTER, lang, rules.clause("paf-presence"), at=_clock(at))
    if found.admitted:
        left = _length(int(found.left.total_seconds()))
        yield sentence(ADMITTED, lang, found.clause, left=left, end=_clock(found.ends_at))
        return
    late, most = int((at - start).total_seconds()), 60 * rules.number("paf_late_minutes")
    code = REFUSED if late > most else REFUSED_FROM
    yield sentence(code, lang, found.clause, late=_length(late), most=_length(most))


def absence_told(
    found: exam.Absence, why: str, later: exam.LaterYear | None, rules: RuleSet, lang: str
) -> Iterator[str]:
    """By when to justify, and what follows; why: `never`, or one of WHYS, where there is no
    PAF this year."""
    yield sentence(JUSTIFY, lang, rules.clause("paf-absence"), by=found.justify_by)
    if not why:
        code = NEW_DATE if found.outcome == exam.NEW_DATE else UNDECIDED
        yield sentence(code, lang, found.clause)
        return
    if why == "never":
        yield sentence(NEVER, lang, found.clause)
    else:
        yield sentence(LOST, lang, found.clause, why=Message(WHYS[why]))
    yield sentence(
        LATER[later.outcome if later else "not_guaranteed"], lang, rules.clause("paf-later-years")
    )


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _length(seconds: int) -> str:
    """`75 min`, `82 min 30 s`."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
