"""The arithmetic of one item: its credits, its grade, and the chain of what it came from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.core.messages import declare
from portaria.documents.credit.numbers import sum_of
from portaria.documents.credit.reading_words import CHOICES
from portaria.documents.credit.reason_words import REASONS
from portaria.documents.credit.telling import Told
from portaria.documents.credit.words import PERIODS
from portaria.regulations.credit.assess import Decision
from portaria.regulations.credit.comparability import letter_of
from portaria.regulations.credit.grade_scale import LETTERS, PASS, number_in
from portaria.regulations.credit.request import Agreement, Grade, Item, Period
from portaria.regulations.credit.workload import of_periods

AS_GIVEN = declare("credit-sum-as-given", "{credits} ECTS, as the source has them.")
HOURS = declare("credit-sum-hours", "{hours} h / {per} = {credits} ECTS.")
HOURS_STEP = declare("credit-sum-hours-step", "{hours} h / {per} = {exact}, {how}: {credits} ECTS.")
PERIOD = declare("credit-sum-period", "Complete {kind}: {credits}.")
PERIOD_PART = declare(
    "credit-sum-period-part",
    "Incomplete {kind}: {whole} × {done} h / {planned} h = {credits}.",
)
TOGETHER = declare("credit-sum-together", "Together: {credits} ECTS.")
TOGETHER_STEP = declare("credit-sum-together-step", "Together {exact}, {how}: {credits} ECTS.")
AGREED = declare(
    "credit-sum-agreed",
    "Learning agreement: {host} there for {home} here, all passed: {credits} ECTS.",
)
AGREED_PART = declare(
    "credit-sum-agreed-part",
    "Learning agreement: {host} there for {home} here; of them passed: {passed}.",
)
NONE_PASSED = declare("credit-sum-none-passed", "no unit")

KEPT = declare("credit-grade-kept", "Grade {grade}, kept.")
DOUBLED = declare("credit-grade-doubled", "Grade: {value} × 2 = {exact}, rounded: {grade}.")
DOUBLED_WHOLE = declare("credit-grade-doubled-whole", "Grade: {value} × 2 = {grade}.")
PROPORTIONAL = declare(
    "credit-grade-proportional",
    "Grade: 10 + ({value} − {least}) / ({best} − {least}) × 10 = {exact}, rounded: {grade}.",
)
PROPORTIONAL_WHOLE = declare(
    "credit-grade-proportional-whole",
    "Grade: 10 + ({value} − {least}) / ({best} − {least}) × 10 = {grade}.",
)
CLASS = declare(
    "credit-grade-class",
    "Grade: {value} lies in class {letter} there, {low} to {high}, which is {worst} to {top} here: "
    "{worst} + ({value} − {low}) / ({high} − {low}) × ({top} − {worst}) = {exact}, rounded: "
    "{grade}.",
)
CLASS_WHOLE = declare(
    "credit-grade-class-whole",
    "Grade: {value} lies in class {letter} there, {low} to {high}, which is {worst} to {top} here: "
    "{worst} + ({value} − {low}) / ({high} − {low}) × ({top} − {worst}) = {grade}.",
)
CLASS_POINT_WHOLE = declare(
    "credit-grade-class-point-whole",
    "Grade: class {letter} is {worst} to {top} here; {how} is {grade}.",
)
CLASS_POINT = declare(
    "credit-grade-class-point",
    "Grade: class {letter} is {worst} to {top} here; {how} is {exact}, rounded: {grade}.",
)
FAILED = declare("credit-grade-fails", "Grade {value}; it takes at least {least} to pass.")
FAILED_BEST_LOW = declare(
    "credit-grade-fails-inverted", "Grade {value}; it takes {least} or less to pass."
)
GRADE_DECIDED = declare("credit-grade-decided", "Grade {grade}, as decided.")
DECIDED_BY = declare("credit-item-decided-by", "Decided by {by}.")
DECIDED_BY_ON = declare("credit-item-decided-by-on", "Decided by {by} on {on}.")
WORD = declare("credit-grade-word", "Grade “{value}”.")
NO_GRADE = declare("credit-grade-no-grade", "No grade, and outside the average.")
NO_GRADE_WORD = declare(
    "credit-grade-no-grade-word", "Passed with “{value}”: no grade, and outside the average."
)
NO_GRADE_PRINTED = declare(
    "credit-grade-no-grade-printed", "No grade, by the printed words of {clause}."
)

CHAIN = declare("credit-chain", "Credited from: {chain}.")
CHAIN_END = declare(
    "credit-chain-end", "What pays is the original, {item}, under the limit of {origin}."
)


def credit_sums(told: Told, decision: Decision) -> Iterator[str]:
    """How the credits that an item asks for were found, before any limit."""
    item, work = decision.facts.item, decision.facts.work
    if work.basis == "agreement" and item.agreement is not None:
        yield _agreed(told, item.agreement, work.credits)
    elif work.basis == "hours":
        per = told.rules.number("hours_of_a_credit")
        numbers: dict[str, object] = {"hours": item.hours, "per": per, "credits": work.credits}
        if work.exact == work.credits:
            yield told.say(HOURS, told.rules.clause("hours-to-credits"), **numbers)
        else:
            numbers |= {"exact": work.exact, "how": _step(told)}
            yield told.say(HOURS_STEP, told.rules.clause("hours-to-credits"), **numbers)
    elif work.basis == "periods":
        yield from _periods(told, item, work.credits, work.exact)
    else:
        yield told.say(AS_GIVEN, credits=work.credits)


def _agreed(told: Told, agreement: Agreement, credits: Fraction | None) -> str:
    host = sum_of((unit.credits for unit in agreement.host), told.lang)
    home = sum_of(agreement.home, told.lang)
    clause = told.rules.clause("learning-agreement")
    if credits is not None:
        return told.say(AGREED, clause, host=host, home=home, credits=credits)
    passed = sum_of((unit.credits for unit in agreement.host if unit.passed), told.lang)
    passed = passed or told.say(NONE_PASSED)
    return told.say(AGREED_PART, clause, host=host, home=home, passed=passed)


def _periods(told: Told, item: Item, credits: Fraction | None, exact: Fraction) -> Iterator[str]:
    for period in item.periods:
        yield _period(told, period)
    if credits is not None and credits != exact:
        yield told.say(TOGETHER_STEP, exact=exact, how=_step(told), credits=credits)
    elif len(item.periods) > 1:
        yield told.say(TOGETHER, credits=exact)


def _period(told: Told, period: Period) -> str:
    kind = told.say(PERIODS[period.kind])
    credits = of_periods((period,), told.rules).exact
    done = sum((s.hours for s in period.subjects if s.passed), Fraction(0))
    planned = sum((s.hours for s in period.subjects), Fraction(0))
    if period.complete or done == planned:
        return told.say(PERIOD, told.rules.clause("periods-complete"), kind=kind, credits=credits)
    whole = told.rules.number(f"credits_of_a_{period.kind}")
    numbers = {"whole": whole, "done": done, "planned": planned, "credits": credits}
    return told.say(PERIOD_PART, told.rules.clause("periods-incomplete"), kind=kind, **numbers)


def _step(told: Told) -> str:
    return told.say(CHOICES["credit_step", told.rules.readings["credit_step"]])


def grade_sum(told: Told, decision: Decision) -> str:
    """How the grade was found, or that there is none; nothing where no grade is given."""
    facts = decision.facts
    given, grade = facts.grade, facts.item.grade
    if facts.origin == "experience":
        return told.say(NO_GRADE, told.rules.clause("experience-no-grade"))
    if given.method == "decided":
        return told.say(GRADE_DECIDED, told.rules.clause("opinion-and-decision"), grade=given.grade)
    if grade is None:
        return ""
    if given.refuses:
        return _failed(told, grade)
    if given.reason:
        word = told.say(WORD, value=_value(told, grade))
        if given.reason == decision.reason:
            return word
        return f"{word} {told.say(REASONS[given.reason])}"
    if given.method == "none":
        if number_in(grade) is None:
            value = grade.value
            return told.say(NO_GRADE_WORD, told.rules.clause("grade-kept"), value=value)
        return told.say(NO_GRADE_PRINTED, clause=told.clause("grades-by-article"))
    if given.method == "kept":
        return told.say(KEPT, told.rules.clause("grade-kept"), grade=given.grade)
    if given.method == "classes":
        return _by_classes(told, decision, grade)
    numbers = {"exact": given.exact, "grade": given.grade, "value": number_in(grade)}
    whole = given.exact == given.grade
    if given.method == "doubled":
        clause = told.rules.clause("grade-doubled")
        return told.say(DOUBLED_WHOLE if whole else DOUBLED, clause, **numbers)
    numbers |= {"least": grade.min_pass, "best": grade.max}
    clause = told.rules.clause("grade-proportional")
    return told.say(PROPORTIONAL_WHOLE if whole else PROPORTIONAL, clause, **numbers)


def decided_line(told: Told, decision: Decision) -> Iterator[str]:
    """Who decided an item, when and why, where it was decided."""
    decided = decision.facts.item.decided
    if decided is None:
        return
    code = DECIDED_BY if decided.on is None else DECIDED_BY_ON
    said = told.say(code, by=decided.by, on=decided.on)
    yield f"{said} {decided.reasons}" if decided.reasons else said


def _failed(told: Told, grade: Grade) -> str:
    value = number_in(grade)
    if value is None:
        return told.say(WORD, value=grade.value)
    least = Fraction(PASS) if grade.scale == "pt" else grade.min_pass
    inverted = grade.max is not None and least is not None and grade.max < least
    return told.say(FAILED_BEST_LOW if inverted else FAILED, value=value, least=least)


def _by_classes(told: Told, decision: Decision, grade: Grade) -> str:
    given, value = decision.facts.grade, number_in(grade)
    host, home = grade.host_classes, grade.home_classes
    assert host is not None
    assert home is not None
    letter = (
        next(each for each in LETTERS if each == grade.value)
        if value is None
        else letter_of(value, host)
    )
    assert letter is not None
    worst, top = home[letter]
    whole = given.exact == given.grade
    found: dict[str, object] = {"letter": letter, "worst": worst, "top": top, "exact": given.exact}
    found |= {"grade": given.grade}
    clause = told.rules.clause("grade-by-classes")
    if value is None or host[letter][0] == host[letter][1]:
        how = told.say(CHOICES["class_point", told.rules.readings["class_point"]])
        return told.say(CLASS_POINT_WHOLE if whole else CLASS_POINT, clause, how=how, **found)
    low, high = host[letter]
    return told.say(
        CLASS_WHOLE if whole else CLASS, clause, value=value, low=low, high=high, **found
    )


def _value(told: Told, grade: Grade) -> str:
    value = number_in(grade)
    return grade.value if value is None else told.number(value)


def chain(told: Told, decision: Decision) -> Iterator[str]:
    """From the unit offered to the original that pays for it; nothing where it is one itself."""
    at = decision.facts.item
    if at.root is None:
        return
    names = [told.offered(at.id)]
    while at.root is not None:
        at = told.items[at.root]
        names.append(told.offered(at.id))
    yield told.say(CHAIN, chain=" ← ".join(names))
    origin = told.origin(decision.facts.origin)
    yield told.say(CHAIN_END, told.rules.clause("original-source"), item=names[-1], origin=origin)
