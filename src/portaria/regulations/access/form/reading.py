"""The account of a form: every option as the engine would decide it, before it is decided."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portaria.core.errors import ConfigurationError
from portaria.core.rounding import without_zeros
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.candidate import readings_in_force
from portaria.regulations.access.explain.hearings import asked_at
from portaria.regulations.access.explain.terms import arithmetic, corrections, exam_sets
from portaria.regulations.access.form.account import (
    INVALID,
    REPEATED,
    UNKNOWN,
    VALID,
    FormAccount,
    FormOption,
    QuotaAsked,
    Stands,
)
from portaria.regulations.access.form.claims import claims
from portaria.regulations.access.form.few import clause_of, has_grade, state_of
from portaria.regulations.access.form.read import Read, read
from portaria.regulations.access.form.written import (
    Option,
    gaps,
    gradable,
    most_options,
    written,
)
from portaria.regulations.access.grades import EXAM_PART_PLACES
from portaria.regulations.access.plan.missing import missing
from portaria.regulations.access.plan.years import points
from portaria.regulations.access.quotas import form_order_in_force
from portaria.regulations.access.reasons import REASONS

Row = dict[str, Any]
TOLD = (
    "option-limit", "invalid-option-as-not-written", "exams-taken", "exam-minimum", "foreign-exam",
    "prerequisite", "documentary-prerequisite", "grade-minimum", "secondary-grade",
    "secondary-grade-sport", "secondary-grade-two-cycles", "application-grade",
    "application-grade-with-prerequisite", "special-quotas", "quota-rounding", "preference-size",
    "omitted-means-none", "regional-claim", "islands-first-ground-first",
)  # fmt: skip
"""The rules whose clauses an account gives beside those of its options."""


def account(contest: Contest) -> FormAccount:
    """The account of the only candidate of `contest` (`from_frames.person_contest`).

    The form may be unfinished: no options, programmes unknown or repeated, orders left out. All
    that is told of an option is what placing this very form would decide (7/1, 10, 11, 16 to 19,
    21, 33, 34). ConfigurationError where the contest has not one candidate.
    """
    people = contest.tables["candidates"]
    if people.height != 1:
        raise ConfigurationError(f"a form is of one candidate; the contest has {people.height}")
    person = people.row(0, named=True)
    options = written(contest)
    form = read(gradable(contest, options))
    told = tuple(_option(each, form, person) for each in options)
    edition = contest.edition
    most = most_options(edition)
    return FormAccount(
        candidate=person["candidate"],
        edition=edition.name,
        edition_title=edition.title,
        language=edition.language,
        phase=contest.phase,
        readings=readings_in_force(contest),
        excluded=person["excluded"],
        options=told,
        written=len(options),
        most=most,
        too_many=most is not None and len(options) > most,
        unknown=tuple(each.order for each in told if each.state == UNKNOWN),
        repeated=tuple(each.order for each in told if each.state == REPEATED),
        gaps=gaps(options),
        claims=claims(form, person, told),
        held=form.held,
        clauses={name: edition.clause(name) for name in TOLD if edition.has(name)},
        corrections=corrections(edition, (each.arithmetic for each in told)),
    )


def _option(option: Option, form: Read, person: Row) -> FormOption:
    if option.first is not None:
        return FormOption(option.order, option.programme, REPEATED, option.first)
    if not option.known:
        return FormOption(option.order, option.programme, UNKNOWN)
    contest, row = form.contest, form.options[option.order]
    programme = form.programmes[option.programme]
    sets = exam_sets(contest, option.programme)
    state, graded, reason = state_of(row), has_grade(row), row["reason"]
    grade = points(row["tenths"]) if graded else None
    return FormOption(
        order=option.order,
        programme=option.programme,
        state=state,
        course=programme["course_name"] or "",
        institution=programme["institution_name"] or programme["institution"] or "",
        reason=reason,
        rule=REASONS[reason].rule if reason else "",
        clause=clause_of(row, person, form.clauses),
        keeps_place=state == INVALID and form.places_matter,
        seats=form.seats.get(option.programme),
        sizes=form.sizes.get(option.programme, ()),
        min_exam=without_zeros(programme["min_exam"]),
        min_grade=without_zeros(programme["min_grade"]),
        prerequisite=programme["prerequisite"],
        prerequisite_kind=programme["prerequisite_kind"],
        at_enrolment=_at_enrolment(contest, programme),
        sets=sets,
        exam_set=row["exam_set"] if graded else None,
        arithmetic=arithmetic(contest, person, programme, sets, row | {"grade": grade})
        if graded
        else None,
        grade=grade,
        exam_part=without_zeros(Decimal(row["exam_points"]).scaleb(-EXAM_PART_PLACES))
        if graded
        else None,
        missing=missing(row, programme, sets) if state == INVALID else None,
        quotas=_quotas(option, form) if state == VALID and contest.phase == 1 else (),
    )


def _at_enrolment(contest: Contest, programme: Row) -> str:
    rule = "documentary-prerequisite"
    documentary = programme["prerequisite_kind"] == "documentary"
    return contest.edition.clause(rule) if documentary and contest.edition.has(rule) else ""


def _quotas(option: Option, form: Read) -> tuple[QuotaAsked, ...]:
    """Each quota asked for; what stops it is told with the place it has in the form."""
    sizes = {size.quota: size.seats for size in form.sizes[option.programme]}
    orders = {row["programme"]: order for order, row in form.options.items()}
    found = []
    for asked in asked_at(form, option.order, form_order_in_force(form.contest)):
        if asked.why_not == "form_order":
            codes = [form.options[int(order)]["programme"] for order in asked.because]
        else:
            codes = list(asked.because)
        found.append(
            QuotaAsked(
                asked.quota,
                not asked.why_not,
                asked.rule,
                form.contest.edition.clause(asked.rule),
                sizes.get(asked.quota, 0),
                asked.later,
                asked.why_not,
                tuple(Stands(code, orders.get(code)) for code in codes),
            )
        )
    return tuple(found)
