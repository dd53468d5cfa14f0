"""Articles 11 and 12 in words: each subject, the recovery measures, the exclusions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.core.messages import declare
from portaria.documents.cef.account.telling import Telling
from portaria.documents.cef.attendance_list import share_shown
from portaria.regulations.cef.attendance import COUNCIL, DUE, NOT_OWED
from portaria.regulations.cef.explain import SubjectTold

SUBJECT = declare(
    "cef-told-subject",
    "{subject}: missed {absent} of {planned} minutes; attendance {percent} %.",
)
BELOW = declare(
    "cef-told-below",
    "{subject}: missed {absent} of {planned} minutes; attendance {percent} %, below 90 %.",
)
LEFT = declare(
    "cef-told-left",
    "{count} more lesson may be missed before attendance falls below 90 %.",
    "{count} more lessons may be missed before attendance falls below 90 %.",
)
UNJUSTIFIED = declare(
    "cef-told-unjustified",
    "Unjustified: {unjustified} minutes; the limit is {limit}, a tenth of {base}.",
)
STATES = {
    DUE: declare(
        "cef-told-due",
        "Passed on {day}: {count} lesson of recovery is due, to be told by {inform_by} and "
        "defined by {define_by}.",
        "Passed on {day}: {count} lessons of recovery are due, to be told by {inform_by} and "
        "defined by {define_by}.",
    ),
    COUNCIL: declare(
        "cef-told-council",
        "Passed on {day}, and the one recovery of the year was another's: the class council "
        "decides.",
    ),
    NOT_OWED: declare(
        "cef-told-not-owed",
        "Passed on {day}, but only with being sent out or suspended: no recovery is owed.",
    ),
}
DUE_RECORDED = declare(
    "cef-told-due-recorded",
    "Passed on {day}: {count} lesson of recovery is due.",
    "Passed on {day}: {count} lessons of recovery are due.",
)
NO_ABSENCE = declare("cef-told-no-absence", "No absence in {subjects}.")
MEASURE = declare(
    "cef-told-measure",
    "{subject}: excess recorded on {day}, to be told by {tell_by}; activities to be defined by "
    "{define_by}.",
)
LATE = declare("cef-told-late", "The day to tell it has passed without it, or it was told later.")
FOLLOWS = {
    "redo": declare("cef-told-redo", "What is not all there and right is done again."),
    "excess_recovered": declare("cef-told-recovered", "The excess of absences is recovered."),
    "council_decides": declare("cef-told-council-decides", "The class council decides."),
    "propose_other_path": declare("cef-told-other-path", "Another path of study is proposed."),
    "report_to_child_protection": declare(
        "cef-told-child-protection", "The school reports it to the commission that protects minors."
    ),
}
EXCLUSION = declare(
    "cef-told-exclusion",
    "Excluded from {part} by a decision of {day}: retained in year {year}, and still to attend "
    "until {until}.",
)
NOT_OPEN = declare(
    "cef-told-not-open", "The regulation does not open this exclusion; it lacks: {lacks}."
)
LACKING = {
    "other-path-possible": declare("cef-lacks-path", "another path was possible"),
    "recovery-worked": declare("cef-lacks-recovery", "the recovery was done and helped"),
    "fault-of-school": declare("cef-lacks-fault", "the school did not do its part"),
}


def attendance_lines(telling: Telling) -> Iterator[str]:
    """Every subject with an absence; then those without one."""
    missed = [each for each in telling.told.subjects if each.absent]
    for each in missed:
        yield " ".join(_subject(telling, each))
    none = [each.subject for each in telling.told.subjects if not each.absent]
    if none:
        yield telling.say(NO_ABSENCE, subjects=", ".join(none))


def _subject(telling: Telling, each: SubjectTold) -> Iterator[str]:
    yield telling.say_once(
        SUBJECT if each.meets_90 else BELOW,
        each.attendance_clause,
        subject=each.subject,
        absent=each.absent,
        planned=each.planned,
        percent=share_shown(each.attendance),
    )
    if each.attendance_lessons_left is not None and telling.told.next_outcome:
        yield telling.say(LEFT, count=each.attendance_lessons_left)
    if each.unjustified:
        limit = Fraction(each.base, 10)
        numbers = {"unjustified": each.unjustified, "limit": limit, "base": each.base}
        yield telling.say(UNJUSTIFIED, **numbers)
    if each.recovery in STATES:
        days = {
            "day": each.owed_on if each.recovery == DUE else each.passed_on,
            "inform_by": each.inform_by,
            "define_by": each.define_by,
        }
        code = STATES[each.recovery]
        if each.recovery == DUE and not (each.inform_by and each.define_by):
            code = DUE_RECORDED  # what is open of it stands with the measure
        yield telling.say(code, each.recovery_clause, count=each.recovery_lessons, **days)


def measure_lines(telling: Telling) -> Iterator[str]:
    """12/7-18: each measure recorded, and what follows from it."""
    for row in telling.told.recoveries:
        days = {"day": row["recorded_on"], "tell_by": row["tell_by"], "define_by": row["define_by"]}
        lines = [telling.say(MEASURE, subject=row["subject"], **days)]
        if row["late"]:
            lines.append(telling.say(LATE))
        for code, clause in zip(row["follows"], row["clauses"], strict=False):
            lines.append(telling.say(FOLLOWS[code], clause))
        yield " ".join(lines)


def exclusion_lines(telling: Telling) -> Iterator[str]:
    """12/19-21: each decision of the class council."""
    for row in telling.told.exclusions:
        found = {
            "part": telling.part(row["excluded_from"]),
            "day": row["decided_on"],
            "year": row["retained_year"],
            "until": row["attend_until"],
        }
        lines = [telling.say(EXCLUSION, row["clause"], **found)]
        if not row["open"]:
            lacks = ", ".join(telling.say(LACKING[code]) for code in row["lacks"])
            lines.append(telling.say(NOT_OPEN, lacks=lacks))
        yield " ".join(lines)
