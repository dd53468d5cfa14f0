"""The API against its own OpenAPI document, with calls that a machine makes up."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone

schemathesis = pytest.importorskip("schemathesis")

from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from portaria.web.access import holders  # noqa: E402
from portaria.web.access.api.urls import openapi  # noqa: E402
from portaria.web.access.models import Contest  # noqa: E402
from portaria.web.accounts import tokens  # noqa: E402
from portaria.web.accounts.models import User  # noqa: E402
from portaria.web.wsgi import application  # noqa: E402

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("PORTARIA_API_EXAMPLES", "12"))

RUNS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
HERE = "9001"


def loaded() -> schemathesis.BaseSchema:
    """The document as it is served."""
    schema = schemathesis.openapi.from_dict(openapi())
    schema.app = application
    return schema


def operations() -> list[str]:
    """The name of each operation."""
    return [each.ok().definition.raw["operationId"] for each in loaded().get_all_operations()]


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """The calls are of this test's transaction: its connection is not closed between them."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def text(
    published: Contest,
    user_with: Callable[..., User],
    monkeypatch: pytest.MonkeyPatch,
    _one_connection: None,
) -> str:
    """A token with every scope, that may call as often as it likes."""
    for name in ("CALLS", "WRONG"):
        monkeypatch.setattr(tokens, name, getattr(tokens, name)._replace(most=1_000_000))
    expires = timezone.now() + timedelta(days=1)
    return tokens.issue(user_with("administrator"), "test", HERE, tuple(tokens.SCOPES), expires)[1]


def there(case: schemathesis.Case, contest: Contest) -> None:
    """Make a call reach the contest that there is, and somebody placed there."""
    if "contest" in case.path_parameters:
        case.path_parameters["contest"] = contest.key
    if "candidate" in case.path_parameters:
        case.path_parameters["candidate"] = sorted(holders.students(contest, HERE))[0]


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
@pytest.mark.parametrize("name", operations())
def test_every_answer_conforms(
    published: Contest, text: str, name: str, mode: schemathesis.GenerationMode
) -> None:
    operation = loaded().find_operation_by_id(name)

    @RUNS
    @given(case=operation.as_strategy(generation_mode=mode), reach=st.booleans())
    def check(case: schemathesis.Case, reach: bool) -> None:
        if reach and mode.is_positive:
            there(case, published)
        case.call_and_validate(headers={"Authorization": f"Bearer {text}"})

    check()


@pytest.mark.parametrize("name", operations())
def test_without_a_token_nothing_of_an_institution_is_answered(
    published: Contest, text: str, name: str
) -> None:
    operation = loaded().find_operation_by_id(name)
    public = not operation.definition.raw.get("security")

    @RUNS
    @given(case=operation.as_strategy())
    def check(case: schemathesis.Case) -> None:
        there(case, published)
        answer = case.call(headers={})
        assert answer.status_code < 500
        assert public or answer.status_code == 401

    check()
