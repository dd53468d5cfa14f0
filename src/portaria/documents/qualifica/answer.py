"""The hours of a school in sentences, with every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portaria.core.edition import Edition
from portaria.core.messages import declare
from portaria.documents.numbers import amount
from portaria.documents.qualifica.arithmetic import arithmetic
from portaria.documents.qualifica.words import readings_told, say
from portaria.regulations.qualifica.model import (
    NO_PROPORTION,
    PARTNER,
    PROMOTER,
    Cut,
    Hours,
    Need,
)

TITLE = declare("qualifica-hours", "Weekly hours: {hours}.")
BOTH = declare(
    "qualifica-both", "Partner that promotes a centre of its own: the promoter's rule ({clause})."
)
BASE = {
    PROMOTER: declare("qualifica-base-promoter", "A promoter begins with {base} ({clause})."),
    PARTNER: declare("qualifica-base-partner", "A partner begins with {base} ({clause})."),
}
NEED = declare(
    "qualifica-need-told",
    "Need: {above} points above the nation, {counted} counted, {hours} hours more ({clause}).",
)
NEED_HELD = declare(
    "qualifica-need-held",
    "Need: {above} points above the nation, {counted} counted, {hours} hours more ({hours} at "
    "most; {clause}).",
)
NO_NEED = declare(
    "qualifica-no-need-told", "Need: not above the nation by a point, no hour more ({clause})."
)
CUT = declare(
    "qualifica-cut-told",
    "Performance: {performance}%, {below} points below the target, {blocks} times five points, "
    "{hours} hours fewer ({clause}).",
)
NO_CUT = declare("qualifica-no-cut-told", "Performance: {performance}%, no hour fewer ({clause}).")
MEASURED = declare(
    "qualifica-measured", "The last measurement by then is the one of {day} ({clause})."
)
PROPORTION = declare(
    "qualifica-proportion", "Proportion by the circular of ANQEP: {proportion} ({clause})."
)
NO_SHARE_TOLD = declare(
    "qualifica-proportion-not-given",
    "The proportion by the circular of ANQEP is not given: the whole is taken ({clause}).",
)
ROUNDED = declare(
    "qualifica-rounded", "Rounded once, by the first decimal: {exact} to {hours} ({clause})."
)
MOST = declare("qualifica-most", "A partner has {most} at most ({clause}).")
NEW = declare(
    "qualifica-new",
    "New centre: {hours} until {day}, whatever need and performance ({clause}).",
)
TEACHERS = declare(
    "qualifica-teachers", "They are for career teachers without a full timetable ({clause})."
)
EXCLUDED = declare(
    "qualifica-excluded-told",
    "No hours: the school could have applied for the European support and did not ({clause}).",
)


def sentences(found: Hours, cites: Edition, changed: Mapping[str, str], lang: str) -> Iterator[str]:
    """The hours and the sum, then each step with its clause, then other readings."""
    yield say(TITLE, lang, hours=found.hours)
    clause = cites.clause
    if found.both:
        yield say(BOTH, lang, clause("qualifica-both-roles"))
    if found.excluded:
        yield say(EXCLUDED, lang, clause("qualifica-excluded"))
    elif found.new_until is not None:
        new = clause("qualifica-new-centre")
        yield say(NEW, lang, new, hours=found.hours, day=found.new_until)
        yield say(TEACHERS, lang, clause("qualifica-new-centre-teachers"))
    else:
        yield "   " + arithmetic(found, lang)
        yield from _steps(found, cites, lang)
    yield from readings_told(changed, lang)


def _steps(found: Hours, cites: Edition, lang: str) -> Iterator[str]:
    assert found.need is not None
    assert found.cut is not None
    base = cites.clause(f"qualifica-{found.role}")
    yield say(BASE[found.role], lang, base, base=found.base)
    yield _need(found.need, lang)
    yield _cut(found.cut, lang)
    if found.measured_on is not None:
        yield say(MEASURED, lang, found.cut.clause, day=found.measured_on)
    if found.proportion is not None:
        shown = amount(found.proportion, lang)
        yield say(PROPORTION, lang, base, proportion=shown)
    elif NO_PROPORTION in found.warnings:
        yield say(NO_SHARE_TOLD, lang, base)
    if found.rounded is not None and found.rounded != found.exact:
        way = "up" if found.rounded > found.exact else "down"
        numbers = {"exact": amount(found.exact, lang), "hours": str(found.rounded)}
        yield say(ROUNDED, lang, cites.clause(f"qualifica-rounding-{way}"), **numbers)
    held = found.before_proportion == found.most and found.need_bonus > found.performance_cut
    if found.most is not None and (found.capped or held):
        yield say(MOST, lang, cites.clause("qualifica-partner-most"), most=found.most)


def _need(need: Need, lang: str) -> str:
    if not need.hours:
        return say(NO_NEED, lang, need.clause)
    return say(
        NEED_HELD if need.held else NEED,
        lang,
        need.clause,
        above=amount(need.above, lang),
        counted=amount(need.counted, lang),
        hours=amount(need.hours, lang),
    )


def _cut(cut: Cut, lang: str) -> str:
    rate = amount(cut.performance, lang)
    if not cut.hours:
        return say(NO_CUT, lang, cut.clause, performance=rate)
    return say(
        CUT,
        lang,
        cut.clause,
        performance=rate,
        below=amount(cut.below, lang),
        blocks=amount(cut.blocks, lang),
        hours=amount(cut.hours, lang),
    )
