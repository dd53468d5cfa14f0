"""The way of a contest: each step once, in order, by its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access import publication as acts
from portaria.web.access.models import Contest, Run, Stage
from portaria.web.access.models.run import Job
from web.making import placed

pytestmark = pytest.mark.django_db

STEPS = ("open_contest", "close_contest", "ratify", "publish")


def code_of(error: pytest.ExceptionInfo[UsageError]) -> str:
    return str(error.value.message.code)  # type: ignore[union-attr]


@pytest.mark.parametrize("stage", [*Stage])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_out_of_its_stage_is_refused(
    closed_contest: Contest, user_with: Callable[..., Any], stage: Stage, step: str
) -> None:
    may = {
        "open_contest": [Stage.PREPARING], "close_contest": [Stage.PREPARING, Stage.OPEN],
        "ratify": [Stage.SENT], "publish": [Stage.RATIFIED],
    }[step]  # fmt: skip
    user = user_with("office")
    run = placed(closed_contest, user)
    later = timezone.now() + timedelta(hours=1) if step == "open_contest" else None
    Contest.objects.update(stage=stage, run=run, **({"closes_at": later} if later else {}))
    if stage in may:
        getattr(acts, step)(closed_contest, user)
        return
    with pytest.raises(UsageError) as error:
        getattr(acts, step)(closed_contest, user)
    assert code_of(error) == acts.WRONG_STAGE
    closed_contest.refresh_from_db()
    assert closed_contest.stage == stage


def test_only_a_placement_of_the_contest_that_ended_is_sent(
    closed_contest: Contest, user_with: Callable[..., Any]
) -> None:
    user = user_with("office")
    good = {"contest": closed_contest, "kind": Run.Kind.PLACEMENT, "started_by": user,
            "state": Job.State.DONE, "digest": "0" * 64}  # fmt: skip
    for wrong in (
        {"kind": Run.Kind.WHAT_IF}, {"state": Job.State.RUNNING}, {"digest": ""},
        {"kind": Run.Kind.VERIFICATION}, {"state": Job.State.FAILED},
    ):  # fmt: skip
        run = Run.objects.create(**(good | wrong))
        with pytest.raises(UsageError) as error:
            acts.send(closed_contest, run, user)
        assert code_of(error) == acts.NOT_A_PLACEMENT


def test_complaints_and_enrolment_run_side_by_side(
    contest: Contest, user_with: Callable[..., Any]
) -> None:
    now = timezone.now()
    end = now + timedelta(days=30)
    acts.set_calendar(
        contest, user_with("office"),
        {
            "opens_at": now, "closes_at": now + timedelta(days=9),
            "results_at": now + timedelta(days=20), "complaints_until": end,
            "enrolment_until": end, "public_until": now + timedelta(days=300),
        },
    )  # fmt: skip
    for wrong in ("complaints_until", "enrolment_until", "public_until"):
        with pytest.raises(UsageError) as error:
            acts.set_calendar(contest, user_with("office"), {wrong: now + timedelta(days=15)})
        assert code_of(error) == acts.CALENDAR_ORDER


def test_publishing_is_one_moment_for_everybody(
    closed_contest: Contest, user_with: Callable[..., Any]
) -> None:
    placed(closed_contest, user_with("office"))
    director = user_with("director")
    acts.ratify(closed_contest, director)
    before = timezone.now()
    acts.publish(closed_contest, director)
    closed_contest.refresh_from_db()
    assert closed_contest.is_public
    assert closed_contest.published_at is not None
    assert before <= closed_contest.published_at <= timezone.now()
    with pytest.raises(UsageError):
        acts.rename(closed_contest, director, "Outro")
    with pytest.raises(UsageError):
        acts.set_calendar(closed_contest, director, {})
