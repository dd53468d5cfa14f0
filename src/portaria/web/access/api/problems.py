"""What goes wrong, told to programs as RFC 9457 has it: `application/problem+json`."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from portaria.core.errors import InputError, PortariaError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web.accounts.tokens import TooManyCalls
from portaria.web.pages import say

log = logging.getLogger("portaria")
CONTENT_TYPE = "application/problem+json"
NOT_FOUND = declare("api-not-found", "There is nothing at this address.")
NO_TOKEN = declare("api-no-token", "A token that stands is needed: Authorization: Bearer TOKEN.")
TOO_MANY = declare("api-too-many", "Too many calls: try again in {seconds} seconds.")
INVALID = declare("api-invalid", "The request is not what the schema asks for.")
NOT_UNDERSTOOD = declare("api-not-understood", "The request was not understood.")
FAULT = declare("api-fault", "Something failed here: try again later.")
TOO_LARGE = declare("api-too-large", "The request is too large: divide it.")
WRONG_METHOD = declare("api-wrong-method", "This address does not take this method.")
REFUSED = declare("api-refused", "The request was refused.")


class RowProblem(Schema):
    """One thing wrong with what was sent.

    row: counted from 0 in the list that was sent; column: the field; code: stable.
    """

    code: str
    message: str
    row: int | None = None
    column: str = ""
    value: str | None = None


class ProblemDetails(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(default="about:blank", description="Names the kind of problem.")
    title: str = Field(description="The kind of problem, in English.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, in the language asked for.")
    code: str = Field(description="A stable code of what happened.")
    errors: list[RowProblem] = Field(default=[], description="Everything wrong with what was sent.")


FILES_GONE = {503: ProblemDetails}
"""What else an operation answers that reads the files of a result (`web/gone.py`)."""


def problem(status: int, message: Message, errors: Iterable[RowProblem] = ()) -> HttpResponse:
    """The answer that tells of a problem."""
    told = ProblemDetails(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=say(message),
        code=message.code,
        errors=list(errors),
    )
    answer = HttpResponse(told.model_dump_json(), status=status, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Bearer realm="Portaria"'
    return answer


def row_of(found: Problem) -> RowProblem:
    """A problem of a row, as the API tells it."""
    return RowProblem(
        code=found.code, message=say(found.message), row=found.row, column=found.column,
        value=found.value,
    )  # fmt: skip


def not_there(request: HttpRequest, **arguments: Any) -> HttpResponse:
    """Every address of the API that there is none of."""
    return problem(404, Message(NOT_FOUND))


def add_handlers(api: NinjaAPI) -> None:
    """Tell every error of the API in this one way."""
    answers: dict[type[Exception], Callable[[Any], HttpResponse]] = {
        Http404: lambda _: problem(404, Message(NOT_FOUND)),
        AuthenticationError: lambda _: problem(401, Message(NO_TOKEN)),
        ValidationError: lambda error: problem(422, Message(INVALID), map(_invalid, error.errors)),
        RequestDataTooBig: lambda _: problem(413, Message(TOO_LARGE)),
        TooManyCalls: _too_many,
        HttpError: lambda error: problem(error.status_code, Message(REFUSED)),
        # 422 is for what the schema refuses, 409 for what the records or the rules refuse.
        InputError: lambda error: problem(409, _message(error), map(row_of, error.problems)),
        UsageError: lambda error: problem(409, _message(error)),
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, _handler(answer))


def _handler(answer: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda _request, error: answer(error)


def _too_many(error: TooManyCalls) -> HttpResponse:
    answer = problem(429, Message(TOO_MANY, {"seconds": error.seconds}))
    answer["Retry-After"] = str(error.seconds)
    return answer


def _message(error: PortariaError) -> Message:
    if not isinstance(error.message, Message) or _names_a_folder(error.message):
        log.warning("refused: %s", error)
        return Message(REFUSED)
    return error.message


def _names_a_folder(message: Message) -> bool:
    """Whether a message tells of files of this machine, which concern nobody else."""
    return any(str(settings.DATA) in str(value) for value in message.params.values())


def _invalid(error: dict[str, Any]) -> RowProblem:
    """What Pydantic says of one field; the value itself may be anything and is not sent back."""
    places = [str(each) for each in error["loc"]]
    row = next((int(each) for each in error["loc"] if isinstance(each, int)), None)
    return RowProblem(code=error["type"], message=error["msg"], row=row, column=".".join(places))


def as_problem_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document, its errors with the type of content they really have."""
    plain: dict[str, Any] = json.loads(json.dumps(schema, default=str))
    for path in plain["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and "content" in answer:
                    answer["content"] = {CONTENT_TYPE: answer["content"]["application/json"]}
    return plain
