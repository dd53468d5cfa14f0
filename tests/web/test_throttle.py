"""What is counted before somebody has to wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from portaria.web.throttle import MINUTE, Limit

pytestmark = pytest.mark.django_db
TWICE = Limit("test", 2, MINUTE)


def test_the_third_waits_until_the_time_of_the_first_is_over() -> None:
    now = timezone.now()
    assert TWICE.take("a", now) == TWICE.wait("a", now) == 0
    assert TWICE.take("a", now + timedelta(seconds=40)) == 0
    assert TWICE.take("a", now + timedelta(seconds=50)) == 10
    assert TWICE.wait("a", now + timedelta(seconds=50)) == 10
    assert TWICE.take("a", now + timedelta(seconds=60)) == 0


def test_a_refused_try_does_not_make_the_wait_longer() -> None:
    now = timezone.now()
    for _again in range(5):
        TWICE.take("a", now)
    assert TWICE.wait("a", now + timedelta(seconds=59)) == 1
    assert TWICE.wait("a", now + timedelta(seconds=60)) == 0


def test_everybody_and_everything_is_counted_apart() -> None:
    for _again in range(2):
        TWICE.take("a")
    assert TWICE.wait("a") > 0
    assert TWICE.wait("b") == Limit("other", 2, MINUTE).wait("a") == 0


def test_a_counter_lasts_as_long_as_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    lasting = []
    monkeypatch.setattr(cache, "set", lambda _key, _value, timeout: lasting.append(timeout))
    Limit("test", 2, 86_400).take("a")
    assert lasting == [86_400]
