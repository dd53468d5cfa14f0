"""The answer about seats in words: a sentence for each limit that is not kept.

It only tells what `seat_limits.answer` gives: nothing is decided or computed here.
"""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import Message, declare, render
from portaria.documents.access_letter import CORRECTION, Block
from portaria.documents.access_seat_limits.words import (
    BREACHES,
    CONDITIONS,
    CONSTRAINTS,
    MOVEMENTS,
    OUTSIDE,
    REMEDIES,
    clause_words,
    modality_name,
    reading_name,
    text_name,
)
from portaria.regulations.access.seat_limits.outcome import (
    Breach,
    Infeasible,
    Moved,
    SeatLimits,
)

BY = declare("seat-limits-by", "By {texts}.")
SUMMARY = declare(
    "seat-limits-summary",
    "Programmes: {programmes}. Institutions: {institutions}. Limits not kept: {breaches}. "
    "Institutions where the limits clash: {infeasible}.",
)
KEPT = declare("seat-limits-kept", "Every limit is kept.")
BROKEN = declare("seat-limits-broken", "Limits not kept")
CLASHES = declare("seat-limits-clashes", "Limits that clash")
MOVED = declare("seat-limits-moved", "Unfilled seats")
LEFT_OUT = declare("seat-limits-left-out", "Not covered")
NOT_PROVED = declare(
    "seat-limits-not-proved", "The increase does not count, for it is not proved that {conditions}."
)
CLASH = declare(
    "seat-limits-clash",
    "{institution}: no distribution of seats keeps every limit. The over-23 minimum is {minimum}, "
    "and there is room for {room}; missing: {short}.",
)
NO_REMEDY = declare("seat-limits-no-remedy", "No increase is known of this academic year.")
OTHERWISE_FITS = declare(
    "seat-limits-otherwise-fits",
    "With {reading} the minimum would be {minimum} and the room {room}: they would not clash.",
)
OTHERWISE_CLASHES = declare(
    "seat-limits-otherwise-clashes",
    "With {reading} the minimum would be {minimum} and the room {room}: they would clash as well.",
)
UNCHECKED = declare(
    "seat-limits-unchecked", "Not checked, because its text is not at hand: {clauses}."
)
READINGS = declare(
    "seat-limits-readings",
    "Where the text leaves something open, these readings hold: {readings}. The program interprets "
    "the texts and is not the law.",
)


def opening(answer: SeatLimits, lang: str) -> list[Block]:
    """Title, source and counts."""
    texts = ", ".join(dict.fromkeys(text_name(each) for each in _cited(answer)))
    counts = {
        "programmes": len(answer.caps),
        "institutions": len(answer.minima),
        "breaches": len(answer.breaches),
        "infeasible": len(answer.infeasible),
    }
    by = render(Message(BY, {"texts": texts}), lang)
    return [
        Block("title", answer.title),
        Block("text", f"{by} {render(Message(SUMMARY, counts), lang)}"),
    ]


def _cited(answer: SeatLimits) -> list[str]:
    caps = [each.clause for each in answer.caps]
    return caps + [each.clause for each in answer.outside]


def findings(answer: SeatLimits, lang: str) -> list[Block]:
    """A sentence for each limit not kept, each clash, movement and programme left out."""
    blocks = [Block("heading", render(Message(BROKEN), lang))] if answer.breaches else []
    blocks += [Block("detail", _breach(each, lang)) for each in answer.breaches]
    if not answer.breaches:
        blocks.append(Block("text", render(Message(KEPT), lang)))
    if answer.infeasible:
        blocks.append(Block("heading", render(Message(CLASHES), lang)))
    for clash in answer.infeasible:
        blocks += _clash(clash, lang)
    if answer.movements:
        blocks.append(Block("heading", render(Message(MOVED), lang)))
        blocks += [Block("detail", _moved(each, lang)) for each in answer.movements]
    if answer.outside:
        blocks.append(Block("heading", render(Message(LEFT_OUT), lang)))
    for each in answer.outside:
        params = {"programme": each.programme, "institution": each.institution}
        clause = clause_words(each.clause, lang)
        words = render(Message(OUTSIDE[each.why], params | {"clause": clause}), lang)
        blocks.append(Block("detail", words))
    return blocks


def _breach(each: Breach, lang: str) -> str:
    params: dict[str, object] = {
        "programme": each.programme, "institution": each.institution, "given": each.given,
        "allowed": each.allowed, "by": each.by, "clause": clause_words(each.clause, lang),
    }  # fmt: skip
    words = render(Message(BREACHES[each.code], params), lang)
    if not each.not_proved:
        return words
    conditions = "; ".join(render(Message(CONDITIONS[name]), lang) for name in each.not_proved)
    return words + " " + render(Message(NOT_PROVED, {"conditions": conditions}), lang)


def _clash(each: Infeasible, lang: str) -> Iterator[Block]:
    params = {"minimum": each.minimum, "room": each.sum_of_caps, "short": each.short_by}
    yield Block("text", render(Message(CLASH, {"institution": each.institution, **params}), lang))
    for limit in each.constraints:
        numbers: dict[str, object] = {
            "bound": limit.bound, "exact": limit.exact, "programmes": limit.programmes,
            "clause": clause_words(limit.clause, lang),
        }  # fmt: skip
        yield Block("detail", render(Message(CONSTRAINTS[limit.code], numbers), lang))
    for remedy in each.remedies:
        offered = {"seats": remedy.seats, "clause": clause_words(remedy.clause, lang)}
        yield Block("detail", render(Message(REMEDIES[remedy.code], offered), lang))
    if not each.remedies:
        yield Block("detail", render(Message(NO_REMEDY), lang))
    for other in each.otherwise:
        told: dict[str, object] = {
            "minimum": other.minimum, "room": other.sum_of_caps,
            "reading": reading_name(other.reading, other.choice, lang),
        }  # fmt: skip
        code = OTHERWISE_FITS if other.feasible else OTHERWISE_CLASHES
        yield Block("detail", render(Message(code, told), lang))


def _moved(each: Moved, lang: str) -> str:
    wanted = each.movement
    params: dict[str, object] = {
        "seats": wanted.seats,
        "programme": wanted.programme,
        "modality": modality_name(wanted.modality, lang),
        "to_programme": wanted.to_programme,
        "to_modality": modality_name(wanted.to_modality, lang),
        "left": each.left,
        "clause": clause_words(each.clause, lang),
    }
    return render(Message(MOVEMENTS[each.code], params), lang)


def closing(answer: SeatLimits, lang: str) -> list[Block]:
    """Readings, faults of the text, and what is not checked."""
    names = "; ".join(reading_name(name, choice, lang) for name, choice in answer.readings.items())
    blocks = [Block("text", render(Message(READINGS, {"readings": names}), lang))]
    for fault in answer.corrections:
        told = {**fault, "where": clause_words(fault["where"], lang)}
        blocks.append(Block("text", render(Message(CORRECTION, told), lang)))
    if answer.unchecked:
        clauses = ", ".join(clause_words(each, lang) for each in answer.unchecked)
        blocks.append(Block("text", render(Message(UNCHECKED, {"clauses": clauses}), lang)))
    return blocks
