"""What was recognised, written as the record of the institution that recognised it.

The caller gives the decision; nothing is decided here. Several sources of one unit are joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeVar

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import DEFAULT_LANGUAGE, Message, declare, render
from portaria.core.numbers import written
from portaria.core.problem import Problem

EXPERIENCE_FORMULA = (
    "unidade curricular realizada por processo de creditação da experiência profissional"
)
"""The words that 12/6 wants on the diploma and its supplement. They are never translated."""

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

CANNOT = declare(
    "recognised-cannot-write", "the recognised units cannot be written; see what is wrong in each"
)
NO_DECIMAL = declare(
    "recognised-no-decimal",
    "{credits} credits of {unit} have no finite decimal, and the format has only decimals: "
    "the council settles a number such as {near}",
)
EXPERIENCE_GRADE = declare(
    "recognised-experience-grade",
    "{unit} comes from professional experience and has the grade {grade}: it bears none",
)
TWO_GRADES = declare(
    "recognised-two-grades",
    "{unit} is recognised from {count} sources that do not agree on its grade, its name or its "
    "kind: give one decision for the unit",
)
NO_TARGET = declare(
    "recognised-no-target", "the source {source} has no unit to be credited in: give its code"
)
UNKNOWN_VERSION = declare("recognised-version", "version {version} of ELMO is not one of: {known}")
FROM = declare("recognised-from", "Recognised from {source}, {institution}.")
FROM_HERE = declare("recognised-from-here", "Recognised from {source}.")
BY_CLAUSE = declare("recognised-by-clause", "Rule: {clause}.")
EXACT = declare("recognised-exact", "Grade before rounding: {grade}.")
SCALE = declare(
    "recognised-scale",
    "Portuguese scale: whole grades from 0 to 20; 10 is the lowest that passes.",
)


@dataclass(frozen=True)
class Recognised:
    """One source and the unit it was credited in.

    `credits`: ECTS granted, exact. `grade`: the whole grade in the Portuguese scale, None without
    one; `exact_grade` as text before rounding. `clause`: the rule as cited. `experience`: from
    professional experience (12), so without a grade. `target_name` empty: the code is the name.
    """

    source_id: str
    source_name: str
    source_institution: str
    target: str
    credits: Fraction
    grade: int | None = None
    exact_grade: str | None = None
    clause: str = ""
    experience: bool = False
    note: str = ""
    target_name: str = ""
    source_country: str | None = None


@dataclass(frozen=True)
class Record:
    """Who recognised, for whom, in which course and when.

    `identifier`: type and value as EMREX knows the institution, such as ("schac", "example.pt").
    `language`: of the sentences, one of those of `render`.
    """

    institution: str
    identifier: tuple[str, str]
    country: str
    url: str
    course: str
    given_names: str
    family_name: str
    decided_on: date
    language: str = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Credited:
    """A unit of the course with every source it was credited from."""

    id: str
    name: str
    credits: Fraction
    grade: int | None
    experience: bool
    sources: tuple[Recognised, ...] = ()

    def sentences(self, language: str) -> list[str]:
        """Where it comes from, by which rule, and the notes, each sentence once."""
        said: list[str] = []
        for source in self.sources:
            place = {"source": source.source_name, "institution": source.source_institution}
            code = FROM if source.source_institution else FROM_HERE
            said.append(render(Message(code, place), language))
            if source.clause:
                said.append(render(Message(BY_CLAUSE, {"clause": source.clause}), language))
            if source.exact_grade and not self.experience:
                said.append(render(Message(EXACT, {"grade": source.exact_grade}), language))
            said.append(source.note)
        return [sentence for sentence in dict.fromkeys(said) if sentence]


Given = TypeVar("Given", Recognised, Record)


def plain(given: Given) -> Given:
    """The same with every text on one line, and without characters that XML cannot hold."""
    changed: dict[str, Any] = {
        each.name: " ".join(NOT_IN_XML.sub(" ", value).split())
        for each in fields(given)
        if isinstance(value := getattr(given, each.name), str)
    }
    return replace(given, **changed)


def credited(recognised: Sequence[Recognised]) -> list[Credited]:
    """The units in the order they are first named; InputError with everything that is wrong."""
    problems: list[Problem] = []
    groups: dict[str, list[Recognised]] = {}
    for each in map(plain, recognised):
        if not each.target:
            _refuse(problems, each, NO_TARGET, source=each.source_name)
        groups.setdefault(each.target, []).append(each)
    units = [_joined(id, sources, problems) for id, sources in groups.items()]
    if problems:
        raise InputError(Message(CANNOT), problems)
    return units


def _joined(id: str, sources: list[Recognised], problems: list[Problem]) -> Credited:
    first, name = sources[0], sources[0].target_name or id
    total = sum((source.credits for source in sources), Fraction(0))
    if len({(s.grade, s.experience, s.target_name) for s in sources}) > 1:
        _refuse(problems, first, TWO_GRADES, unit=name, count=len(sources))
    if any(source.experience and source.grade is not None for source in sources):
        _refuse(problems, first, EXPERIENCE_GRADE, unit=name, grade=first.grade)
    if "/" in written(total):
        near = Fraction(total * 2 // 1, 2)
        _refuse(problems, first, NO_DECIMAL, unit=name, credits=total, near=near)
    return Credited(id, name, total, first.grade, first.experience, tuple(sources))


def _refuse(problems: list[Problem], at: Recognised, code: str, **params: object) -> None:
    problems.append(Problem("", Message(code, params), column=at.target or at.source_id))


def write_elmo(
    recognised: Sequence[Recognised], record: Record, version: Literal["1.7", "2.0"] = "1.7"
) -> bytes:
    """The record as ELMO, the same bytes for the same decision. InputError lists what cannot be
    written (12/6: no grade from experience).

    1.7 is what systems validate today; 2.0 has elements of its own for a recognition and its
    sources, and few systems read it yet.
    """
    from portaria.regulations.credit.transcripts.elmo_record import elmo_1, elmo_2

    writers: dict[str, Callable[[list[Credited], Record], bytes]] = {"1.7": elmo_1, "2.0": elmo_2}
    if version not in writers:
        params = {"version": version, "known": ", ".join(writers)}
        raise UsageError(Message(UNKNOWN_VERSION, params))
    return writers[version](credited(recognised), plain(record))


def write_europass(recognised: Sequence[Recognised], record: Record) -> bytes:
    """The record as a European Digital Credential (model 3, JSON-LD), not yet sealed: the
    institution seals it with its own certificate. InputError as for ELMO."""
    from portaria.regulations.credit.transcripts.europass_record import credential

    return credential(credited(recognised), plain(record))
