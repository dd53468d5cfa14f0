"""Working days: every case, what always holds, and the engine beside it."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from portaria.core import deadline as engine
from reference.cases import check, named, read_cases, shows, without_a_case

from . import (
    READINGS,
    add,
    before,
    between,
    easter,
    extra_days_of,
    holidays,
    is_working,
    of_hours,
)

QUESTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (add, before, between, easter, extra_days_of, holidays, is_working, of_hours)
}
ALL = read_cases(__file__)
SEEDS = range(200)
ONE = timedelta(days=1)


@pytest.mark.parametrize("case", **named(ALL))
def test_case(case: dict[str, Any]) -> None:
    check(case, QUESTIONS)


def test_every_rule_and_question_has_a_case() -> None:
    assert without_a_case(ALL, {"CAL-01", "CAL-87", "CAL-88", "CAL-before", "CAL-easter"}) == set()
    assert {case["call"] for case in ALL} == set(QUESTIONS)


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_has_a_case(name: str) -> None:
    assert shows(ALL, QUESTIONS, READINGS, name)


def random_count(seed: int) -> dict[str, Any]:
    rng = Random(seed)
    start = date(2009, 1, 1) + rng.randrange(365 * 17) * ONE
    near = [start + rng.randrange(40) * ONE for _ in range(rng.randrange(7))]
    cut = rng.randrange(len(near) + 1)
    return {
        "start": start,
        "days": rng.choice((1, 2, 3, 5, 10, 15, 30, 90)),
        "municipal": near[:cut],
        "closures": near[cut:],
        "policy": {"municipal_day": rng.choice(READINGS["municipal_day"].choices)},
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_what_always_holds(seed: int) -> None:
    given = random_count(seed)
    found = add(**given)
    last, start, policy = found["date"], given["start"], given["policy"]
    passed = [row["date"] for row in found["skipped"]]
    assert passed == sorted(set(passed))
    assert all(start < day < last for day in passed)
    nominal = found["moved_from"] or last
    assert between(start, nominal, given["municipal"], policy) == given["days"]
    assert is_working(last)
    assert last not in (*given["municipal"], *given["closures"])
    longer = add(**{**given, "days": given["days"] + 1})
    assert longer["date"] >= last
    assert add(**{**given, "closures": ()})["date"] <= last
    assert add(**{**given, "municipal": ()})["date"] <= last or given["closures"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_engine_counts_alike(seed: int) -> None:
    """Forwards, backwards, and with the reading of the municipal holiday that is not in force."""
    given = random_count(seed)
    municipal = (engine.OnDates(frozenset(given["municipal"])),) if given["municipal"] else ()
    calendar = engine.ServiceCalendar(
        municipal,
        frozenset(given["closures"]),
        engine.MunicipalReading(given["policy"]["municipal_day"]),
    )
    both = (
        (add(**given), engine.add_days(given["start"], given["days"], calendar)),
        (
            before(
                given["start"], *(given[k] for k in ("days", "municipal", "closures", "policy"))
            ),
            engine.latest_before(given["start"], given["days"], calendar),
        ),
    )
    for found, other in both:
        assert found["date"] == other.last_day
        assert found["moved_from"] == other.moved_from
        assert found["alternative"] == other.alternative_last_day
        rows = [{"date": s.date, "reason": s.reason.value} for s in other.skipped]
        assert found["skipped"] == rows


@pytest.mark.parametrize("year", range(2008, 2028))
def test_the_engine_has_the_same_holidays(year: int) -> None:
    assert sorted(holidays(year).values()) == list(engine.national_holidays(year))
    assert len(holidays(year)) == (9 if year in (2013, 2014, 2015) else 13)


@pytest.mark.parametrize("seed", range(60))
def test_days_fixed_by_law_like_the_engine(seed: int) -> None:
    rng = Random(seed)
    start = date(2010, 1, 1) + rng.randrange(5000) * ONE
    days = rng.randrange(150, 220)
    other = engine.add_days(start, days, fixed_by_law=True)
    assert add(start, days, fixed_by_law=True)["date"] == other.last_day
