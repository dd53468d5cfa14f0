"""The flat hours of new promoters (annex I/4 and I/5)."""

from __future__ import annotations

from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.qualifica.model import PROMOTER, WITHOUT_FULL_TIMETABLE, ZERO, Hours

NO_DAY = declare(
    "qualifica-no-day", "with the day of the authorisation, the day asked about is needed: --on"
)
NOT_YET = declare(
    "qualifica-not-yet", "no authorisation yet on {day}: it was published on {published}"
)


def new_until(published: date, rules: RuleSet) -> date:
    """31 August of the calendar year after the publication of the authorisation."""
    return rules.day("new_until", min(published.year + 1, date.max.year))


@rule("qualifica-new-centre")
def last_flat_day(
    role: str, published: date | None, on: date | None, rules: RuleSet
) -> date | None:
    """The last day of the flat hours; None for a partner, and for a promoter authorised before
    the order. UsageError without the day asked about, and for one before the authorisation."""
    if published is None:
        return None
    if on is None:
        raise UsageError(Message(NO_DAY))
    if on < published:
        raise UsageError(Message(NOT_YET, {"day": on, "published": published}))
    first = rules.edition.value("first_day")
    after = published > first or (published == first and rules.takes("entry_day", "new"))
    return new_until(published, rules) if role == PROMOTER and after else None


@rule("qualifica-new-centre-teachers")
def flat(last: date, both: bool, rules: RuleSet) -> Hours:
    """88 hours, neither more nor fewer, of career teachers without a full timetable."""
    hours = rules.number("new_centre")
    clauses = (rules.clause("qualifica-new-centre"), rules.clause("qualifica-new-centre-teachers"))
    return Hours(
        role=PROMOTER,
        hours=hours,
        exact=hours + ZERO,
        base=hours + ZERO,
        clauses=(rules.clause("qualifica-both-roles"), *clauses) if both else clauses,
        readings=rules.readings,
        new_until=last,
        both=both,
        warnings=(WITHOUT_FULL_TIMETABLE,),
    )
