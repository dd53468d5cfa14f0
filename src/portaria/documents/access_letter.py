"""The letter to a candidate: every option with its arithmetic, rank, last placed and clause.

It only tells what `explain` gives: nothing is decided or computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from portaria.core.messages import Message, declare, render, show
from portaria.documents.access_words import (
    KEY_PARTS,
    REASON_SENTENCES,
    RESULT_NAMES,
    WHY_NOT_HEARD,
    quota_name,
    readings_in_force,
)
from portaria.documents.citation import cite
from portaria.regulations.access.explain import (
    Arithmetic,
    ExamSet,
    Explanation,
    Hearing,
    LastPlaced,
    OptionExplained,
    SeatHeld,
    Terms,
)

TITLE = declare("letter-title", "Result of the application of {name}, candidate {candidate}")
CONTEST = declare("letter-contest", "{title}, phase {phase}")
RESULT = declare("letter-result", "Result: {result}.")
RESULT_KEPT = declare(
    "letter-result-kept", "Result: not placed in this phase; the seat held is kept."
)
RESULT_PLACED = declare(
    "letter-result-placed",
    "Result: {result} in option {option}, {programme}, with the application grade {grade}, in the "
    "{quota}.",
)
EXCLUDED = declare("letter-excluded", "Ground of the exclusion: {clause}.")
OPTION = declare("letter-option", "Option {order}: {programme}")
GRADE = declare("letter-grade", "Application grade: ({terms}) / 100 = {total}, rounded to {grade}.")
TERM_SECONDARY = declare("letter-term-secondary", "secondary {value} × {weight}")
TERM_WITH_PE = declare(
    "letter-term-with-pe", "secondary with physical education {value} × {weight}"
)
TERM_EXAM = declare("letter-term-exam", "exam {exam}: {grade} × {weight}")
TERM_FOREIGN = declare("letter-term-foreign", "foreign exam in place of {exam}: {grade} × {weight}")
TERM_PREREQUISITE = declare("letter-term-prerequisite", "prerequisite {value} × {weight}")
TWO_CYCLES = declare(
    "letter-two-cycles",
    "Secondary grade of two cycles: ({w_a} × {a} + {w_b} × {b}) × 10 = {value}.",
)
RANK = declare("letter-rank", "Place in the programme's list: {rank} of {ranked}.")
RANK_TIED = declare(
    "letter-rank-tied",
    "Place in the programme's list: {rank} of {ranked}, tied with {count} other.",
    "Place in the programme's list: {rank} of {ranked}, tied with {count} others.",
)
SEATS = declare("letter-seats", "Seats: {seats}; placed: {placed}.")
TERMS = declare(
    "letter-terms",
    "Seats of this phase: {base} + {vl} freed by holders placed elsewhere = {total}. The base: "
    "{vs1} left over + {vsm} without enrolment + {vl2} freed by rectifications − {ve} opened by "
    "ties − {vr} used by rectifications = {formula}.",
)
TERMS_OF_COLLEGE = declare(
    "letter-terms-college",
    "Seats of this phase: {vs1} left over + {vsm} without enrolment or with it cancelled − {ve} "
    "opened by ties − {vr} created or used by rectifications = {formula}.",
)
ONE_SEAT = declare("letter-one-seat", "Seats were left over, so one seat is put up.")
DECIDED = declare(
    "letter-decided",
    "Seats of this phase: {base} decided by the institution + {vl} freed by holders placed "
    "elsewhere = {total}.",
)
NO_SEAT = declare("letter-no-seat", "That is less than none: no seat is put up.")
HELD = declare("letter-held", "Seat held when this phase began: {programme}, from phase {phase}.")
PLACED_AGAIN = declare(
    "letter-placed-again", "This placement annuls that seat and the enrolment there."
)
TIE_EXTRA = declare(
    "letter-tie-extra",
    "A tie for the last seat opened {count} more.",
    "A tie for the last seat opened {count} more.",
)
ADDITIONAL = declare(
    "letter-additional",
    "Further seats, taken by candidates with a final grade: {count}; placed here without one: "
    "{without}.",
)
LAST = declare("letter-last", "Last placed in the {quota}: {grade}.")
SHORT = declare(
    "letter-short",
    "No seat: {count} tenth was missing to equal the last placed in the {quota}.",
    "No seat: {count} tenths were missing to equal the last placed in the {quota}.",
)
LOST_TIE = declare(
    "letter-lost-tie",
    "No seat: the grade equals that of the last placed in the {quota}, and the tie was broken by "
    "the {part}: {mine} against {theirs}.",
)
LOST_GROUND = declare(
    "letter-lost-ground",
    "No seat: in the {quota} those of art. 11, no. 1 have priority over those of no. 2.",
)
LOST_SEATS = declare("letter-lost-seats", "No seat was left for the general list.")
TAKEN = declare("letter-taken", "Obtained in the {quota}.")
TAKEN_TIED = declare(
    "letter-taken-tied",
    "Obtained in the {quota}, tied for the last seat: seats were opened for all who are equal.",
)
HEARD = declare("letter-heard", "Heard in the {quota} ({seats} seats): place {rank} among {of}.")
HEARD_LAST = declare("letter-heard-last", "Last placed there: {grade}.")
AFTER_FIRST_GROUND = declare(
    "letter-after-first-ground", "Those of art. 11, no. 1 are placed first there (art. 11, no. 3)."
)
NOT_HEARD = declare("letter-not-heard", "Not heard in the {quota}: {reason}.")
SET = declare("letter-set", "Exams of set {number}: {exams}.")
SET_EXAM = declare("letter-set-exam", "{exam}: {grade}")
SET_EXAM_MISSING = declare("letter-set-exam-missing", "{exam}: not taken")
CORRECTION = declare(
    "letter-correction", "The text of {where} says {says}; it is read as {means} ({source})."
)


@dataclass(frozen=True)
class Block:
    """A piece of a letter: its title, an option's heading, a line of text or a line set in."""

    kind: Literal["title", "heading", "text", "detail"]
    text: str


