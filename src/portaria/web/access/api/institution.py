"""What an institution's own system reads and reports, by a token of that institution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.web.access import enrolments, placed_lists
from portaria.web.access.api.conditional import PRIVATE, tagged, unchanged
from portaria.web.access.api.problems import (
    FILES_GONE,
    INVALID,
    ProblemDetails,
    RowProblem,
    problem,
    row_of,
)
from portaria.web.access.api.schemas import (
    Code,
    EnrolmentIn,
    EnrolmentOut,
    EnrolmentsIn,
    KeptOut,
    Key,
    Page,
    Paging,
    PlacementOut,
    TokenOut,
    UnreadRow,
    page_of,
)
from portaria.web.access.api.security import Token, actor, token_of
from portaria.web.access.enrolment_checks import Reported, problems_of
from portaria.web.access.holders import programmes_of, students
from portaria.web.access.models import Contest, Enrolment, Stage
from portaria.web.accounts.models import ApiToken
from portaria.web.accounts.tokens import ENROLMENTS_READ, ENROLMENTS_WRITE, PLACEMENTS_READ

router = Router(tags=["institution"])
ANY = dict.fromkeys((400, 401, 403, 422, 429), ProblemDetails)
WRONG = ANY | {404: ProblemDetails}
WRITE_WRONG = WRONG | dict.fromkeys((409, 413), ProblemDetails)


def own(key: str, token: ApiToken) -> Contest:
    """A published contest with programmes of the token's institution; else there is nothing."""
    found = get_object_or_404(
        Contest.objects.select_related("run"), key=key, stage=Stage.PUBLISHED, run__isnull=False
    )
    if not programmes_of(found, token.institution):
        raise Http404
    return found


@router.get("/token", response={200: TokenOut, **ANY}, auth=Token(), operation_id="get_token")
def token(request: HttpRequest) -> ApiToken:
    """The token that calls: its institution, its scopes, and until when it stands."""
    return token_of(request)


@router.get(
    "/contests/{contest}/placements",
    response={200: Page[PlacementOut], 304: None, **WRONG, **FILES_GONE},
    auth=Token(PLACEMENTS_READ),
    operation_id="list_placements",
)
def placements(
    request: HttpRequest, response: HttpResponse, contest: Key, paging: Query[Paging]
) -> Any:
    """The candidates placed in the institution, by programme and name. Reading it is logged.

    Scope: placements:read.
    """
    caller = token_of(request)
    found = own(contest, caller)
    assert found.run is not None, "`own` has seen to it"
    parts = (found.run.digest, found.run.pk, caller.institution, paging.page, paging.size)
    tag = tagged(response, PRIVATE, "placements", *parts)
    if same := unchanged(request, response, tag):
        return same
    page = page_of(placed_lists.placed_list(found, caller.institution).placed, paging)
    count = len(page["items"])
    placed_lists.tell_read(found, caller.institution, None, count, "API", actor(caller))
    return page


def _reported(contest: Contest, token: ApiToken) -> Any:
    here = list(students(contest, token.institution))
    return Enrolment.objects.filter(contest=contest, candidate__in=here).order_by("candidate")


@router.get(
    "/contests/{contest}/enrolments",
    response={200: Page[EnrolmentOut], **WRONG},
    auth=Token(ENROLMENTS_READ),
    operation_id="list_enrolments",
)
def listed(request: HttpRequest, contest: Key, paging: Query[Paging]) -> dict[str, Any]:
    """What is reported of those who have a seat in the institution, by candidate.

    Scope: enrolments:read.
    """
    caller = token_of(request)
    return page_of(_reported(own(contest, caller), caller), paging)


@router.get(
    "/contests/{contest}/enrolments/{candidate}",
    response={200: EnrolmentOut, **WRONG},
    auth=Token(ENROLMENTS_READ),
    operation_id="get_enrolment",
)
def one(request: HttpRequest, contest: Key, candidate: Code) -> Enrolment:
    """What is reported of one candidate. Scope: enrolments:read."""
    caller = token_of(request)
    found: Enrolment = get_object_or_404(
        _reported(own(contest, caller), caller), candidate=candidate
    )
    return found


@router.put(
    "/contests/{contest}/enrolments/{candidate}",
    response={200: EnrolmentOut, **WRITE_WRONG},
    auth=Token(ENROLMENTS_WRITE),
    operation_id="put_enrolment",
)
def put(request: HttpRequest, contest: Key, candidate: Code, body: EnrolmentIn) -> Enrolment:
    """Report one candidate; the same again changes nothing. Scope: enrolments:write."""
    caller = token_of(request)
    found = own(contest, caller)
    if candidate not in students(found, caller.institution):
        raise Http404
    row = Reported(candidate, body.enrolled, body.enrolled_on, body.cancelled)
    enrolments.report(found, caller.institution, [row], None, actor(caller))
    return Enrolment.objects.get(contest=found, candidate=candidate)


@router.put(
    "/contests/{contest}/enrolments",
    response={200: KeptOut, **WRITE_WRONG},
    auth=Token(ENROLMENTS_WRITE),
    operation_id="put_enrolments",
)
def put_many(request: HttpRequest, contest: Key, body: EnrolmentsIn) -> Any:
    """Report many: all are kept, or none, with everything wrong by row and field.

    Scope: enrolments:write. Candidates that are not in the list stay as they are.
    """
    caller = token_of(request)
    rows = [
        Reported(each.candidate, each.enrolled, each.enrolled_on, each.cancelled, number)
        for number, each in enumerate(body.enrolments)
    ]
    found = own(contest, caller)
    unread = {n: row for n, row in enumerate(body.enrolments) if isinstance(row, UnreadRow)}
    if unread:
        wrong = problems_of(found, caller.institution, rows)
        return problem(422, Message(INVALID), _told(unread, wrong))
    return enrolments.report(found, caller.institution, rows, None, actor(caller))


def _told(unread: Mapping[int, UnreadRow], wrong: Iterable[Problem]) -> list[RowProblem]:
    """What the schema refuses in rows and what the records refuse in all of them, by row."""
    told = [
        RowProblem(
            code=each["type"], message=each["msg"], row=number,
            column=".".join(map(str, each["loc"])),
        )
        for number, row in unread.items()
        for each in row.wrong
    ]  # fmt: skip
    told += [
        row_of(each)
        for each in wrong
        if (row := unread.get(each.row or 0)) is None or each.column not in row.unread
    ]
    return sorted(told, key=lambda each: each.row or 0)
