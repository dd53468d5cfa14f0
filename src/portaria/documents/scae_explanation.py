"""What a school secretary reads of a record: in the load or not, why, and from which row.

It only tells what `explain` gives: nothing is decided or computed here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from portaria.core.messages import Message, declare
from portaria.documents.access_letter import Block
from portaria.documents.scae_explanation_parts import Parts, sge_name
from portaria.documents.scae_explanation_words import (
    CAUSES,
    EFFECTIVE,
    MOBILITY,
    OTHERWISE,
    OTHERWISE_EXCLUDED,
    OUTCOMES,
)
from portaria.documents.scae_readings_words import READINGS
from portaria.regulations.scae.explain import Explanation

TITLE = declare("scae-told-title", "Record {record} in the load of {month}")
TITLES = declare(
    "scae-told-titles",
    "{count} record considered for the load of {month}",
    "{count} records considered for the load of {month}",
)
RECORD = declare("scae-told-record", "Record {record}")
SUMMARY = declare("scae-told-summary", "{record}: {outcome}")
PREVIEW = declare(
    "scae-told-preview", "The month was not over: what is told here may still change."
)
FILTERED = declare("scae-told-filtered", "This load is only of a part of the network: {filters}.")

PERIOD = declare("scae-told-period", "Enrolment {source}, student {student}, class {name}{where}.")
ISOLATED = declare(
    "scae-told-isolated", "Isolated enrolment {source}, student {student}, class {name}{where}."
)
WHERE = declare("scae-told-where", ", unit {unit}, period {period}, course {course}")
CLASS = declare("scae-told-class", "The class runs from {start} to {end}.")
CLASS_OPEN = declare("scae-told-class-open", "The class began or begins on {start} and has no end.")
NO_START = declare("scae-told-class-no-start", "The class has no start date.")
NO_CLASS = declare("scae-told-no-class", "SGE has no class of this name.")
ENROLLED = declare("scae-told-enrolled", "Enrolled on {day}.")
SINCE = declare("scae-told-since", "In this class since {day}.")

STANDING = declare("scae-told-standing", "Situation on {day}: {sge} in SGE, {scae} in SCAE.")
UNMAPPED = declare(
    "scae-told-standing-unmapped", "Situation on {day}: {sge} in SGE, which SCAE has no code for."
)
NOT_SENT = declare("scae-told-standing-hidden", "Situation on {day}: {sge} in SGE.")
FROM_LOG = declare(
    "scae-told-from-log",
    "From the last movement by then: {column}, {moment}, row {row} of the log.",
)
FROM_LOG_NO_ROW = declare(
    "scae-told-from-log-no-row", "From the last movement by then: {column}, {moment}."
)
FROM_BEFORE = declare(
    "scae-told-from-before",
    "The log begins later: it is what its first movement says was there before.",
)
FROM_ROW = declare(
    "scae-told-from-row", "There is no log: it is the situation of today, row {row}."
)
FROM_ARRIVAL = declare(
    "scae-told-from-arrival",
    "No movement was made in this class yet: it is the situation of today, row {row}.",
)
COLUMNS = {
    "situation": declare("scae-told-column-situation", "situation of the enrolment"),
    "result": declare("scae-told-column-result", "final result"),
}
MOMENT = declare("scae-told-moment", "{day}, {time}")
ACTING = declare("scae-told-acting", "It is the situation of the enrolment {enrolment}.")
SERIES_ONLY = declare(
    "scae-told-series-only",
    "A series is approved and the course goes on: Matriculado until every series is.",
)
PARENT = declare(
    "scae-told-parent", "The complement fields come from the period enrolment {enrolment}."
)

IN_FORCE = declare(
    "scae-told-readings", "Where the text leaves something open, this load follows these readings:"
)
READING = declare("scae-told-reading", "{name} = {choice}: {meaning}.")
CITED = declare(
    "scae-told-cited",
    "In brackets, the item of the text that each step stands on: {edition}. The program interprets "
    "that text and does not replace it.",
)


def explanation_letter(told: Sequence[Explanation], lang: str | None = None) -> list[Block]:
    """The records in `lang`, or in the edition's language; a list of them first, if several."""
    letter = _Letter(told, lang or told[0].language)
    return list(letter.blocks())


