"""Who is placed in an institution (39/1-2), with what was reported of each since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db.models import Q

from portaria.core.messages import declare
from portaria.regulations.access.lists import InstitutionList, PlacedHere, institution_list
from portaria.web.access.holders import programmes_of
from portaria.web.access.kept_results import folders, opened, results_folder
from portaria.web.access.models import Contest, Enrolment, PlacementResult, Programme, Stage
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.search import folded, stand_in

LIST_READ = declare(
    "log-placed-list-read",
    "Read the list of those placed in {institution} ({title}): {count} candidate.",
    "Read the list of those placed in {institution} ({title}): {count} candidates.",
)
LIST_TAKEN = declare(
    "log-placed-list-taken",
    "Downloaded the list of those placed in {institution} ({title}) as {kind}: {count} candidate.",
    "Downloaded the list of those placed in {institution} ({title}) as {kind}: {count} candidates.",
)
MISSING, ENROLLED, NOT_ENROLLED, CANCELLED = "missing", "enrolled", "not-enrolled", "cancelled"
STATES = (MISSING, ENROLLED, NOT_ENROLLED, CANCELLED)


@dataclass(frozen=True)
class Line:
    """Somebody placed in the institution, or brought there since.

    programme: where the seat is now; placed: what 39/2 asks to tell, None for who came from
    another institution; left: the programme elsewhere to which an exchange or a relocation took
    her. enrolment: None where nothing was reported.
    """

    candidate: str
    name: str
    programme: str
    course: str
    placed: PlacedHere | None
    enrolment: Enrolment | None
    left: str = ""

    @property
    def state(self) -> str:
        """What was reported: one of `STATES`."""
        if self.enrolment is None:
            return MISSING
        if self.enrolment.cancelled:
            return CANCELLED
        return ENROLLED if self.enrolment.enrolled else NOT_ENROLLED


@lru_cache(maxsize=16)
def _list(folder: Path, institution: str) -> InstitutionList:
    """Results never change, so what is read once holds."""
    return institution_list(opened(folder), institution)


def placed_list(contest: Contest, institution: str) -> InstitutionList:
    """The list of 39/1 by the result that holds: with rectifications, without later moves."""
    run = contest.run
    assert run is not None, "a published contest has a result"
    told = _list(results_folder(run), institution)
    corrected = (run.answer or {}).get("corrected", {})
    if not corrected:
        return told
    rows = [row for row in told.placed if row.candidate not in corrected]
    now = PlacementResult.objects.filter(
        run=run, candidate__in=list(corrected), institution=institution, result="placed"
    ).values_list("candidate", flat=True)
    for candidate in now:
        again = _list(folders() / corrected[candidate] / "corrected", institution)
        rows += [row for row in again.placed if row.candidate == candidate]
    rows.sort(key=lambda row: (row.programme, folded(row.name or ""), row.candidate))
    return InstitutionList(told.institution, told.name, told.clause, tuple(rows))


def lines(contest: Contest, institution: str) -> list[Line]:
    """Everybody placed there and everybody brought there, by programme and name."""
    told = placed_list(contest, institution)
    here = set(programmes_of(contest, institution))
    hers = Q(candidate__in=[row.candidate for row in told.placed]) | Q(programme__in=here)
    reports = {row.candidate: row for row in Enrolment.objects.filter(hers, contest=contest)}
    found = []
    for row in told.placed:
        enrolment = reports.get(row.candidate)
        now = (enrolment and enrolment.programme) or row.programme
        found.append(
            Line(
                row.candidate, row.name or "", now if now in here else row.programme, row.course,
                row, enrolment, "" if now in here else now,
            )
        )  # fmt: skip
    there = {row.candidate for row in told.placed}
    found += _brought(contest, here, [r for c, r in reports.items() if c not in there])
    return sorted(found, key=lambda line: (line.programme, folded(line.name), line.candidate))


def _brought(contest: Contest, here: set[str], reports: Iterable[Enrolment]) -> list[Line]:
    moved = {row.candidate: row for row in reports if row.programme in here}
    people = PlacementResult.objects.filter(run=contest.run, candidate__in=list(moved))
    names = dict(people.values_list("candidate", "name"))
    courses = dict(
        Programme.objects.filter(contest=contest, programme__in=here).values_list(
            "programme", "course_name"
        )
    )
    return [
        Line(
            candidate, names.get(candidate) or "", row.programme or "",
            courses.get(row.programme or "") or "", None, row,
        )
        for candidate, row in moved.items()
    ]  # fmt: skip


def kept_of(
    found: Sequence[Line], words: str = "", programme: str = "", state: str = ""
) -> list[Line]:
    """Those whose name, code or identification has the words, in a programme, in a state."""
    return [
        line
        for line in found
        if (not programme or line.programme == programme)
        and (not state or line.state == state)
        and stand_in(
            words, line.name, line.candidate, line.placed.civil_id if line.placed else None
        )
    ]


@dataclass(frozen=True)
class Counts:
    """How many of a programme are placed there now, and what was reported of them."""

    programme: str
    course: str
    placed: int
    missing: int
    enrolled: int
    not_enrolled: int
    cancelled: int


def counts(found: Sequence[Line]) -> list[Counts]:
    """By programme, without those who left."""
    names = {line.programme: line.course for line in found}
    rows = []
    for programme in sorted(names):
        states = [each.state for each in found if each.programme == programme and not each.left]
        rows.append(
            Counts(
                programme, names[programme], len(states),
                *(states.count(state) for state in STATES),
            )
        )  # fmt: skip
    return rows


def tell_read(
    contest: Contest,
    institution: str,
    user: User | None,
    count: int,
    kind: str = "",
    actor: str = "",
) -> None:
    """Log that somebody read the list on screen, or took it as a file of this kind."""
    params = {"institution": institution, "title": contest.title, "count": count}
    code = LIST_READ
    if kind:
        code, params["kind"] = LIST_TAKEN, kind
    record(user, code, params, contest=contest.key, actor=actor)


def published(institution: str = "") -> list[Contest]:
    """The contests whose result an institution may see, the latest first."""
    found = Contest.objects.filter(stage=Stage.PUBLISHED, run__isnull=False)
    if institution:
        offered = Programme.objects.filter(institution=institution).values("contest")
        found = found.filter(pk__in=offered)
    return list(found.order_by("-published_at", "-pk"))


def institution_names(codes: Iterable[str] | None = None) -> dict[str, str]:
    """The name of each institution in published contests, by code; all of them for None."""
    rows = Programme.objects.filter(contest__stage=Stage.PUBLISHED, institution__isnull=False)
    if codes is not None:
        rows = rows.filter(institution__in=list(codes))
    pairs = rows.order_by("institution", "contest").values_list("institution", "institution_name")
    return {code: name or code for code, name in pairs.distinct()}
