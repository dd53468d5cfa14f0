"""Article 29/3-6: the notice of the PAF, with who is admitted, where, on which day and when."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.documents.cef import parts, sheets
from portaria.documents.cef.grade_sheets import DIRECTOR
from portaria.documents.cef.paper import NAME, NUMBER, Paper
from portaria.documents.cef.records import Papers
from portaria.documents.records import PAPERS
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.schemas import PRACTICAL

TITLE = declare("cef-paf-notice-title", "Final assessment (PAF): students admitted")
PLACE = declare("cef-paf-notice-place", "Place")
DAY = declare("cef-paf-notice-day", "Day")
HOUR = declare("cef-paf-notice-hour", "Hour")
HOURS = declare("cef-paf-notice-hours", "{start}, to {end} ({minutes} minutes)")
BE_THERE = declare(
    "cef-paf-notice-there", "Be at the room by {at}, {minutes} minutes before the start."
)
COME_LATE = declare(
    "cef-paf-notice-late",
    "Who comes after {at} is not let in; who comes late has no extra time.",
)
COME_LATE_STRICT = declare(
    "cef-paf-notice-late-strict",
    "From {at} on nobody is let in; who comes late has no extra time.",
)
ABSENT = declare(
    "cef-paf-notice-absent",
    "Who is absent for a good reason has it justified by the guardian, to the Director, within two "
    "working days.",
)
ADMITTED = declare(
    "cef-paf-notice-admitted", "Admitted: who did the internship with the attendance it asks for."
)
ADMITTED_NOT_EXCLUDED = declare(
    "cef-paf-notice-not-excluded",
    "Admitted: who did the internship with the attendance it asks for and was not excluded from "
    "the practical component.",
)
NO_PAF = declare(
    "cef-paf-notice-no-day", "the place, day and hour of the PAF are not given: add [paf] to {file}"
)
TOO_LATE = declare(
    "cef-paf-notice-too-late",
    "the notice of a PAF of {day} would be dated {on}, after it: it is posted before the exam",
)


def paf_notice(
    evaluation: Evaluation, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """The notice to post; UsageError where `papers` give no place, day and hour."""
    if papers is None or papers.paf is None:
        raise UsageError(Message(NO_PAF, {"file": PAPERS}))
    paper = Paper(evaluation, papers, lang)
    paf, admitted = papers.paf, sheets.paf_list(evaluation)
    clause = paper.rules.clause
    late = COME_LATE if paper.rules.takes("lateness", "inclusive") else COME_LATE_STRICT
    there, last, end = sheets.paf_hours(paf.at, paper.rules)
    minutes = paper.rules.number("paf_minutes")
    hours = paper.say(HOURS, start=f"{paf.at:%H:%M}", end=f"{end:%H:%M}", minutes=minutes)
    rows = [[key, name] for key, name in paper.students() if key in admitted]
    early = paper.rules.number("paf_early_minutes")
    found = [
        parts.facts(
            (
                (paper.say(PLACE), paf.place),
                (paper.say(DAY), paper.day(paf.at.date())),
                (paper.say(HOUR), hours),
            )
        ),
        parts.bullets(
            (
                paper.say(BE_THERE, clause("paf-presence"), at=f"{there:%H:%M}", minutes=early),
                paper.say(late, clause("paf-lateness"), at=f"{last:%H:%M}"),
                paper.say(ABSENT, clause("paf-absence")),
            )
        ),
        parts.table([paper.say(NUMBER), paper.say(NAME)], ["auto", "1fr"], rows, "rl"),
        parts.signatures(
            [(paper.say(DIRECTOR), papers.school.director or "")], paper.signed_at(evaluation.on)
        ),
    ]
    kept_out = PRACTICAL in evaluation.exclusions["component"]
    admission = paper.say(ADMITTED_NOT_EXCLUDED if kept_out else ADMITTED, clause("paf-admission"))
    foot = [f"{admission} {paper.regulation()}."]
    return paper.page(paper.say(TITLE), paper.subtitle(), found, foot)


def late_notices(evaluation: Evaluation, papers: Papers) -> Iterator[Problem]:
    """29/3: a warning for each class whose PAF is over on the day that its notice would have."""
    admitted = evaluation.practice.filter("admitted")
    for name in sorted(set(admitted["class"])):
        paf, on = papers.of(name).paf, evaluation.on
        if paf is not None and paf.at.date() < on:
            yield Problem(
                PAPERS,
                Message(TOO_LATE, {"day": paf.at.date(), "on": on}),
                column=papers.place_of_paf(name),
                clause=evaluation.course.rules.clause("paf-list"),
                severity="warning",
            )
