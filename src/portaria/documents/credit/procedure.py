"""The commission, re-entry, fees, what happens meanwhile, and an appeal."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.credit.telling import Told, final
from portaria.documents.credit.words import APPEALS, FAULTS

SOUND = declare("credit-commission-sound", "The commission is made as the regulation says.")
FAULT = declare("credit-commission-fault", "The commission is not valid: {faults}.")
MAY = declare("credit-commission-may", "Enough members are present: it may deliberate.")
MAY_NOT = declare(
    "credit-commission-may-not", "Too few members are present: it may not deliberate."
)
LEAD = declare(
    "credit-commission-lead",
    "It is led by the member with the most experience of credit ({experience}) or by the longest "
    "in the highest category ({seniority}); the text does not say which of the two.",
)
LEAD_ONE = declare("credit-commission-lead-one", "It is led by {member}, by either rule.")
LEFT = declare(
    "credit-left",
    "Re-entry: {total} − {earlier} = {limit} ECTS at most left to do.",
)
LEFT_MORE = declare(
    "credit-left-more",
    "With reasons, for the level or contents of some units: {exceptional} ECTS at most.",
)
FEES = declare("credit-fees", "Fees due, not returned: {due} €.")
FEE_APPEAL = declare("credit-fees-appeal", "Fee of the appeal: {amount} €.")
FEE_BACK = declare("credit-fees-back", "Returned of it: {amount} €.")
FEE_HUMAN = declare(
    "credit-fees-human", "An appeal won in part: a person decides what of its fee is returned."
)
ATTEND = declare(
    "credit-meanwhile-attend",
    "Until the result is notified, every unit may be attended, on condition.",
)
ATTEND_NOT = declare(
    "credit-meanwhile-attend-not",
    "Asked for too late: the text does not let the units be attended meanwhile.",
)
ANNULLED = declare(
    "credit-meanwhile-annulled",
    "Assessments made meanwhile in credited units are annulled, whatever the grade: {units}.",
)
ANNULLED_IF = declare(
    "credit-meanwhile-annulled-if",
    "If these units are credited, their assessments made meanwhile are annulled: {units}.",
)
NO_IMPROVEMENT = declare(
    "credit-meanwhile-improvement", "No exam to improve the grade in credited units."
)


def procedure_lines(told: Told) -> Iterator[str]:
    """Everything of the procedure that this request has something of."""
    yield from commission_lines(told)
    yield from reentry_lines(told)
    yield from attendance_lines(told)
    yield from meanwhile_lines(told)
    yield from fee_lines(told)
    yield from appeal_lines(told)


def commission_lines(told: Told) -> Iterator[str]:
    """Whether the commission is sound, may deliberate, and who leads it."""
    sitting = told.assessment.sitting
    if sitting is None:
        return
    clause = told.rules.clause("commission-seats")
    if sitting.faults:
        faults = "; ".join(told.say(FAULTS[each]) for each in sitting.faults)
        yield told.say(FAULT, clause, faults=faults)
    else:
        yield told.say(SOUND, clause)
    if sitting.may_deliberate is not None:
        yield told.say(MAY if sitting.may_deliberate else MAY_NOT)
    lead = told.rules.clause("commission-lead")
    if sitting.by_experience == sitting.by_seniority and len(sitting.by_experience) == 1:
        yield told.say(LEAD_ONE, lead, member=sitting.by_experience[0])
    elif sitting.by_experience:
        ways = {"experience": sitting.by_experience, "seniority": sitting.by_seniority}
        yield told.say(LEAD, lead, **{way: ", ".join(ids) for way, ids in ways.items()})


def reentry_lines(told: Told) -> Iterator[str]:
    """Credits left to do after re-entry."""
    left, request = told.assessment.left, told.request
    if left is None or request.reentry is None:
        return
    numbers = {"total": request.degree.credits, "earlier": request.reentry.earlier}
    yield told.say(LEFT, told.rules.clause("reentry"), limit=left.limit, **numbers)
    clause = told.rules.clause("reentry-exception")
    yield told.say(LEFT_MORE, clause, exceptional=left.exceptional)


def attendance_lines(told: Told) -> Iterator[str]:
    """Whether units may be attended until the result is notified."""
    clause = told.rules.clause("attendance-meanwhile")
    if told.assessment.meanwhile.may_attend:
        yield told.say(ATTEND, clause)
    elif told.request.notified_on is None:
        yield told.say(ATTEND_NOT, clause)


def meanwhile_lines(told: Told) -> Iterator[str]:
    """Assessments annulled, and no improvement exams."""
    found, rules = told.assessment.meanwhile, told.rules
    if found.annulled:
        units = ", ".join(found.annulled)
        code = ANNULLED if final(told) else ANNULLED_IF
        yield told.say(code, rules.clause("assessment-annulled"), units=units)
    if found.no_improvement:
        yield told.say(NO_IMPROVEMENT, rules.clause("no-improvement"))


def fee_lines(told: Told) -> Iterator[str]:
    """What is due and what comes back, where the amounts are given."""
    paid, appeal = told.assessment.paid, told.request.appeal
    if paid is None:
        return
    yield told.say(FEES, told.rules.clause("fees"), due=paid.due)
    if appeal is None:
        return
    clause = told.rules.clause("appeal-fee")
    yield told.say(FEE_APPEAL, clause, amount=paid.appeal)
    if told.assessment.appeal.startswith("rejected"):
        return  # it has no result, whatever the file says
    if paid.returned is None:
        yield told.say(FEE_HUMAN, clause)
    elif appeal.result is not None:
        yield told.say(FEE_BACK, clause, amount=paid.returned)


def appeal_lines(told: Told) -> Iterator[str]:
    """What becomes of an appeal."""
    if told.assessment.appeal:
        yield told.say(APPEALS[told.assessment.appeal], told.rules.clause("appeal"))
