"""Article 20 in words: what the records certify, what stands in the way, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import Message, declare
from portaria.documents.access_letter import Block
from portaria.documents.cef.account.telling import Telling
from portaria.documents.cef.certified import NAMES
from portaria.documents.cef.paper import COMPONENTS

TITLE = declare("cef-told-title", "{name} ({student}): {outcome}")
TITLE_CLASS = declare("cef-told-title-class", "{name} ({student}, class {class_name}): {outcome}")
SEEN = declare(
    "cef-told-seen", "With the records up to {day}, in year {year} of the course: {sentence}"
)
OUTCOMES = {
    "professional_and_school": declare(
        "cef-told-professional", "the course is concluded, with the qualification and year 9."
    ),
    "school": declare("cef-told-school", "year 9 of schooling, without the qualification."),
    "components": declare(
        "cef-told-components", "a certificate of the components passed: {components}."
    ),
    "statement": declare(
        "cef-told-statement", "a statement of the subjects passed: {subjects}."
    ),
    "none": declare("cef-told-nothing", "nothing to certify yet."),
}  # fmt: skip
NOT_YET = declare(
    "cef-told-not-yet",
    "With the records up to {day}, in year {year} of the course, as if nothing were still to come: "
    "{sentence} The course is not over: its internship begins on {first} at the earliest.",
)
REASONS = {
    "attendance": declare(
        "cef-told-reason-attendance", "In the way of more: attendance below 90 % in a subject."
    ),
    "exclusion": declare(
        "cef-told-reason-exclusion", "In the way of more: an exclusion by the class council."
    ),
    "internship_attendance": declare(
        "cef-told-reason-internship",
        "In the way of more: attendance below 95 % in the internship.",
    ),
}
REASON_PART = declare("cef-told-reason-part", "In the way of more, first: the {part}.")
FINALS = declare(
    "cef-told-finals",
    "To go on to a scientific-humanistic course, the final exams of year 9 are taken.",
)
NEXT = declare("cef-told-next", "For the next better result ({outcome}) is missing:")
PAF_ENOUGH = declare(
    "cef-told-paf-enough", "From level {level} of the PAF on, the course would be concluded."
)
LACK = declare("cef-told-lack", "{part}: {lack}")
LACKS = {
    "units": declare("cef-lack-units", "units that are not done or not graded"),
    "grade": declare("cef-lack-grade", "a grade of 3 or more"),
    "attendance": declare("cef-lack-attendance", "90 % of attendance, out of reach by now"),
    "exclusion": declare("cef-lack-exclusion", "the class council excluded the student"),
    "internship": declare("cef-lack-internship", "the internship"),
    "internship_attendance": declare(
        "cef-lack-internship-attendance", "95 % of attendance in the internship"
    ),
    "internship_grade": declare("cef-lack-internship-grade", "the grade of the internship"),
    "paf_lost": declare(
        "cef-lack-paf-lost", "the PAF, missed without a justification in this year"
    ),
    "paf": declare("cef-lack-paf", "the grade of the PAF"),
}


def outcome_blocks(telling: Telling) -> Iterator[Block]:
    """The title, the outcome with its clause, and what the next better one still asks for."""
    told = telling.told
    named = {"name": told.name, "student": told.student, "class_name": told.class_name}
    title = TITLE_CLASS if told.class_name else TITLE
    yield Block("title", telling.say(title, outcome=Message(NAMES[told.outcome]), **named))
    yield Block("text", " ".join(_outcome(telling)))
    if told.next_outcome:
        yield Block("text", telling.say(NEXT, outcome=Message(NAMES[told.next_outcome])))
        for lack in told.missing:
            part, _, what = lack.rpartition(":")
            words = {"part": _capital(telling.part(part)), "lack": Message(LACKS[what])}
            yield Block("detail", telling.say(LACK, **words))
        if told.paf_to_certify and told.practice.paf is None:
            yield Block("detail", telling.say(PAF_ENOUGH, level=told.paf_to_certify))


def _outcome(telling: Telling) -> Iterator[str]:
    told = telling.told
    passed = (each.name for each in told.subject_grades if each.passed)
    sentence = telling.say(
        OUTCOMES[told.outcome],
        told.clause,
        components=", ".join(telling.say(COMPONENTS[c]).lower() for c in told.components),
        subjects=", ".join(passed),
    )
    days = {"day": told.on, "year": told.course_year, "first": told.final_from}
    yield telling.say(NOT_YET if told.final_from else SEEN, sentence=sentence, **days)
    if told.reason in REASONS:
        yield telling.say(REASONS[told.reason])
    elif told.reason in COMPONENTS:
        yield telling.say(REASON_PART, part=telling.part(told.reason))
    if told.finals and told.final_from is None:
        yield telling.say(FINALS, told.finals_clause)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
