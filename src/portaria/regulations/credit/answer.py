"""The answer as the contract's JSON has it: its keys first, then what it has no place for.

Numbers are exact text, days ISO; what is None is null.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from portaria.core.deadline import Deadline
from portaria.core.numbers import written
from portaria.regulations.credit.assess import Assessment, Decision, Held, OriginCap
from portaria.regulations.credit.council import Choice
from portaria.regulations.credit.deadlines import missed
from portaria.regulations.credit.literal import printed
from portaria.regulations.credit.request import Item

Row = dict[str, Any]


def answer(assessment: Assessment) -> Row:
    """The whole answer to a request."""
    contract: Row = {
        "outcome": assessment.outcome,
        "items": [_item(each) for each in assessment.items],
        "caps": [_cap(each) for each in assessment.caps],
        "combined": _held(assessment.combined),
        "deadlines": _deadlines(assessment),
        "warnings": [
            {"code": w.code, "item": w.item, "clause": w.clause, "details": list(w.details)}
            for w in assessment.warnings
        ],
    }
    return contract | _more(assessment)


def _item(decision: Decision) -> Row:
    facts, grade = decision.facts, decision.grade
    return {
        "id": facts.item.id,
        "outcome": decision.outcome,
        "credits": number(decision.credits),
        "grade": grade.grade,
        "exact_grade": number(grade.exact),
        "counts_in_average": grade.grade is not None,
        "clause": decision.clause,
        "reason": decision.reason,
        "origin": facts.origin,
        "paid_by": facts.paid_by,
        "target": facts.item.target,
        "asked": number(facts.work.credits),
        "asked_exact": number(facts.work.exact),
        "asked_from": facts.work.basis,
        "grade_method": grade.method,
        "missing_documents": list(facts.missing),
        "late": facts.late,
        "decided_by": decision.decided_by,
        "decided": _decided(facts.item),
    }


def _decided(item: Item) -> Row | None:
    """What people decided, as it was given."""
    decided = item.decided
    if decided is None:
        return None
    on = None if decided.on is None else str(decided.on)
    return {"outcome": decided.outcome, "by": decided.by, "on": on, "reasons": decided.reasons}


def _cap(cap: OriginCap) -> Row:
    return {
        "origin": cap.origin,
        "limit": number(cap.cap.limit),
        "asked": written(cap.asked),
        "granted": written(cap.granted),
        "clause": cap.clause,
        "spent": written(cap.spent),
        **_choice(cap.choice),
    }


def _held(held: Held) -> Row:
    return {
        "limit": written(held.limit),
        "asked": written(held.asked),
        "excess": written(held.excess),
        **_choice(held.choice),
        "spent": written(held.spent),
        "clause": held.clause,
    }


def _choice(choice: Choice | None) -> Row:
    """`options`: the first ways of keeping the most; `options_count`: how many there are."""
    if choice is None:
        return {"options": [], "options_count": 0}
    kept = number(choice.kept)
    options = [{"cut": list(cut), "kept": kept} for cut in choice.cuts]
    return {"options": options, "options_count": choice.count}


def _deadlines(assessment: Assessment) -> Row:
    due, request = assessment.deadlines, assessment.request
    names = ("request_by", "forward_by", "certified_by", "experience_by")
    days: dict[str, Deadline | None] = {name: getattr(due, name) for name in names}
    late = {
        "forward_by": request.forwarded_on,
        "certified_by": request.returned_certified_on,
        "experience_by": request.returned_experience_on,
    }
    apart = zip(("certified_by", "experience_by"), assessment.late_results, strict=True)
    two_clocks = {name: str(each.last_day) for name, each in apart if each is not None}
    return {
        **{name: None if each is None else str(each.last_day) for name, each in days.items()},
        "appeal_days": assessment.rules.number("appeal_days"),
        "appeal_by": None if due.appeal_by is None else str(due.appeal_by.last_day),
        "missed": [name for name, done in late.items() if missed(days[name], done)],
        "other_municipal_reading": {
            name: str(each.alternative_last_day)
            for name, each in (days | {"appeal_by": due.appeal_by}).items()
            if each is not None and each.alternative_last_day is not None
        },
        **({"late_items": two_clocks} if two_clocks else {}),
    }


def _more(assessment: Assessment) -> Row:
    """What the contract does not name: parts that a request may leave out are left out here."""
    rules, while_ = assessment.rules, assessment.meanwhile
    found: Row = {
        "edition": rules.edition.name,
        "readings": dict(rules.readings),
        "corrections": [
            {
                "where": each.correction.where,
                "says": each.correction.says,
                "means": each.correction.means,
                "source": each.correction.source,
                "literal": [{"where": d.where, "value": d.value} for d in each.differences],
            }
            for each in printed(assessment)
        ],
        "average_of_credited": number(assessment.average),
        "meanwhile": {
            "may_attend": while_.may_attend,
            "annulled": list(while_.annulled),
            "no_improvement": list(while_.no_improvement),
        },
    }
    if assessment.second is not None:
        found["second_cap"] = _held(assessment.second)
    if (left := assessment.left) is not None:
        found["reentry"] = {
            "limit": written(left.limit),
            "exceptional": written(left.exceptional),
            "in_halves": [written(half) for half in left.in_halves],
        }
    if (sitting := assessment.sitting) is not None:
        found["commission"] = {
            "faults": list(sitting.faults),
            "may_deliberate": sitting.may_deliberate,
            "by_experience": list(sitting.by_experience),
            "by_seniority": list(sitting.by_seniority),
        }
    if (paid := assessment.paid) is not None:
        found["fees"] = {
            "due": written(paid.due),
            "appeal": written(paid.appeal),
            "returned": number(paid.returned),
        }
    if assessment.appeal:
        found["appeal"] = assessment.appeal
    return found


def number(value: Fraction | None) -> str | None:
    """Exact text, or null."""
    return None if value is None else written(value)
