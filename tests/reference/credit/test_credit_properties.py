"""What holds for every request: caps, more room never gives less, order, exact numbers."""

from contextlib import suppress
from copy import deepcopy
from fractions import Fraction
from itertools import chain, combinations
from random import Random
from typing import Any

import pytest

from . import READINGS, Assessment, BadRequest, assess
from .exact import written
from .grounds import REFUSED
from .random_requests import FAULTS, fault_of, random_request
from .reasons import REASONS, WARNINGS

Row = dict[str, Any]

SEEDS = range(150)
LAST_FOUR = ("non_degree", "cet", "other", "experience")
OPEN_REASONS = {"granted", "over-cap", "cap-choice"}


def asked_origin(request: Row, name: str) -> str:
    """The origin at the end of the chain of roots."""
    items = {item["id"]: item for item in request["items"]}
    while items[name]["root"]:
        name = items[name]["root"]
    return str(items[name]["origin"])


def spent(request: Row, given: dict[str, Fraction], origins: tuple[str, ...]) -> Fraction:
    before = request.get("granted_before", {})
    now = sum(c for name, c in given.items() if asked_origin(request, name) in origins)
    return now + sum((Fraction(before.get(o, "0")) for o in origins), Fraction(0))


def outcomes(request: Row, found: Assessment) -> list[dict[str, Fraction]]:
    """The credits of every item after each combination of the council's options."""
    fixed = {r["id"]: Fraction(r["credits"]) for r in found.items if r["credits"] is not None}
    ways = [fixed]
    for name, options in found.choices.items():
        competing = competitors(request, found, name)
        ways = [
            way | {k: c for k, c in competing.items() if k not in option["cut"]}
            for way in ways
            for option in options
        ]
    return ways


def competitors(request: Row, found: Assessment, choice: str) -> dict[str, Fraction]:
    """The items of one choice, with the credits they would bring."""
    reason = {"combined": "combined-choice", "second_cap": "second-cap-choice"}
    rows = [r for r in found.items if r["reason"] == reason.get(choice, "cap-choice")]
    if choice in LAST_FOUR or choice in ("ctesp", "single_units"):
        rows = [r for r in rows if asked_origin(request, r["id"]) == choice]
    return {r["id"]: standing_credits(request, found, r["id"]) for r in rows}


def standing_credits(request: Row, found: Assessment, name: str) -> Fraction:
    """What the item asks, no more than its own cap leaves."""
    item = next(item for item in request["items"] if item["id"] == name)
    if item["credits"] is None:
        credits = Fraction(int(Fraction(item["hours"]) / 27 * 2), 2)
    else:
        credits = Fraction(item["credits"])
    origin = asked_origin(request, name)
    limit = next(cap["limit"] for cap in found.caps if cap["origin"] == origin)
    if limit is None:
        return credits
    return min(credits, Fraction(limit) - spent(request, {}, (origin,)))


@pytest.mark.parametrize("seed", SEEDS)
def test_never_above_a_cap(seed: int) -> None:
    """Not by what is granted, and not by any option of the council."""
    request = random_request(seed)
    found = assess(request)
    for given in outcomes(request, found):
        assert all(credits >= 0 for credits in given.values())
        sums = [((c["origin"],), c["limit"]) for c in found.caps]
        for origins, limit in [*sums, (LAST_FOUR, found.combined["limit"])]:
            now = spent(request, given, origins)
            assert limit is None or now <= max(Fraction(limit), spent(request, {}, origins))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_options_keep_the_most(seed: int) -> None:
    """No other set of the competing items fits and keeps more, and none that keeps as much is
    left out."""
    request = random_request(seed)
    found = assess(request)
    for name, options in found.choices.items():
        competing = competitors(request, found, name)
        ways = keeps(request, found, competing)
        best = max(sum(competing[k] for k in keep) for keep in ways)
        assert {Fraction(option["kept"]) for option in options} == {best}
        cuts = {frozenset(option["cut"]) for option in options}
        kept = [keep for keep in ways if sum(competing[k] for k in keep) == best]
        assert cuts == {frozenset(competing) - keep for keep in kept}


def keeps(request: Row, found: Assessment, competing: dict[str, Fraction]) -> list[set[str]]:
    subsets = chain.from_iterable(
        combinations(competing, size) for size in range(len(competing) + 1)
    )
    fixed = {r["id"]: Fraction(r["credits"]) for r in found.items if r["credits"] is not None}
    held = [((c["origin"],), c["limit"]) for c in found.caps if c["limit"] is not None]
    held.append((LAST_FOUR, found.combined["limit"]))
    good = []
    for keep in subsets:
        given = fixed | {k: competing[k] for k in keep}
        room = [
            spent(request, given, origins) <= max(Fraction(limit), spent(request, {}, origins))
            for origins, limit in held
        ]
        if all(room):
            good.append(set(keep))
    return good


