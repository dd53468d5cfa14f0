"""A whole request: what the rules fix, and what they leave to people.

`granted` means that nothing in the rules stands against the item: level, area and correspondence
(3/6-7) are always for people to judge. In a request that is not complete, or late, it says what
may be granted once it is complete, or authorised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from portaria.core.deadline import Deadline
from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit import (
    commission,
    council,
    experience,
    fees,
    meanwhile,
    reentry,
    workload,
)
from portaria.regulations.credit.caps import ORIGIN_RULES, Cap, Sum, caps, recognition, sums
from portaria.regulations.credit.council import Ask, Choice
from portaria.regulations.credit.cuts import Cuts, cut
from portaria.regulations.credit.deadlines import (
    Deadlines,
    deadlines,
    is_late,
    late_results,
    request_by,
)
from portaria.regulations.credit.documents_needed import missing
from portaria.regulations.credit.grades import Given, grade_of
from portaria.regulations.credit.reasons import FINAL, GRADE_HUMAN, REASONS, REFUSED
from portaria.regulations.credit.request import ORIGINS, Item, Origin, Request
from portaria.regulations.credit.sources import credited_source, not_certified, originals
from portaria.regulations.credit.warnings import Warned, warnings_of
from portaria.regulations.credit.workload import Workload

ZERO = Fraction(0)


@dataclass(frozen=True)
class Facts:
    """What stands about one item before any cap. `origin`: of the original that pays;
    `reason`: why the item does not stand, or nothing."""

    item: Item
    origin: Origin
    paid_by: str
    work: Workload
    grade: Given
    late: bool
    missing: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Decision:
    """An item with its outcome: granted, reduced, refused or human. `credits` None where a person
    decides them; `rule` and `clause` stand behind `reason`."""

    facts: Facts
    outcome: str
    credits: Fraction | None
    grade: Given
    reason: str
    rule: str
    clause: str
    decided_by: str


@dataclass(frozen=True)
class Held:
    """A sum against its cap. `asked`: what stands under it, each origin up to its own cap;
    `excess`: the least that must go; `choice`: what the council chooses."""

    limit: Fraction
    spent: Fraction
    asked: Fraction
    excess: Fraction
    rule: str
    clause: str
    choice: Choice | None


@dataclass(frozen=True)
class OriginCap:
    """The cap of one origin. `asked` with what was refused for other reasons; `granted`: what the
    rules fix now; both without earlier requests, which are `spent`."""

    origin: Origin
    cap: Cap
    clause: str
    spent: Fraction
    asked: Fraction
    granted: Fraction
    choice: Choice | None


@dataclass(frozen=True)
class Assessment:
    """The answer to a request, with everything it rests on."""

    request: Request
    rules: RuleSet
    outcome: str
    items: tuple[Decision, ...]
    caps: tuple[OriginCap, ...]
    combined: Held
    second: Held | None
    deadlines: Deadlines
    late_results: tuple[Deadline | None, Deadline | None]
    average: Fraction | None
    warnings: tuple[Warned, ...]
    left: reentry.CreditsLeft | None
    sitting: commission.Sitting | None
    paid: fees.Paid | None
    meanwhile: meanwhile.Meanwhile
    appeal: str


def assess(request: Request, edition: Edition, readings: Mapping[str, str]) -> Assessment:
    """`readings`: every reading with its choice (`Edition.choose`)."""
    rules = RuleSet(edition, readings)
    facts = _facts(request, rules)
    held = sums(request, rules)
    asks = [
        Ask(each.item.id, each.origin, each.work.credits)
        for each in facts
        if not each.reason and each.work.credits is not None
    ]
    targets = {item.id: item.target for item in request.items}
    cuts = cut(asks, targets, held, rules)
    limits = caps(request, rules)
    items = tuple(_decision(each, cuts, limits, request, rules) for each in facts)
    late = [each.late for each in facts]
    kinds = {each.origin == "experience" for each in facts}
    due = deadlines(request, late, len(kinds) == 2, rules)
    appealed = meanwhile.appeal(request, due.appeal_by)
    apart = late_results(request, late, len(kinds) == 2, rules)
    second = _held("second_cap", cuts, held, "second-cap", rules)
    return Assessment(
        request=request,
        rules=rules,
        outcome=_outcome(facts, request),
        items=items,
        caps=tuple(_origin_cap(o, limits[o], items, cuts, request, rules) for o in ORIGINS),
        combined=_combined(cuts, held, rules),
        second=second,
        deadlines=due,
        late_results=apart,
        average=experience.average(
            experience.Passed(each.credits, each.grade.grade)
            for each in items
            if each.credits is not None
        ),
        warnings=tuple(warnings_of(request, items, cuts, rules)),
        left=None if request.reentry is None else reentry.credits_left(
            request.degree.credits, request.reentry.earlier, rules
        ),
        sitting=None if request.commission is None else commission.sitting(
            request.commission, rules
        ),
        paid=fees.fees(request, appealed, rules),
        meanwhile=meanwhile.meanwhile(request, not all(late), _credited(items), rules),
        appeal=appealed,
    )  # fmt: skip


def _facts(request: Request, rules: RuleSet) -> list[Facts]:
    """Each item by itself."""
    paid_by = originals(request.items)
    last = request_by(request, rules)
    found = []
    for item in request.items:
        origin = paid_by[item.id].origin
        work = workload.credits_of(item, rules)
        given = grade_of(item, origin, rules)
        late = is_late(item, request, last, rules)
        waits = late and request.late_authorised_on is None
        work, given = _settled(item, work, given)
        reason = (
            _people(item)
            or recognition(item, origin, rules)[0]
            or ("not-certified" if not_certified(item, origin) else "")
            or credited_source(item, request.items, paid_by, rules)
            or ("late-not-authorised" if waits else "")
            or _no_credits(work)
            or (given.reason if given.refuses else "")
            or _not_assessed(item, origin)
        )
        lacks = () if reason in FINAL else missing(item, origin, rules)
        end = paid_by[item.id].id
        found.append(Facts(item, origin, end, work, given, late, lacks, reason))
    return found


@rule("units-beyond-request", "opinion-and-decision")
def _people(item: Item) -> str:
    """15/5: a unit that the student did not ask for is credited if the student takes it; 14/1:
    what the council refuses is refused."""
    answers = {"proposed": "student-asked", "refused": "student-refused"}
    refused = item.decided is not None and item.decided.outcome == "refused"
    return answers.get(item.beyond_request or "", "council-refused" if refused else "")


def _settled(item: Item, work: Workload, given: Given) -> tuple[Workload, Given]:
    """The credits and the grade that people decided, where the rules leave them to people."""
    decided = item.decided
    if decided is None or decided.outcome == "refused":
        return work, given
    if work.credits is None and decided.credits is not None:
        work = replace(work, credits=decided.credits)
    if given.reason in GRADE_HUMAN and decided.grade is not None:
        given = Given(decided.grade, Fraction(decided.grade), "decided", "", given.warnings)
    return work, given


def _not_assessed(item: Item, origin: Origin) -> str:
    """12/4: whether a missing record matters is for people to say."""
    reason = experience.not_assessed(item) if origin == "experience" else ""
    settled = item.decided is not None and item.decided.outcome == "granted"
    return "" if settled and reason == "written-record-missing" else reason


def _no_credits(work: Workload) -> str:
    if work.credits is None:
        return "agreement-part" if "agreement-part" in work.flags else "contact-hours-only"
    return "" if work.credits else "too-few-hours"


@rule("level-and-area")
def _decision(
    facts: Facts,
    cuts: Cuts,
    limits: Mapping[Origin, Cap],
    request: Request,
    rules: RuleSet,
) -> Decision:
    """What the rules fix of an item. That it is of the level and the area of its target, and
    corresponds to it, no rule computes (3/6-7, 4/6, 8, 9): people do, with the evidence."""
    item, cap = facts.item, limits[facts.origin]
    reason = facts.reason or cuts.reasons.get(item.id, "")
    credits = cuts.fixed.get(item.id)
    grade = facts.grade if credits is not None else Given()
    if credits is not None:
        outcome = "human" if grade.reason else "reduced" if reason else "granted"
        reason = grade.reason or reason or "granted"
    elif reason in REFUSED or reason == "over-cap":
        outcome, credits = "refused", ZERO
    else:
        outcome = "human"
    by = {"granted": ORIGIN_RULES[facts.origin], "over-cap": cap.rule, "cap-choice": cap.rule}
    if facts.grade.rule and reason == facts.grade.reason:
        by[reason] = facts.grade.rule
    why = by[reason] if reason in by else REASONS[reason].rule
    who = "director" if reason == "late-not-authorised" else ""
    who = who or commission.decided_by(item, request, rules)
    return Decision(facts, outcome, credits, grade, reason, why, rules.clause(why), who)


def _outcome(facts: list[Facts], request: Request) -> str:
    """A request is late while one of its items is, unless the director authorised it (16/3)."""
    if any(each.late for each in facts) and request.late_authorised_on is None:
        return "late"
    return "incomplete" if any(each.missing for each in facts) else "complete"


def _origin_cap(
    origin: Origin,
    cap: Cap,
    items: tuple[Decision, ...],
    cuts: Cuts,
    request: Request,
    rules: RuleSet,
) -> OriginCap:
    own = [each for each in items if each.facts.origin == origin]
    return OriginCap(
        origin,
        cap,
        rules.clause(cap.rule),
        request.granted_before.get(origin, ZERO),
        sum((each.facts.work.credits or ZERO for each in own), ZERO),
        sum((each.credits or ZERO for each in own), ZERO),
        cuts.choice(origin),
    )


def _combined(cuts: Cuts, held: list[Sum], rules: RuleSet) -> Held:
    found = _held("combined", cuts, held, "cap-combined", rules)
    assert found is not None
    return found


def _held(name: str, cuts: Cuts, held: list[Sum], why: str, rules: RuleSet) -> Held | None:
    """None where the sum is not held under the readings in force."""
    own = next((each for each in held if each.name == name), None)
    if own is None:
        return None
    asked = council.capped(cuts.asks, held, [o for o in ORIGINS if o in own.origins])
    excess = max(ZERO, asked - own.room)
    return Held(own.limit, own.spent, asked, excess, why, rules.clause(why), cuts.choice(name))


def _credited(items: tuple[Decision, ...]) -> list[str]:
    """The units that stand as credited."""
    return [e.facts.item.target for e in items if e.credits and e.facts.item.target is not None]
