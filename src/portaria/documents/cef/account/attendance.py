"""Articles 11 and 12 in words: each subject, the recovery measures, the exclusions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.core.messages import declare
from portaria.documents.cef.account.telling import Telling
from portaria.documents.cef.attendance_list import share_shown
from portaria.regulations.cef.attendance import COUNCIL, DUE, NOT_OWED
from portaria.regulations.cef.explain import SubjectTold
from portaria.regulations.cef.recoveries import DONE

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
NONE_LEFT = declare(
    "cef-told-none-left", "With one more lesson missed, attendance falls below 90 %."
)
RECOVERED = declare(
    "cef-told-minutes-recovered", "{recovered} minutes recovered count as attended."
)
OUT = declare("cef-told-excluded-here", "Excluded by the class council.")
UNJUSTIFIED = declare(
    "cef-told-unjustified",
    "Unjustified: {unjustified} minutes; the limit is {limit}, a tenth of {base}.",
)
ORDINARY = declare(
    "cef-told-ordinary",
    "Unjustified: {unjustified} minutes, {ordinary} of them neither sent out nor suspended; the "
    "limit is {limit}, a tenth of {base}.",
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
        "Passed on {day}; the one recovery of the year is for {first}: the class council decides.",
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
RESULTS = {
    "satisfaz": declare("cef-told-result-good", "Result: Satisfaz."),
    "nao_satisfaz": declare("cef-told-result-bad", "Result: Não satisfaz."),
    "not_done": declare("cef-told-result-none", "The activities were not done."),
}
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
EXCLUSION = declare("cef-told-exclusion", "Excluded from {part} by a decision of {day}.")
RETAINED = declare("cef-told-retained", "Retained in year {year}.")
ATTENDS = declare("cef-told-attends", "Still to attend until {until}.")
GONE = declare("cef-told-gone", "Already on another path since {until}.")
NOT_OPEN = declare(
    "cef-told-not-open", "The regulation does not open this exclusion; it lacks: {lacks}."
)
BY_JANUARY = declare(
    "cef-lacks-january", "the student went to another path by 31 January, not after it"
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
    if each.recovered:
        yield telling.say(RECOVERED, recovered=each.recovered)
    if each.excluded:
        yield telling.say(OUT)
    elif each.attendance_lessons_left is not None and not telling.told.lessons_over:
        left = each.attendance_lessons_left
        yield telling.say(LEFT if left else NONE_LEFT, count=left)
    if each.unjustified:
        limit = Fraction(each.base, 10)
        numbers = {"unjustified": each.unjustified, "limit": limit, "base": each.base}
        mixed = each.ordinary != each.unjustified
        yield telling.say(ORDINARY if mixed else UNJUSTIFIED, ordinary=each.ordinary, **numbers)
    if each.recovery in STATES and each.result != DONE:
        yield _recovery(telling, each)


def _recovery(telling: Telling, each: SubjectTold) -> str:
    """What the limit passed makes due; what is open of a measure stands with the measure."""
    code = STATES[each.recovery]
    if each.recovery == DUE and not (each.inform_by and each.define_by):
        code = DUE_RECORDED
    days = {"day": each.passed_on, "inform_by": each.inform_by, "define_by": each.define_by}
    first = ", ".join(each.first)
    return telling.say(code, each.recovery_clause, count=each.recovery_lessons, first=first, **days)


def measure_lines(telling: Telling) -> Iterator[str]:
    """12/7-18: each measure recorded, and what follows from it."""
    for row in telling.told.recoveries:
        days = {"day": row["recorded_on"], "tell_by": row["tell_by"], "define_by": row["define_by"]}
        lines = [telling.say(MEASURE, subject=row["subject"], **days)]
        if row["late"]:
            lines.append(telling.say(LATE))
        if row["result"] is not None:
            lines.append(telling.say(RESULTS[row["result"]]))
        for code, clause in zip(row["follows"], row["clauses"], strict=False):
            lines.append(telling.say(FOLLOWS[code], clause))
        yield " ".join(lines)


def exclusion_lines(telling: Telling) -> Iterator[str]:
    """12/19-21: each decision of the class council."""
    told = telling.told
    for row in told.exclusions:
        part, day = telling.part(row["excluded_from"]), row["decided_on"]
        lines = [
            telling.say(EXCLUSION, row["clause"], part=part, day=day),
            telling.say(RETAINED, told.retained_clause, year=row["retained_year"]),
            telling.say(
                GONE if row["attend_until"] < day else ATTENDS,
                told.attends_clause,
                until=row["attend_until"],
            ),
        ]
        if not row["open"]:
            redirected = row["other_path"] == "redirected"
            lacks = {**LACKING, **({"other-path-possible": BY_JANUARY} if redirected else {})}
            words = ", ".join(telling.say(lacks[code]) for code in row["lacks"])
            lines.append(telling.say(NOT_OPEN, lacks=words))
        yield " ".join(lines)
