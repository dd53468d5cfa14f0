"""The parts of an explanation that are lists: the EJA course, hours, disciplines, findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from portaria.core.messages import Message, declare
from portaria.documents.access_letter import Block
from portaria.documents.scae_explanation_words import (
    BLANK,
    DISCIPLINE_NAMES,
    DISCIPLINES,
    HOURS,
    IN_PARANA,
    SGE_NAMES,
    SYMBOL_NAMES,
)
from portaria.documents.scae_report.names import EXPLANATION_MEANINGS, SITUATION_NAMES
from portaria.documents.scae_report.speech import Speech
from portaria.regulations.scae.explain import Before, DisciplineLine, Explanation, Finding, Member
from portaria.regulations.scae.findings import WORDS

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

COURSE = declare(
    "scae-told-course",
    "The EJA course {course} counts as one record, that of the reference enrolment {reference}.",
)
SERIES = declare("scae-told-series", "Series of the course: {series}.")
SERIES_STATES = {
    (True, True): declare("scae-told-series-approved", "{series} approved"),
    (True, False): declare("scae-told-series-enrolled", "{series} enrolled, not approved"),
    (False, False): declare("scae-told-series-missing", "{series} without an enrolment"),
}
MEMBER = declare("scae-told-member", "Enrolment {enrolment}, class {name} ({dates}): {sge}.{more}")
DATES = declare("scae-told-member-dates", "from {start} to {end}")
ROLES = {
    "reference": declare("scae-told-role-reference", "It is the reference."),
    "acting": declare("scae-told-role-acting", "Its situation counts."),
    "both": declare("scae-told-role-both", "It is the reference, and its situation counts."),
}
NOT_COUNTED = declare("scae-told-not-counted", "It does not count in the course.")

LINE = declare(
    "scae-told-hours-line",
    "Enrolment {holder}, disciplines of class {name}: {disciplines} on record, {enrolled} taken in "
    "the month, {typed} of them with a type, {planned} with lessons planned; {minutes} minutes.",
)
OUTSIDE = declare(
    "scae-told-hours-outside", "{minutes} minutes before the entry or after the exit are taken off."
)
SUM = declare("scae-told-hours-sum", "{minutes} minutes / {unit} = {hours} hours, rounded once.")
UNTYPED = declare("scae-told-hours-untyped", "Without a type: {disciplines}.")

DISCIPLINE = declare(
    "scae-told-discipline",
    "{scae} ({discipline}): {sge} in SGE, {situation} in SCAE, evaluation type {kind}.",
)

FOUND = declare("scae-told-findings", "Findings of this record:")
WITHHOLDING = declare("scae-told-withholding", "To be corrected in SGE:")
SEVERITIES = {
    "error": declare("scae-told-severity-error", "Error"),
    "warning": declare("scae-told-severity-warning", "Warning"),
    "info": declare("scae-told-severity-info", "Information"),
}
FINDING = declare("scae-told-finding", "{severity} {finding}: {message}. Screen: {screen}.")
FINDING_ROW = declare(
    "scae-told-finding-row",
    "{severity} {finding}: {message}. Screen: {screen} (row {row} of {table}).",
)

NO_LEDGER = declare(
    "scae-told-no-ledger",
    "Loads before: not known, since this one was made without a ledger (--ledger).",
)
NEW = declare("scae-told-new", "Loads before: none had this record; it is new.")
NEVER = declare("scae-told-never", "Loads before: none had this record.")
BEFORE = declare(
    "scae-told-before", "Loads before: the last one to have it was that of {month}, as {state}."
)
BEFORE_HOURS = declare(
    "scae-told-before-hours",
    "Loads before: the last one to have it was that of {month}, as {state}, with {hours} hours.",
)
STILL_OPEN = declare("scae-told-still-open", "SCAE still holds it as open.")
CLOSED = declare("scae-told-closed", "SCAE no longer holds it as open.")


class Parts(Speech):
    """Blocks of an explanation in one language."""

    def cite(self, code: str, clause: str, **params: object) -> str:
        """A sentence with the item of the text that it stands on."""
        sentence = self.say(code, **params)
        item = clause.partition(" ")[2]
        return f"{sentence.removesuffix('.')} ({item})." if item else sentence

    def course_blocks(self, each: Explanation) -> Iterator[Block]:
        """The EJA course: its series and its enrolments."""
        told = each.course
        if told is None:
            return
        names = {"course": told.course or "–", "reference": told.reference}
        yield Block("text", self.cite(COURSE, told.clause, **names))
        if told.series:
            states = (
                self.say(SERIES_STATES[enrolled, passed], series=name)
                for name, enrolled, passed in told.series
            )
            yield Block("detail", self.say(SERIES, series=", ".join(states)))
        for member in told.members:
            yield Block("detail", self.member(member, each))

    def member(self, member: Member, each: Explanation) -> str:
        """One enrolment of the course."""
        more = [self.say(ROLES[member.role])] if member.role else []
        if not member.counts and member.role not in ("acting", "both"):
            more.append(self.say(NOT_COUNTED))
        return self.say(
            MEMBER,
            enrolment=member.enrolment,
            name=member.class_ or "–",
            dates=self.say(DATES, start=member.start or "–", end=member.end or "–"),
            sge=sge_name(member.code, member.symbol, each.class_.level, each.state),
            more="".join(f" {words}" for words in more),
        )

    def hours_blocks(self, each: Explanation) -> Iterator[Block]:
        """Student-hours: the sum, and what it is the sum of."""
        told = each.hours
        if told is None:
            return
        off = any(line.outside for line in told.lines)
        plain = told.state not in HOURS or (told.state == "zero" and off)
        word = told.why or ("" if plain else told.state)
        hours = self.say(BLANK) if told.value is None else self.hours(told.value)
        yield Block("text", self.cite(HOURS[word], told.clause, hours=hours))
        if word in ("off", "suspended", "gap"):
            return
        for line in told.lines:
            words = self.say(
                LINE, holder=line.holder, name=line.class_ or "–", disciplines=line.disciplines,
                enrolled=line.enrolled, typed=line.typed, planned=line.planned,
                minutes=line.minutes,
            )  # fmt: skip
            if line.outside:
                words += " " + self.say(OUTSIDE, minutes=line.outside)
            yield Block("detail", words)
        if told.untyped:
            yield Block("detail", self.say(UNTYPED, disciplines=", ".join(told.untyped)))
        if told.minutes and told.value is not None:
            params = {"minutes": told.minutes, "unit": told.unit, "hours": hours}
            yield Block("detail", self.say(SUM, **params))

    def disciplines_blocks(self, each: Explanation) -> Iterator[Block]:
        """The discipline lines that go with the record."""
        told = each.disciplines
        if told is None:
            return
        yield Block("text", self.cite(DISCIPLINES[told.case.code], told.case.clause))
        for line in told.lines:
            yield Block("detail", self.discipline(line))

    def discipline(self, line: DisciplineLine) -> str:
        """One line."""
        code = str(line.situation)
        name = DISCIPLINE_NAMES.get(code) or self.say(SITUATION_NAMES[code])
        return self.say(
            DISCIPLINE,
            scae=line.scae_discipline,
            discipline=line.discipline,
            sge=sge_name(line.code, "", "disciplines", ""),
            situation=f"{code} {name}",
            kind=self.say(BLANK) if line.evaluation_type is None else str(line.evaluation_type),
        )

    def withheld(self, each: Explanation) -> Iterator[Block]:
        """What keeps the record out, right after that it is."""
        found = [finding for finding in each.findings if finding.withholds]
        if found:
            yield Block("text", self.say(WITHHOLDING))
            yield from (Block("detail", self.finding(finding)) for finding in found)

    def findings_blocks(self, each: Explanation) -> Iterator[Block]:
        """The findings that do not withhold it."""
        found = [finding for finding in each.findings if not finding.withholds]
        if found:
            yield Block("text", self.say(FOUND))
            yield from (Block("detail", self.finding(finding)) for finding in found)

    def finding(self, finding: Finding) -> str:
        """What was found, and where it is mended."""
        sentence, screen = WORDS[finding.code]
        params = {
            "severity": self.say(SEVERITIES[finding.severity]),
            "finding": finding.code,
            "message": Message(sentence, {"value": _shown(finding.value), "field": finding.field}),
            "screen": Message(screen),
        }
        if finding.row is None:
            return self.say(FINDING, **params)
        return self.say(FINDING_ROW, **params, row=str(finding.row), table=finding.table)

    def before_blocks(self, each: Explanation) -> Iterator[Block]:
        """What the loads before had of it, and what became of that."""
        if not each.ledger:
            yield Block("text", self.say(NO_LEDGER))
        elif each.before is None:
            yield Block("text", self.say(NEW if each.change == "new" else NEVER))
        else:
            yield Block("text", " ".join(self.state_before(each.before, each.change)))

    def state_before(self, before: Before, change: str) -> Iterator[str]:
        """The last state sent, and how this load stands to it."""
        situation = "" if before.situation is None else str(before.situation)
        state = self.situation(before.operation, situation)
        params = {"month": self.month(before.month), "state": state}
        if before.hours is None:
            yield self.say(BEFORE, **params)
        else:
            yield self.say(BEFORE_HOURS, **params, hours=self.hours(before.hours))
        if change in EXPLANATION_MEANINGS:
            yield self.say(EXPLANATION_MEANINGS[change])
        else:
            yield self.say(STILL_OPEN if before.open else CLOSED)


def _shown(value: str) -> object:
    """What was found, a day as a day."""
    try:
        return date.fromisoformat(value) if ISO_DAY.fullmatch(value) else value
    except ValueError:
        return value


def sge_name(code: str, symbol: str, level: str | None, state: str) -> str:
    """`9 Aprovado`; the name of scae.toml's own codes; an unknown code by itself."""
    names = SGE_NAMES.get(level or "", SGE_NAMES["basic"])
    if state == "PR" and level != "continuing":
        names = names | IN_PARANA
    name = SYMBOL_NAMES.get(symbol) or names.get(code, "")
    return f"{code} {name}".strip() or "–"