class _Letter(Parts):
    def __init__(self, told: Sequence[Explanation], lang: str) -> None:
        super().__init__(lang)
        self.told = told

    def blocks(self) -> Iterator[Block]:
        first, month = self.told[0], self.month(self.told[0].month)
        if len(self.told) == 1:
            yield Block("title", self.say(TITLE, record=first.record, month=month))
        else:
            yield Block("title", self.say(TITLES, count=len(self.told), month=month))
        if first.status == "preview":
            yield Block("text", self.say(PREVIEW))
        if first.filters:
            filters = ", ".join(f"{name} = {value}" for name, value in first.filters.items())
            yield Block("text", self.say(FILTERED, filters=filters))
        if len(self.told) > 1:
            for each in self.told:
                words = self.say(SUMMARY, record=each.record, outcome=self.outcome(each))
                yield Block("detail", words)
        for each in self.told:
            if len(self.told) > 1:
                yield Block("heading", self.say(RECORD, record=each.record))
            yield from self.record(each)
        yield from self.readings()
        yield Block("text", self.say(CITED, edition=first.edition_title))

    def record(self, each: Explanation) -> Iterator[Block]:
        yield Block("text", self.who(each))
        yield Block("text", " ".join(self.decision(each)))
        yield from self.withheld(each)
        yield from self.standing(each)
        yield from self.dates(each)
        yield from self.course_blocks(each)
        yield from self.hours_blocks(each)
        yield from self.disciplines_blocks(each)
        yield from self.findings_blocks(each)
        yield from self.before_blocks(each)

    def who(self, each: Explanation) -> str:
        """Whose record it is, and where."""
        klass = each.class_
        known = {"unit": klass.unit, "period": klass.period, "course": klass.course}
        where = self.say(WHERE, **{name: text or "–" for name, text in known.items()})
        told = [
            self.say(
                ISOLATED if each.kind == "I" else PERIOD,
                source=each.source,
                student=each.student or "–",
                name=klass.name or "–",
                where=where if klass.found else "",
            )
        ]
        if not klass.found:
            told.append(self.say(NO_CLASS))
        elif klass.start is None:
            told.append(self.say(NO_START))
        elif klass.end is None:
            told.append(self.say(CLASS_OPEN, start=klass.start))
        else:
            told.append(self.say(CLASS, start=klass.start, end=klass.end))
        if each.enrolled_on is not None:
            told.append(self.say(ENROLLED, day=each.enrolled_on))
        if each.since is not None and each.since != each.enrolled_on:
            told.append(self.say(SINCE, day=each.since))
        return " ".join(told)

    def outcome(self, each: Explanation) -> str:
        """Whether it goes, and as what."""
        return self.say(
            OUTCOMES[each.outcome], situation=self.scae(each), codes=", ".join(each.codes)
        )

    def scae(self, each: Explanation) -> str:
        """The SCAE situation of a record."""
        code = each.standing.scae if each.standing is not None else None
        return "–" if code is None else self.situation("UPSERT", str(code))

    def decision(self, each: Explanation) -> Iterator[str]:
        """The outcome and its cause; of a withheld record, what it would be without the error."""
        yield self.outcome(each)
        if each.cause.code not in CAUSES:
            return  # the error says it all
        if each.outcome == "error":
            excluded = each.cause.code == "cancelled"
            situation = "" if excluded else self.scae(each)
            yield self.say(OTHERWISE_EXCLUDED if excluded else OTHERWISE, situation=situation)
        standing, code = each.standing, each.cause.code
        if each.course is not None and not all(enrolled for _, enrolled, _ in each.course.series):
            code = {"moved_series": "moved_series_waived"}.get(code, code)
        yield self.cite(
            CAUSES[code],
            each.cause.clause,
            at=each.movement.date() if each.movement is not None else "–",
            start=each.class_.start or "–",
            end=each.class_.end or "–",
            since=each.since or "–",
            sge="–" if standing is None else sge_name(
                standing.code, standing.symbol, each.class_.level, each.state
            ),
        )  # fmt: skip

    def standing(self, each: Explanation) -> Iterator[Block]:
        """The situation as of the month and where it was found."""
        told = each.standing
        if told is None:
            return
        sge = sge_name(told.code, told.symbol, each.class_.level, each.state)
        code = STANDING if told.scae is not None else NOT_SENT if told.symbol else UNMAPPED
        day = last_day(each.month)
        words = self.cite(code, told.clause, day=day, sge=sge, scae=self.scae(each))
        yield Block("text", words)
        yield Block("detail", self.origin(each))
        if each.course is not None and told.enrolment != each.source:
            yield Block("detail", self.say(ACTING, enrolment=told.enrolment))
        if told.series_only:
            yield Block("detail", self.say(SERIES_ONLY))

    def origin(self, each: Explanation) -> str:
        """The movement or the row that a situation comes from."""
        told = each.standing
        assert told is not None, "only what was considered has a situation"
        if told.source == "movement" and told.at is not None:
            params = {"column": self.say(COLUMNS[told.column]), "moment": self.moment(told.at)}
            if told.row is None:
                return self.say(FROM_LOG_NO_ROW, **params)
            return self.say(FROM_LOG, **params, row=str(told.row))
        if told.source == "before":
            return self.say(FROM_BEFORE)
        if told.source == "arrived":
            return self.say(FROM_ARRIVAL, row="–" if told.row is None else str(told.row))
        return self.say(FROM_ROW, row="–" if told.row is None else str(told.row))

    def moment(self, at: datetime) -> str:
        """Day and time of a movement, to the second only where it has seconds."""
        time = at.time().isoformat("seconds" if at.second else "minutes")
        return self.say(MOMENT, day=at.date(), time=time)

    def dates(self, each: Explanation) -> Iterator[Block]:
        """Effective date and mobility date with their cases."""
        for told, words in ((each.effective, EFFECTIVE), (each.mobility, MOBILITY)):
            if told is not None:
                params = {"value": told.value or "–", "against": told.against or "–"}
                yield Block("text", self.cite(words[told.case.code], told.case.clause, **params))
        if len(each.parents) == 1 and each.effective is not None:
            yield Block("text", self.say(PARENT, enrolment=each.parents[0]))

    def readings(self) -> Iterator[Block]:
        """The readings that matter to these records, each with what it means here."""
        chosen: Mapping[str, str] = {
            name: choice for each in self.told for name, choice in each.readings.items()
        }
        if not chosen:
            return
        yield Block("text", self.say(IN_FORCE))
        for name, choice in sorted(chosen.items()):
            meaning = Message(READINGS[name, choice])
            yield Block("detail", self.say(READING, name=name, choice=choice, meaning=meaning))


def last_day(month: str) -> date:
    """The day as of which a month is told."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])
