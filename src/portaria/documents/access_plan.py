"""What a plan says, in words: each programme's lines, and what must be said with all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from portaria.core.messages import Message, declare, render, show
from portaria.documents.access_letter import (
    TERM_EXAM,
    TERM_PREREQUISITE,
    TERM_SECONDARY,
    TERM_WITH_PE,
    TWO_CYCLES,
)
from portaria.documents.citation import cite
from portaria.regulations.access.explain.account import Arithmetic
from portaria.regulations.access.plan.account import (
    ABSENT,
    NOBODY,
    Choice,
    Missing,
    Plan,
    SetMissing,
    Way,
    YearStanding,
)

SETS_SHOWN, WAYS_SHOWN = 3, 2

GRADE = declare(
    "plan-grade", "Application grade with exam set {number}: ({terms}) / 100 = {grade}."
)
GRADE_ROUNDED = declare(
    "plan-grade-rounded",
    "Application grade with exam set {number}: ({terms}) / 100 = {total}, rounded to {grade}.",
)
AGAINST = declare("plan-against", "Against the last placed: {parts}.")
ABOVE_IN = declare("plan-above", "above in {n} of {count} year", "above in {n} of {count} years")
EQUAL_IN = declare("plan-equal", "equal in {n} of {count} year", "equal in {n} of {count} years")
BELOW_IN = declare("plan-below", "below in {n} of {count} year", "below in {n} of {count} years")
NOBODY_IN = declare(
    "plan-nobody",
    "nobody was placed in {n} of {count} year",
    "nobody was placed in {n} of {count} years",
)
NO_YEARS = declare("plan-no-years", "There is no published year to compare with.")
LEFT_OVER_IN = declare(
    "plan-left-over",
    "In {count} year seats were left over: no valid application was refused there then.",
    "In {count} years seats were left over: no valid application was refused there then.",
)
MISSING_EXAMS = declare("plan-missing-exams", "Missing: {sets}. Minimum in each exam: {minimum}.")
TAKE = declare("plan-take", "take {exam}")
MORE_POINTS = declare(
    "plan-more-points",
    "{count} more point in {exam} (has {grade})",
    "{count} more points in {exam} (has {grade})",
)
OR_SET = declare("plan-or-set", "or {set}")
OTHER_SETS = declare(
    "plan-other-sets", "or {count} other set as near", "or {count} other sets as near"
)
MISSING_PREREQUISITE = declare(
    "plan-missing-prerequisite", "Missing: the prerequisite of group {group}."
)
MISSING_RANKING = declare(
    "plan-missing-ranking",
    "Missing: the prerequisite {group}, whose grade counts (--prerequisite {group}=GRADE).",
)
MISSING_TENTHS = declare(
    "plan-missing-tenths",
    "Missing: {count} tenth to the minimum application grade, {minimum}.",
    "Missing: {count} tenths to the minimum application grade, {minimum}.",
)
TO_REACH = declare(
    "plan-to-reach", "To equal the last placed of {year} ({grade}), one exam was enough: {ways}."
)
TO_APPLY = declare(
    "plan-to-apply",
    "Seats were left over in {year}: one exam was enough to be able to apply: {ways}.",
)
NO_WAY = declare(
    "plan-no-way", "No exam alone was enough to equal the last placed of {year} ({grade})."
)
NO_WAY_TO_APPLY = declare(
    "plan-no-way-to-apply", "Seats were left over in {year}, but no exam alone is enough to apply."
)
WAY = declare("plan-way", "{grade} in {exam} (has {now})")
WAY_NOT_TAKEN = declare("plan-way-not-taken", "{grade} in {exam} (not taken)")
OR_WAY = declare("plan-or-way", "{first} or {second}")
EXAM = declare("plan-exam", "exam {exam}")
NOBODY_CELL = declare("plan-nobody-cell", "nobody")

LEGEND = declare(
    "plan-legend",
    "Under each year, points above (+) or below (−) the last placed of the general quota in the "
    "first phase. *: seats were left over; —: the programme did not exist.",
)
LEGEND_OTHERS = declare(
    "plan-legend-others",
    "Under each year, the grade of the last placed of the general quota in the first phase.",
)
NO_PROMISE = declare(
    "plan-no-promise",
    "Last grades change every year, with the seats, the exams and whoever applies: to be above "
    "those of former years is no promise of a seat. This is no decision, nor does it replace the "
    "official sources.",
)
OTHER_RULES = declare(
    "plan-other-rules",
    "The placed of those years had the exams and weights of their year, which may be others. "
    "Quotas and preferences are not considered, nor is the tie-break of equal grades.",
)
REQUIREMENTS = declare(
    "plan-requirements",
    "The exams, weights and minima are those of the lists of {year}, a weak source: nearly all "
    "weights are 50 and 50, and we divide the weight of the exams equally among them. The lists "
    "do not tell prerequisites nor minimum application grades (95 is assumed): confirm them with "
    "the institution.",
)
UNKNOWN_GROUP = declare(
    "plan-unknown-group",
    "Where the weights leave a part to a prerequisite, its group is not known: the code of the "
    "programme stands for it.",
)
SPORT = declare(
    "plan-sport",
    "Which programmes count physical education is derived from the name of the course.",
)
LEFT_OUT = declare(
    "plan-left-out",
    "Of the programmes of {year}, {count} is left out: the lists have no requirements for it.",
    "Of the programmes of {year}, {count} are left out: the lists have no requirements for them.",
)
FORMULA = declare("plan-formula", "Formula: {title}.")
SAME_EXAM = declare(
    "plan-same-exam",
    "Exam {by} also gives {exam}, being the same national exam: {grade} was added. To change it, "
    "give --exam {code}=GRADE.",
)
UNUSED = declare(
    "plan-unused-prerequisite", "No programme here asks for the prerequisite {group} by that name."
)


def name(choice: Choice) -> str:
    """Course and institution with the code."""
    names = ", ".join(filter(None, (choice.course, choice.institution)))
    return f"{names} ({choice.programme})" if names else choice.programme


def year_cell(year: YearStanding, lang: str) -> str:
    """The difference of who can apply, the last grade for who cannot; a star: seats left over."""
    if year.state == ABSENT:
        return "—"
    star = "*" if year.leftover else ""
    if year.state == NOBODY:
        return render(Message(NOBODY_CELL), lang) + star
    if year.difference is None:
        return show(year.last_grade, lang) + star
    sign = "+" if year.difference > 0 else "−" if year.difference else ""
    return sign + show(Decimal(abs(year.difference)).scaleb(-1), lang) + star


def account(choice: Choice, plan: Plan, lang: str) -> list[str]:
    """The lines of a programme, its name apart."""
    return list(_Account(choice, plan, lang).lines())


def notes(plan: Plan, lang: str) -> list[str]:
    """What must be said with every plan: what it rests on, and that it promises nothing."""
    return [render(message, lang) for message in _notes(plan)]


def legend(eligible: bool, lang: str) -> str:
    """What stands under each year."""
    return render(Message(LEGEND if eligible else LEGEND_OTHERS), lang)


def exam_name(code: str, plan: Plan) -> str:
    """Code and name of an entrance exam; the code alone where the name is not known."""
    return " ".join(filter(None, (code, plan.exam_names.get(code))))


def _notes(plan: Plan) -> Iterator[Message]:
    for added in plan.added:
        names = {"exam": exam_name(added.exam, plan), "by": exam_name(added.by, plan)}
        yield Message(SAME_EXAM, {**names, "grade": added.grade, "code": added.exam})
    yield Message(NO_PROMISE)
    yield Message(OTHER_RULES)
    if plan.requirements_year is not None:
        yield Message(REQUIREMENTS, {"year": str(plan.requirements_year)})
        if any(each.missing and each.missing.prerequisite for each in plan.programmes):
            yield Message(UNKNOWN_GROUP)
        if plan.grades.secondary_with_pe is not None:
            yield Message(SPORT)
        yield Message(LEFT_OUT, {"year": str(plan.years[-1]), "count": plan.left_out})
    yield Message(FORMULA, {"title": plan.edition_title})


class _Account:
    def __init__(self, choice: Choice, plan: Plan, lang: str) -> None:
        self.choice, self.plan, self.lang = choice, plan, lang

    def say(self, code: str, **params: object) -> str:
        return render(Message(code, params), self.lang)

    def exam(self, code: str) -> str:
        return self.say(EXAM, exam=exam_name(code, self.plan))

    def lines(self) -> Iterator[str]:
        choice = self.choice
        if choice.arithmetic:
            yield from self.grade(choice.arithmetic)
        if choice.standing:
            yield self.standing()
        if choice.missing:
            told = " ".join(self.missing(choice.missing)).removesuffix(".")
            yield f"{told} ({cite(choice.clause or '', self.lang)})."
        if choice.target:
            yield self.target()

    def grade(self, sums: Arithmetic) -> Iterator[str]:
        secondary = sums.secondary
        if secondary.kind == "two_cycles":
            cycles = {name: getattr(secondary, name) for name in ("value", "a", "b", "w_a", "w_b")}
            yield self.say(TWO_CYCLES, **cycles)
        code = TERM_WITH_PE if secondary.kind == "with_pe" else TERM_SECONDARY
        terms = [self.say(code, value=secondary.value, weight=sums.w_secondary)]
        for exam in sums.exams:
            called = exam_name(exam.exam, self.plan)
            terms.append(self.say(TERM_EXAM, exam=called, grade=exam.grade, weight=exam.weight))
        if sums.w_prerequisite:
            value, weight = sums.prerequisite, sums.w_prerequisite
            terms.append(self.say(TERM_PREREQUISITE, value=value, weight=weight))
        yield self.say(
            GRADE if sums.total == self.choice.grade else GRADE_ROUNDED,
            number=self.choice.exam_set,
            terms=" + ".join(terms),
            total=sums.total,
            grade=self.choice.grade,
        )

    def standing(self) -> str:
        told = self.choice.standing
        if told is None or not told.years:
            return self.say(NO_YEARS)
        counts = (
            (ABOVE_IN, told.above),
            (EQUAL_IN, told.equal),
            (BELOW_IN, told.below),
            (NOBODY_IN, told.nobody),
        )
        parts = ", ".join(self.say(code, n=n, count=told.years) for code, n in counts if n)
        sentence = self.say(AGAINST, parts=parts)
        if told.leftover:
            sentence += " " + self.say(LEFT_OVER_IN, count=told.leftover)
        return sentence

    def missing(self, lack: Missing) -> Iterator[str]:
        if lack.nearest:
            yield self.say(
                MISSING_EXAMS, sets=self.sets(lack.nearest), minimum=self.choice.min_exam
            )
        if lack.prerequisite:
            code = MISSING_RANKING if lack.prerequisite_ranks else MISSING_PREREQUISITE
            yield self.say(code, group=lack.prerequisite)
        if lack.tenths:
            yield self.say(MISSING_TENTHS, count=lack.tenths, minimum=self.choice.min_grade)

    def sets(self, nearest: Sequence[SetMissing]) -> str:
        first, *others = (self.one_set(each) for each in nearest[:SETS_SHOWN])
        told = [first, *(self.say(OR_SET, set=each) for each in others)]
        if len(nearest) > SETS_SHOWN:
            told.append(self.say(OTHER_SETS, count=len(nearest) - SETS_SHOWN))
        return "; ".join(told)

    def one_set(self, lack: SetMissing) -> str:
        told = [self.say(TAKE, exam=self.exam(code)) for code in lack.not_taken]
        for below in lack.below:
            exam = self.exam(below.exam)
            told.append(self.say(MORE_POINTS, count=below.points, exam=exam, grade=below.grade))
        return ", ".join(told)

    def target(self) -> str:
        target, ways = self.choice.target, self.choice.ways
        if target is None:
            raise ValueError(f"{self.choice.programme} has no target")
        params = {"year": str(target.year), "grade": target.last_grade}
        if not ways:
            return self.say(NO_WAY_TO_APPLY if target.last_grade is None else NO_WAY, **params)
        first, *others = (self.way(each) for each in ways[:WAYS_SHOWN])
        for other in others:
            first = self.say(OR_WAY, first=first, second=other)
        code = TO_APPLY if target.last_grade is None else TO_REACH
        return self.say(code, **params, ways=first)

    def way(self, way: Way) -> str:
        code = WAY_NOT_TAKEN if way.now is None else WAY
        return self.say(code, grade=way.grade, exam=self.exam(way.exam), now=way.now)
