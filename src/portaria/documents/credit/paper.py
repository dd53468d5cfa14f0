"""What the three documents share: who asks, for what, how it stands, and how a page is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portaria.core.messages import declare
from portaria.documents.credit import parts
from portaria.documents.credit.item_lines import LAST_DAY, missing_lines
from portaria.documents.credit.limits import (
    cap_row,
    choice_lines,
    choices_of,
    held_line,
    held_row,
    held_sums,
)
from portaria.documents.credit.notes import closing_line
from portaria.documents.credit.parts import Part
from portaria.documents.credit.telling import Told, source_of, total_of
from portaria.documents.credit.words import CYCLES, REQUEST_OUTCOMES
from portaria.documents.glyphs import fit
from portaria.documents.pdf import pdf
from portaria.regulations.credit.assess import Decision
from portaria.regulations.credit.request import Item

STUDENT = declare("credit-page-student", "Student")
NUMBERED = declare("credit-page-numbered", "{name}, no. {number}")
COURSE = declare("credit-page-course", "Course")
SCHOOL = declare("credit-page-school", "School")
INSTITUTION = declare("credit-page-institution", "Institution")
DEGREE = declare("credit-page-degree", "Degree")
DEGREE_VALUE = declare("credit-page-degree-value", "{cycle}, {credits} ECTS")
MASTER_VALUE = declare(
    "credit-page-master-value", "{cycle}, {credits} ECTS, of which {course} of the course"
)
YEAR = declare("credit-page-year", "Year that starts on")
ASKED = declare("credit-page-asked", "Request of")
NOTHING_YET = declare("credit-page-nothing", "Nothing is granted yet.")
LATE_ITEMS = declare("credit-page-late-items", "Asked for too late: {items}.")
IF_MENDED = declare(
    "credit-page-if-mended",
    "What stands below says what may be granted once that is mended, and no more.",
)
OPTION = declare("credit-page-option", "{number}. {option}")
OTHER_CHOICE = declare("credit-page-other-choice", "another choice, with its reasons:")
CHOICE = declare("credit-page-choice", "{name}. {sentence}")
CAP_HEADER = tuple(
    declare(f"credit-page-cap-{name}", english)
    for name, english in (
        ("kind", "Kind"),
        ("limit", "Limit"),
        ("before", "Before"),
        ("asked", "Asked for"),
        ("fixed", "Fixed now"),
        ("clause", "Clause"),
    )
)
TOTAL = declare("credit-page-total", "Total")
PLAIN = declare("credit-page-plain", "{value}")
FOR_AREA = declare("credit-page-area", "{name} (for a scientific area)")
NO_MORE = declare("credit-page-no-more", "–")
PREPARED = declare("credit-page-prepared", "The program prepares, people decide.")
READY = declare("credit-page-ready", "{title} · {student}")
MOST_OF_NAME = 60
"""Characters of a name at the foot of every page."""


def page(
    told: Told, title: str, subtitle: str, found: Iterable[Part], foot: Sequence[str]
) -> bytes:
    """The PDF of a document; `foot`: what stands small at its end."""
    student = told.request.student
    footer = title
    if student is not None:
        cut = student.name[:MOST_OF_NAME] + "…" * (len(student.name) > MOST_OF_NAME)
        footer = told.say(READY, title=title, student=cut)
    data = {
        "title": title,
        "subtitle": subtitle,
        "footer": f"{footer} · {told.say(PREPARED)}",
        "parts": [*found],
        "foot": [*foot, closing_line(told)],
    }
    return pdf("credit", fit(data), told.lang)


def subtitle_of(told: Told) -> str:
    """The rule set, which the whole page rests on."""
    return told.rules.edition.title


def case_facts(told: Told) -> Part:
    """Who asks for what; what is not given is a line to fill."""
    request, student, course = told.request, told.request.student, told.request.course
    name = "" if student is None else student.name
    if student is not None and student.number is not None:
        name = told.say(NUMBERED, name=student.name, number=student.number)
    cycle = told.say(CYCLES[request.degree.cycle])
    degree = {"cycle": cycle[:1].upper() + cycle[1:], "credits": request.degree.credits}
    master = request.degree.course_credits
    rows = (
        (STUDENT, name),
        (COURSE, course.name if course else ""),
        (SCHOOL, (course.school if course else "") or ""),
        (INSTITUTION, (course.institution if course else "") or ""),
        (
            DEGREE,
            told.say(DEGREE_VALUE, **degree)
            if master is None
            else told.say(MASTER_VALUE, course=master, **degree),
        ),
        (YEAR, told.say(PLAIN, value=request.year_start)),
        (ASKED, told.say(PLAIN, value=request.submitted_on)),
    )
    return parts.facts((told.say(label), value) for label, value in rows)


def standing(told: Told, missing: bool = True) -> Iterator[Part]:
    """In bold that nothing is granted, where the request is late or incomplete; `missing`: with
    the documents that lack, for a page that does not name them elsewhere."""
    outcome = told.assessment.outcome
    if outcome == "complete":
        return
    lines = [told.say(REQUEST_OUTCOMES[outcome])]
    if outcome == "late":
        late = [e.facts.item.id for e in told.assessment.items if e.facts.late]
        if len(late) < len(told.items):
            lines.append(told.say(LATE_ITEMS, items=", ".join(map(told.named, late))))
        last = told.assessment.deadlines.request_by
        if last is not None:
            clause = told.rules.clause("request-deadline")
            lines.append(told.say(LAST_DAY, clause, day=last.last_day))
    lines += missing_lines(told) if missing else []
    lines.append(told.say(IF_MENDED))
    yield parts.banner(told.say(NOTHING_YET), lines)


def unit(told: Told, decision: Decision) -> Part:
    """The unit asked for, and under it what is offered for it."""
    item = decision.facts.item
    offered = [source_of(item)] if item.target else []
    return parts.cell(
        unit_name(told, item), [*filter(None, offered), told.short_origin(item.origin)], strong=True
    )


def unit_name(told: Told, item: Item) -> str:
    """The unit asked for; without one, what is offered for an area."""
    return item.target or told.say(FOR_AREA, name=item.name or item.id)


def credits_cell(told: Told, decision: Decision) -> str:
    """The credits that are fixed, or a dash."""
    return told.say(NO_MORE) if decision.credits is None else told.number(decision.credits)


def grade_cell(told: Told, decision: Decision) -> str:
    """The grade that is fixed, or a dash."""
    grade = decision.grade.grade
    return told.say(NO_MORE) if grade is None else str(grade)


def choice_parts(told: Told) -> Iterator[Part]:
    """What the council chooses from, to tick, and room for another choice."""
    for name, choice in choices_of(told):
        sentence, options = choice_lines(told, choice)
        yield parts.text(told.say(CHOICE, name=name, sentence=sentence))
        numbered = [
            told.say(OPTION, number=number, option=option)
            for number, option in enumerate(options, 1)
        ]
        yield parts.boxes([*numbered, told.say(OTHER_CHOICE)])
        yield parts.lines("", 1)


def cap_parts(told: Told) -> Iterator[Part]:
    """The limits as a table, and the sums that are passed in words."""
    yield _cap_table(told)
    for held in held_sums(told):
        if held.excess:
            yield parts.text(held_line(told, held))


def _cap_table(told: Told) -> Part:
    """Each limit that something counts under: spent, asked and fixed; and the total."""
    rows = [cap_row(told, cap) for cap in told.assessment.caps if cap.asked or cap.spent]
    rows += [held_row(told, held) for held in held_sums(told) if held.asked or held.spent]
    total = told.number(total_of(told.assessment.items))
    last: list[str | Part] = [
        parts.cell(told.say(TOTAL), strong=True), "", "", "", parts.cell(total, strong=True), "",
    ]  # fmt: skip
    header = [told.say(code) for code in CAP_HEADER]
    widths = ("4fr", "3.4fr", "auto", "auto", "auto", "auto")
    return parts.table(header, widths, [*rows, last], right=(2, 3, 4))
