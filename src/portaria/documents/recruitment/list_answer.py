"""Where both lists stand, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portaria.core.messages import Message, declare, render
from portaria.documents.days import OTHER
from portaria.documents.recruitment.citing import count_law, hearing_law
from portaria.documents.recruitment.words import LISTS, why_not_final
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.states import ListState

APPLY = declare("recruitment-apply", "Process {process}. Applications until {day} ({clause}).")
UNPUBLISHED = declare("recruitment-unpublished", "{list}: not published yet.")
PROVISIONAL = declare("recruitment-provisional", "{list}: PROVISIONAL. Published on {published}.")
FINAL = declare(
    "recruitment-final",
    "{list}: final since {day}. The provisional list was published on {published}.",
)
FINAL_AT_ONCE = declare("recruitment-final-at-once", "{list}: final. Published on {published}.")
MAY_ANSWER = declare("recruitment-may-answer", "Prior hearing: answers until {until} ({clause}).")
WAS_HEARD = declare("recruitment-was-heard", "The prior hearing ended on {until} ({clause}).")
NO_HEARING = declare("recruitment-no-hearing", "It opens no hearing.")
NOT_YET = declare("recruitment-not-yet", "Not final yet: {why}.")
FINAL_FROM = declare("recruitment-final-from", "Final from {day} on, as things stand.")
ADMISSION_COUNTS = declare(
    "recruitment-counts", "Admitted: {admitted}. Excluded: {excluded}. Not decided: {undecided}."
)


def opening(found: Evaluation, lang: str) -> Iterator[str]:
    """The process and until when one may apply."""
    params = {
        "process": found.procedure.notice.process,
        "day": found.apply_by.last_day,
        "clause": count_law(lang),
    }
    yield render(Message(APPLY, params), lang)
    if found.apply_by.alternative_last_day is not None:
        yield render(Message(OTHER, {"day": found.apply_by.alternative_last_day}), lang)


def told(found: Evaluation, name: str, lang: str) -> Iterator[str]:
    """A list: its state, its hearing, what keeps it from being final."""
    state = found.state(name)
    named = render(Message(LISTS[name]), lang)
    if state.published is None:
        yield render(Message(UNPUBLISHED, {"list": named}), lang)
        return
    code = PROVISIONAL
    if state.is_final:
        code = FINAL if state.was_provisional else FINAL_AT_ONCE
    params = {"list": named, "published": state.published, "day": state.final_from}
    yield render(Message(code, params), lang)
    yield from _hearing(found, state, lang)
    if not state.is_final:
        yield render(Message(NOT_YET, {"why": why_not_final(state.blocks, lang)}), lang)
        if state.final_from is not None:
            yield render(Message(FINAL_FROM, {"day": state.final_from}), lang)
    if name == "admission":
        counts = Counter(row.result for row in found.admission)
        numbers = {each: counts[each] for each in ("admitted", "excluded", "undecided")}
        yield render(Message(ADMISSION_COUNTS, numbers), lang)


def _hearing(found: Evaluation, state: ListState, lang: str) -> Iterator[str]:
    hearing = state.hearing
    if hearing.until is None:
        yield render(Message(NO_HEARING), lang)
        return
    code = MAY_ANSWER if hearing.open_on(found.on) else WAS_HEARD
    yield render(Message(code, {"until": hearing.until, "clause": hearing_law(lang)}), lang)
    if hearing.alternative is not None:
        yield render(Message(OTHER, {"day": hearing.alternative}), lang)
