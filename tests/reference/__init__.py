"""The slow reference of the phase 1 national contest: plain Python, exact, written from the
articles. Tests prove the fast engine with it; nothing else uses it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .contest import Tables, read_contest
from .placement import place_market
from .quotas import assess_all, build_market
from .results import last_placed, options_outcome, placements, rankings, seats

__all__ = ["place"]

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "form_order": "as_written",
        "preference_rounding": "floor",
        "placement": "candidate-optimal",
    }
)


def place(tables: Tables, policy: Mapping[str, str] = MappingProxyType({})) -> dict[str, list[Any]]:
    """Place one contest: the contract's input tables in, its result tables out.

    `tables`: rows with str, bool, int, Decimal or None; a table may be missing when empty.
    `policy`: form_order (as_written, valid_only), preference_rounding (floor, half_up) and
    placement (candidate-optimal, literal, stages-r1, stages-r2); another name is a ValueError.
    Besides the tables: `additional_rounds` (the further seats each round of art. 9/2 placed
    with, zeros left out, the first one empty), `seat_too_many` (codes of programmes) and
    `deadlocked` (codes of candidates, literal reading only).
    """
    unknown = set(policy) - set(DEFAULTS)
    if unknown:
        raise ValueError(f"unknown policy {sorted(unknown)}; allowed: {sorted(DEFAULTS)}")
    readings = {**DEFAULTS, **policy}
    contest = read_contest(tables)
    assessments = assess_all(contest)
    market = build_market(contest, assessments, readings)
    outcome = place_market(market, readings["placement"])
    return {
        "placements": placements(contest, market, outcome),
        "options_outcome": options_outcome(contest, market, assessments, outcome),
        "rankings": rankings(market),
        "seats": seats(market, outcome),
        "last_placed": last_placed(market, outcome),
        "additional_rounds": [dict(sorted(further.items())) for further in outcome.rounds],
        "seat_too_many": list(outcome.seat_too_many),
        "deadlocked": list(outcome.deadlocked),
    }
