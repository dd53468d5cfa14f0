"""The answer of a procedure in words: every condition with its clause, and what changes.

It only tells what the procedure gives: nothing is decided or computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portaria.core.deadline import Deadline
from portaria.core.messages import Message, render, show
from portaria.documents import access_procedures_conditions as ways
from portaria.documents import access_procedures_words as words
from portaria.documents.access_letter import Block
from portaria.documents.access_words import quota_name
from portaria.documents.citation import cite
from portaria.regulations.access.procedures.complaint import Complaint, OnRecord, Step
from portaria.regulations.access.procedures.exclusion import Exclusion
from portaria.regulations.access.procedures.outcome import Change, Condition, Outcome, Standing
from portaria.regulations.access.procedures.rectification import Rectification


def told(outcome: Outcome, lang: str | None = None) -> list[Block]:
    """The answer in `lang`, or in the language of the edition."""
    return list(_Teller(outcome, lang or outcome.language).blocks())


class _Teller:
    def __init__(self, outcome: Outcome, lang: str) -> None:
        self.outcome, self.lang = outcome, lang

    def say(self, code: str, clause: str = "", **params: object) -> str:
        sentence = render(Message(code, params), self.lang)
        if not clause:
            return sentence
        return f"{sentence.removesuffix('.')} ({cite(clause, self.lang)})."

    def blocks(self) -> Iterator[Block]:
        outcome = self.outcome
        yield Block("title", self.say(words.TITLES[outcome.procedure]))
        answers = words.ANSWERS
        if outcome.procedure == "complaint":
            answers = words.ANSWERS | words.IN_TIME
        answer = answers[outcome.answer]
        yield Block("text", self.say(answer, count=len(outcome.failing)))
        yield Block("heading", self.say(words.CONDITIONS))
        for condition in outcome.conditions:
            yield Block("detail", self.condition(condition))
            if condition.deadline and condition.deadline.skipped:
                yield Block("detail", self.skipped(condition.deadline))
        if not isinstance(outcome, Complaint):
            yield Block("heading", self.say(words.CHANGES))
            for change in outcome.changes:
                yield Block("detail", self.change(words.CHANGE, change))
            if not outcome.changes:
                yield Block("detail", self.say(words.NOTHING))
        yield from self.more()
        yield from self.readings()

    def condition(self, condition: Condition) -> str:
        """The mark and the sentence of how the condition went."""
        state = {True: ways.MET, False: ways.UNMET, None: ways.UNKNOWN}[condition.met]
        detail = condition.detail
        keys = ((condition.code, each) for each in (f"{detail}-{state}", detail, state))
        code = next(ways.CONDITION_SENTENCES[k] for k in keys if k in ways.CONDITION_SENTENCES)
        mark = self.say(words.MARKS[condition.met])
        return f"{mark}: {self.say(code, condition.clause, **self.shown(condition.params))}"

    def shown(self, params: Mapping[str, object]) -> dict[str, object]:
        """Parameters as people write them: lists with commas, quotas and results by name."""
        found: dict[str, object] = {}
        for name, value in params.items():
            if isinstance(value, tuple):
                value = ("+" if name == "exams" else " / ").join(map(str, value))
            elif name == "quota" and isinstance(value, str):
                value = quota_name(value)
            elif value in words.RESULTS and isinstance(value, str):
                value = Message(words.RESULTS[value])
            found[name] = value
        return found

    def skipped(self, deadline: Deadline) -> str:
        days = ", ".join(
            self.say(
                words.SKIPPED_DAY,
                date=_short(each.date),
                reason=each.name or Message(words.SKIP_REASONS[each.reason.value]),
            )
            for each in deadline.skipped
        )
        return self.say(words.SKIPPED, days=days)

    def change(self, code: str, change: Change) -> str:
        return self.say(
            code, change.clause, candidate=change.candidate,
            before=self.standing(change.before), after=self.standing(change.after),
        )  # fmt: skip

    def standing(self, standing: Standing) -> str:
        if standing.programme:
            return standing.programme
        return self.say(words.RESULTS[standing.result])

    def more(self) -> Iterator[Block]:
        if isinstance(self.outcome, Rectification):
            yield from self.rectified(self.outcome)
        elif isinstance(self.outcome, Exclusion):
            yield from self.excluded(self.outcome)
        elif isinstance(self.outcome, Complaint):
            yield from self.complained(self.outcome)

    def rectified(self, outcome: Rectification) -> Iterator[Block]:
        if outcome.seat:
            code = words.SEATS[outcome.seat]
            yield Block("detail", self.say(code, programme=outcome.after.programme))
        for each in outcome.adjustments:
            for code, count in ((words.VL2, each.vl2), (words.VR, each.vr)):
                if count:
                    number = self.say(code, programme=each.programme, count=count)
                    yield Block("detail", f"{self.say(words.IN_FORMULA)} {number}")
        if outcome.why:
            code = words.NOT_IN_FORMULA[outcome.why]
            yield Block("detail", self.say(code, programme=outcome.before.programme))
        if not outcome.not_moved:
            yield Block("text", self.say(words.NOBODY_ELSE))
            return
        count = len(outcome.not_moved)
        yield Block("text", self.say(words.NOT_MOVED, outcome.not_moved[0].clause, count=count))
        for change in outcome.not_moved:
            sentence = self.say(
                words.STAYS, candidate=change.candidate,
                before=self.standing(change.before), after=self.standing(change.after),
            )  # fmt: skip
            yield Block("detail", sentence)

    def excluded(self, outcome: Exclusion) -> Iterator[Block]:
        freed = outcome.freed
        if not outcome.changes:
            return
        if freed is None:
            yield Block("detail", self.say(words.NO_SEAT))
        else:
            code = words.NOT_FREED[freed.why] if freed.why else words.FREED
            where: dict[str, Any] = {"programme": freed.programme, "phase": freed.phase}
            clause = "" if freed.why else freed.clause
            yield Block("detail", self.say(code, clause, **where, next_phase=freed.next_phase))
            if freed.tie_extra and not freed.why:
                yield Block("detail", self.say(words.FREED_TIES, count=freed.tie_extra))
        if outcome.enrolment_annulled:
            yield Block("detail", self.say(words.ANNULLED))
        yield Block("detail", self.say(words.NOBODY_MOVES))

    def complained(self, outcome: Complaint) -> Iterator[Block]:
        if outcome.steps:
            yield Block("heading", self.say(words.TERMS))
        for step in outcome.steps:
            yield Block("detail", self.step(step))
            if step.deadline and step.deadline.skipped:
                yield Block("detail", self.skipped(step.deadline))
        if outcome.standing is None:
            return
        yield Block("heading", self.say(words.RECORD))
        for option in outcome.record:
            yield Block("detail", self.option(option))

    def step(self, step: Step) -> str:
        state = {True: ways.MET, False: ways.UNMET, None: step.detail}[step.in_time]
        code = words.STEP_SENTENCES[(step.code, state)]
        return self.say(code, step.clause, last_day=step.last_day, done=step.done)

    def option(self, option: OnRecord) -> str:
        where: dict[str, Any] = {"order": option.order, "programme": option.programme}
        if option.rank is None:
            return self.say(words.RECORD_OPTION_NONE, option.clause, **where)
        found = self.say(words.RECORD_OPTION, grade=option.grade, rank=option.rank, **where)
        last = option.last_placed
        if last is None:
            return found
        parts: dict[str, Any] = {
            "exam_part": last.exam_part,
            "tie_1": last.tie_1,
            "tie_2": last.tie_2,
        }
        quota = quota_name(last.quota)
        return f"{found} {self.say(words.RECORD_LAST, quota=quota, grade=last.grade, **parts)}"

    def readings(self) -> Iterator[Block]:
        outcome = self.outcome
        if outcome.readings:
            names = "; ".join(self.reading(*each) for each in outcome.readings.items())
            yield Block("text", self.say(words.READING, readings=names))
        for other in outcome.otherwise:
            name = self.reading(other.reading, other.choice)
            answer = Message(words.ANSWER_WORDS[other.answer])
            yield Block("text", self.say(words.OTHERWISE, reading=name, answer=answer))

    def reading(self, name: str, choice: str) -> str:
        return show(Message(words.READING_NAMES[(name, choice)]), self.lang)


def _short(day: date) -> str:
    """A day in a long list, as in ISO 8601."""
    return day.isoformat()