def letter(explanation: Explanation, lang: str | None = None) -> list[Block]:
    """The letter in `lang`, or in the language of the edition."""
    return list(_Letter(explanation, lang or explanation.language).blocks())


def grade_sentences(grade: Decimal | None, sums: Arithmetic, lang: str) -> Iterator[str]:
    """How an application grade (0-200, in tenths) comes of its terms, in one or two sentences."""

    def say(code: str, **params: object) -> str:
        return render(Message(code, params), lang)

    secondary = sums.secondary
    if secondary.kind == "two_cycles":
        yield say(
            TWO_CYCLES,
            value=secondary.value,
            a=secondary.a,
            b=secondary.b,
            w_a=secondary.w_a,
            w_b=secondary.w_b,
        )
    code = TERM_WITH_PE if secondary.kind == "with_pe" else TERM_SECONDARY
    terms = [say(code, value=secondary.value, weight=sums.w_secondary)]
    for exam in sums.exams:
        code = TERM_FOREIGN if exam.foreign else TERM_EXAM
        terms.append(say(code, exam=exam.exam, grade=exam.grade, weight=exam.weight))
    if sums.w_prerequisite:
        weight, value = sums.w_prerequisite, sums.prerequisite
        terms.append(say(TERM_PREREQUISITE, value=value, weight=weight))
    yield say(GRADE, terms=" + ".join(terms), total=sums.total, grade=grade)


