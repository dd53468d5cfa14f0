"""Programmes as candidates look for them: words, place, exams, and what past years asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.plan.requirements import published_requirements
from portaria.regulations.access.plan.years import points
from portaria.regulations.access.published import districts, published, published_years
from portaria.web.access.models import Contest, Programme, SeatResult
from portaria.web.search import begin_in, folded, spaced, words_of


@dataclass(frozen=True)
class PastYear:
    """What a past contest left at a programme. last: of the general quota, None where nobody was
    placed in it; leftover: seats that nobody took. year: None for the phase before."""

    year: int | None
    last: Decimal | None
    leftover: int


@dataclass(frozen=True)
class Offer:
    """A programme of a contest. sets: exam codes of each alternative set; words: to search in."""

    code: str
    course: str
    institution: str
    institution_code: str
    district: str
    subsystem: str
    seats: int
    sets: tuple[tuple[str, ...], ...]
    prerequisite: str
    prerequisite_kind: str
    past: tuple[PastYear, ...]
    words: str

    @property
    def name(self) -> str:
        """Course and institution, or the code alone."""
        return ", ".join(filter(None, (self.course, self.institution))) or self.code

    @property
    def where(self) -> str:
        """Where it is, with its code."""
        return " · ".join(filter(None, (self.institution, self.district, self.code)))

    @property
    def exams(self) -> frozenset[str]:
        """Every exam that one of its sets has."""
        return frozenset(exam for each in self.sets for exam in each)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; an empty field leaves everything."""

    words: str = ""
    district: str = ""
    institution: str = ""
    subsystem: str = ""
    exam: str = ""


def offers(contest: Contest, rows: Iterable[Programme], inputs: Inputs) -> tuple[Offer, ...]:
    """Every programme that can be chosen, by course and institution."""
    sets = _sets(inputs)
    past = _before(contest)
    where = dict(districts().select("institution", "district").iter_rows())
    opened = set(inputs.tables["opened"]["programme"]) if inputs.seats_decided else None
    found = [
        _offer(row, sets, where, past) for row in rows if opened is None or row.programme in opened
    ]
    return tuple(sorted(found, key=lambda o: (folded(o.course), folded(o.institution), o.code)))


def _sets(inputs: Inputs) -> dict[str, tuple[tuple[str, ...], ...]]:
    by_set: dict[str, dict[int, list[str]]] = {}
    rows = inputs.tables["exam_sets"].select("programme", "set", "exam").sort("set", "exam")
    for programme, number, exam in rows.iter_rows():
        by_set.setdefault(programme, {}).setdefault(number, []).append(exam)
    return {code: tuple(map(tuple, each.values())) for code, each in by_set.items()}


def _before(contest: Contest) -> dict[str, PastYear]:
    """What the phase before left, once it is public."""
    before = contest.previous
    if before is None or not before.is_published or before.run_id is None:
        return {}
    return {
        row.programme: PastYear(
            None, None if row.last_grade is None else Decimal(row.last_grade), row.leftover
        )
        for row in SeatResult.objects.filter(run=before.run_id)
    }


@cache
def _published() -> dict[str, tuple[PastYear, ...]]:
    found: dict[str, list[PastYear]] = {}
    for year in reversed(published_years()):
        for code, last, leftover in (
            published(year).select("programme", "last_grade", "leftover").iter_rows()
        ):
            grade = None if last is None else points(last)
            found.setdefault(code, []).append(PastYear(year, grade, leftover or 0))
    return {code: tuple(years) for code, years in found.items()}


def _offer(
    row: Programme,
    sets: Mapping[str, tuple[tuple[str, ...], ...]],
    where: Mapping[str, str],
    past: Mapping[str, PastYear],
) -> Offer:
    course, institution = row.course_name or "", row.institution_name or row.institution or ""
    text = " ".join((course, institution, row.programme))
    before = (past[row.programme],) if row.programme in past else ()
    return Offer(
        code=row.programme,
        course=course,
        institution=institution,
        institution_code=row.institution or "",
        district=row.district or where.get(row.institution or "", ""),
        subsystem=row.subsystem or "",
        seats=row.seats,
        sets=sets.get(row.programme, ()),
        prerequisite=row.prerequisite or "",
        prerequisite_kind=row.prerequisite_kind or "",
        past=before + _published().get(row.programme, ()),
        words=spaced(text),
    )


def search(found: Sequence[Offer], wanted: Wanted) -> list[Offer]:
    """Those whose names have words that begin with every one asked for, and what else is asked."""
    words = words_of(wanted.words)
    return [
        offer
        for offer in found
        if begin_in(words, offer.words)
        and wanted.district in ("", offer.district)
        and wanted.institution in ("", offer.institution_code)
        and wanted.subsystem in ("", offer.subsystem)
        and (not wanted.exam or wanted.exam in offer.exams)
    ]


@cache
def exam_names() -> Mapping[str, str]:
    """The national entrance exams by code."""
    return published_requirements().exam_names


def exam_name(code: str) -> str:
    """An exam by name and code: `Matemática A (19)`; one that is no national one by its code."""
    name = exam_names().get(code)
    return f"{name} ({code})" if name else code