def most(request: Row, policy: Row) -> Fraction:
    """The credits that the student can get at best."""
    return max(
        sum(given.values(), Fraction(0)) for given in outcomes(request, assess(request, policy))
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_larger_degree_never_gives_less(seed: int) -> None:
    """Every cap grows with the credits; what the rules fix may become a choice, but the best
    that can come of it does not fall."""
    request = random_request(seed)
    larger = deepcopy(request)
    for key in ("credits", "course_credits"):
        if larger["degree"][key] is not None:
            larger["degree"][key] = written(Fraction(larger["degree"][key]) * 11 / 10)
    for over_cap in READINGS["over_cap"].choices:
        assert most(larger, {"over_cap": over_cap}) >= most(request, {"over_cap": over_cap})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_waiver_and_the_law_of_2018_never_give_less(seed: int) -> None:
    request = random_request(seed)
    assert most({**request, "waiver_reasoned": True}, {}) >= most(request, {})
    old, new = (assess(request, {}, name) for name in ("438-2017", "438-2017-law-2018"))
    for before, after in zip(old.caps, new.caps, strict=True):
        assert before["limit"] is None or Fraction(before["limit"]) <= Fraction(after["limit"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_items_is_irrelevant(seed: int) -> None:
    request = random_request(seed)
    other = deepcopy(request)
    Random(seed).shuffle(other["items"])
    untouched = deepcopy(request)
    first, second = assess(request), assess(other)
    assert request == untouched
    rows = [{row["id"]: row for row in found.items} for found in (first, second)]
    assert rows[0] == rows[1]
    assert [row["id"] for row in second.items] == [item["id"] for item in other["items"]]
    for part in ("outcome", "caps", "combined", "deadlines", "choices"):
        assert getattr(first, part) == getattr(second, part)
    codes = [
        sorted((w["code"], w["item"] or "") for w in found.warnings) for found in (first, second)
    ]
    assert codes[0] == codes[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_are_exact(seed: int) -> None:
    found = assess(random_request(seed))
    for text in numbers(found.answer()):
        assert written(Fraction(text)) == text
    for cap in found.caps:
        assert cap["limit"] is None or Fraction(cap["granted"]) <= Fraction(cap["limit"])
    for row in found.items:
        assert row["counts_in_average"] == (row["grade"] is not None)
        if row["grade"] is not None:
            assert abs(row["grade"] - Fraction(row["exact_grade"])) <= Fraction(1, 2)
            assert 10 <= row["grade"] <= 20
        if row["outcome"] == "refused":
            assert row["credits"] == "0"
            assert row["grade"] is None
    assert Fraction(found.combined["excess"]) >= 0


def numbers(value: Any, key: str = "") -> list[str]:
    """Every number written in an answer; a float is found nowhere."""
    assert not isinstance(value, float)
    if isinstance(value, dict):
        return [text for name, entry in value.items() for text in numbers(entry, name)]
    if isinstance(value, list):
        return [text for entry in value for text in numbers(entry, "")]
    exact = ("credits", "exact_grade", "limit", "asked", "granted", "excess", "kept")
    return [value] if key in exact and value is not None else []


@pytest.mark.parametrize("seed", range(5 * len(FAULTS)))
def test_a_faulty_request_is_refused_with_its_fault(seed: int) -> None:
    with pytest.raises(BadRequest) as refused:
        assess(random_request(seed, faulty=True))
    assert {fault.code for fault in refused.value.faults} == {fault_of(seed)}


@pytest.mark.parametrize("seed", range(60))
def test_any_broken_field_is_a_fault_and_no_crash(seed: int) -> None:
    """One field after the other is made into something else."""
    rng, request = Random(seed), random_request(seed)
    whole = [request, request["degree"], *request["items"]]
    whole += [item["grade"] for item in request["items"] if item["grade"]]
    part = rng.choice(whole)
    for key in list(part):
        kept = part[key]
        for broken in ([], {}, 7, 1.5, "", "x", [[]], {"x": 1}, True):
            part[key] = broken
            with suppress(BadRequest):
                assess(request)
        part[key] = kept


def test_the_generator_reaches_every_reason_and_warning() -> None:
    """Else the comparison with another engine would prove less than it says."""
    policies: list[Row] = [{}, {"credited_source": "original"}, {"second_cap": "all_credit"}]
    policies.append({"qualitative": "human"})
    reasons: set[str] = set()
    warned: set[str] = set()
    ends: set[str] = set()
    for seed in range(500):
        for policy in policies:
            found = assess(random_request(seed), policy)
            reasons |= {row["reason"] for row in found.items}
            ends |= {row["outcome"] for row in found.items} | {found.outcome}
            warned |= {warning["code"] for warning in found.warnings}
    assert reasons == {*REASONS, *OPEN_REASONS}
    assert warned == set(WARNINGS)
    assert ends == {"granted", "reduced", "refused", "human", "complete", "incomplete", "late"}
    assert set(REASONS) > REFUSED


@pytest.mark.parametrize("name", [n for n, reading in READINGS.items() if reading.request])
def test_every_reading_changes_some_request(name: str) -> None:
    for choice in READINGS[name].choices[1:]:
        requests = (random_request(seed) for seed in range(500))
        assert any(assess(r).answer() != assess(r, {name: choice}).answer() for r in requests)