class _Letter:
    def __init__(self, explanation: Explanation, lang: str) -> None:
        self.told, self.lang = explanation, lang

    def say(self, code: str, cited: str = "", **params: object) -> str:
        sentence = render(Message(code, params), self.lang)
        if not cited:
            return sentence
        return f"{sentence.removesuffix('.')} ({cite(cited, self.lang)})."

    def quota(self, quota: str) -> Message:
        return quota_name(quota, self.told.single_quota)

    def blocks(self) -> Iterator[Block]:
        told = self.told
        name = told.name or told.candidate
        yield Block("title", self.say(TITLE, name=name, candidate=told.candidate))
        yield Block("text", self.say(CONTEST, title=told.edition_title, phase=told.phase))
        yield Block("text", self.result())
        if told.held:
            yield Block("text", self.held(told.held))
        if told.result == "not_placed":
            yield Block("text", self.say(REASON_SENTENCES[told.reason], told.clause))
        if told.result == "excluded":
            yield Block("text", self.say(EXCLUDED, clause=cite(told.clause, self.lang)))
        for option in told.options:
            yield Block("heading", self.say(OPTION, order=option.order, programme=_named(option)))
            for line in self.option(option):
                yield Block("detail", line)
        for correction in told.corrections:
            where = cite(correction.where, self.lang)
            said = {"says": correction.says, "means": correction.means}
            yield Block("text", self.say(CORRECTION, where=where, source=correction.source, **said))
        yield Block("text", readings_in_force(told.readings, self.lang))

    def result(self) -> str:
        told = self.told
        result = Message(RESULT_NAMES[told.result])
        if told.quota == "held":
            return self.say(RESULT_KEPT)
        if told.result != "placed":
            return self.say(RESULT, result=result)
        option = next(each for each in told.options if each.order == told.option)
        return self.say(
            RESULT_PLACED,
            told.clause,
            result=result,
            option=told.option,
            programme=_named(option),
            grade=told.grade,
            quota=self.quota(told.quota or "general"),
        )

    def held(self, held: SeatHeld) -> str:
        sentence = self.say(HELD, programme=_named(held), phase=held.phase)
        if self.told.result == "placed":
            sentence += " " + self.say(PLACED_AGAIN)
        return sentence

    def option(self, option: OptionExplained) -> Iterator[str]:
        if option.arithmetic:
            yield from grade_sentences(option.grade, option.arithmetic, self.lang)
        else:
            yield from (self.exam_set(each) for each in option.sets)
        if option.rank is not None:
            yield self.place(option)
            if option.terms:
                yield self.terms(option, option.terms)
            yield self.seats(option)
            yield from (self.hearing(hearing) for hearing in option.hearings)
        yield self.outcome(option)

    def exam_set(self, tried: ExamSet) -> str:
        exams = [
            self.say(SET_EXAM_MISSING, exam=exam.exam)
            if exam.grade is None
            else self.say(SET_EXAM, exam=exam.exam, grade=exam.grade)
            for exam in tried.exams
        ]
        return self.say(SET, number=tried.number, exams=", ".join(exams))

    def place(self, option: OptionExplained) -> str:
        rank, ranked = option.rank, option.ranked
        if option.tied > 1:
            return self.say(RANK_TIED, rank=rank, ranked=ranked, count=option.tied - 1)
        return self.say(RANK, rank=rank, ranked=ranked)

    def seats(self, option: OptionExplained) -> str:
        sentences = [self.say(SEATS, seats=option.seats, placed=option.placed)]
        if option.tie_extra:
            sentences.append(self.say(TIE_EXTRA, count=option.tie_extra))
        if option.additional:
            without = option.without_final_grade
            sentences.append(self.say(ADDITIONAL, count=option.additional, without=without))
        if option.last_placed:
            sentences.append(self.last(option.last_placed))
        return " ".join(sentences)

    def terms(self, option: OptionExplained, terms: Terms) -> str:
        """Every term of the formula that the phase before leaves (42/1), or the decision (47/1)."""
        total, formula = terms.base + terms.vl, terms.vs1 + terms.vsm + terms.vl2
        formula -= terms.ve + terms.vr
        if terms.decided:
            params = {"base": terms.base, "vl": terms.vl, "total": total}
            return self.say(DECIDED, terms.clause, **params)
        code = TERMS if terms.frees else TERMS_OF_COLLEGE
        told = [self.say(code, terms.clause, **_numbers(terms), formula=formula, total=total)]
        if formula != terms.base:
            told.append(self.say(ONE_SEAT))
        if total < 0:
            told.append(self.say(NO_SEAT))
        return " ".join(told)

    def last(self, last: LastPlaced) -> str:
        return self.say(LAST, quota=self.quota(last.quota), grade=last.grade)

    def hearing(self, hearing: Hearing) -> str:
        quota = self.quota(hearing.quota)
        if hearing.why_not:
            because = ", ".join(hearing.because)
            reason = Message(WHY_NOT_HEARD[hearing.why_not], {"because": because})
            return self.say(NOT_HEARD, hearing.clause, quota=quota, reason=reason)
        numbers = {"seats": hearing.seats, "rank": hearing.rank, "of": hearing.of}
        heard = self.say(HEARD, hearing.clause, quota=quota, **numbers)
        if hearing.last_placed:
            heard += " " + self.say(HEARD_LAST, grade=hearing.last_placed.grade)
        if hearing.after_first_ground:
            heard += " " + self.say(AFTER_FIRST_GROUND)
        return heard

    def outcome(self, option: OptionExplained) -> str:
        if option.outcome == "placed":
            tied = option.reason == "placed-tied-for-last-seat"
            quota = self.quota(option.quota or "general")
            return self.say(TAKEN_TIED if tied else TAKEN, option.clause, quota=quota)
        if option.outcome == "outranked" and option.reason not in REASON_SENTENCES:
            return self.outranked(option)
        return self.say(
            REASON_SENTENCES[option.reason],
            option.clause
            if option.outcome != "ineligible" or self.told.result != "excluded"
            else "",
            min_exam=option.min_exam,
            min_grade=option.min_grade,
            prerequisite=option.prerequisite,
            count=option.missing_tenths,
        )

    def outranked(self, option: OptionExplained) -> str:
        lost = option.lost
        if lost is None:
            return self.say(LOST_SEATS, option.clause)
        quota = self.quota(lost.quota)
        if lost.tenths:
            return self.say(SHORT, option.clause, count=lost.tenths, quota=quota)
        if lost.part not in KEY_PARTS:
            return self.say(LOST_GROUND, option.clause, quota=quota)
        theirs = next(
            last
            for last in (option.last_placed, *(h.last_placed for h in option.hearings))
            if last is not None and last.quota == lost.quota
        )
        return self.say(
            LOST_TIE,
            option.clause,
            quota=quota,
            part=Message(KEY_PARTS[lost.part]),
            mine=show(own_part(option, lost.part), self.lang),
            theirs=show(getattr(theirs, lost.part), self.lang),
        )


def _numbers(terms: Terms) -> dict[str, int]:
    return {name: getattr(terms, name) for name in ("vs1", "vsm", "vl2", "ve", "vr", "base", "vl")}


def _named(option: OptionExplained | SeatHeld) -> str:
    """Course and institution with the code; the code alone where they have no name."""
    names = ", ".join(filter(None, (option.course, option.institution)))
    return f"{names} ({option.programme})" if names else option.programme


def own_part(option: OptionExplained, part: str) -> Decimal:
    """The candidate's own value in the part of the key that decided."""
    if part == "exam_part" and option.exam_part is not None:
        return option.exam_part
    if option.arithmetic is None:
        raise ValueError(f"option {option.order} was ranked without a grade")
    secondary = option.arithmetic.secondary
    if secondary.kind != "two_cycles" or secondary.a is None or secondary.b is None:
        return secondary.value
    return ((secondary.b if part == "tie_1" else secondary.a) * 10).normalize()
