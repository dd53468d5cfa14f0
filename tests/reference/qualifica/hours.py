"""Annexes I and II: the weekly hours of a school that promotes a centre or is a partner of one.

An answer has `hours` (whole), `exact` (before rounding, a partner's before the most), `base`,
`need_bonus`, `performance_cut` (what is subtracted, not below zero), `proportion` (None for a
promoter), `capped`, `new_until` (the last day of a new centre's flat hours, None for any other),
`clauses`, `warnings` and `readings`. All numbers are hours a week.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from reference.reading import chosen

from .readings import READINGS

Row = dict[str, Any]

FIRST_DAY = date(2017, 7, 18)  # art. 10: the day after publication
BASE = {"promoter": 88, "partner": 44}
MOST_NEED = 7
CUT, BLOCK = Fraction(11, 10), 5


def hours(
    role: str,
    points_above: Fraction | None = None,
    performance: Fraction | None = None,
    proportion: Fraction | None = None,
    authorised_on: date | None = None,
    on: date | None = None,
    policy: Mapping[str, str] | None = None,
) -> Row:
    """`role`: promoter or partner. `points_above` and `performance` in percentage points, and may
    be left out for a new centre only; `proportion`: of a partner, from 0 to 1. `authorised_on`:
    the day the authorisation was published, with the day `on` asked about. ValueError where
    something is missing, impossible or out of force."""
    readings = chosen(READINGS, policy)
    _check(role, proportion, on)
    last = _new_until(role, authorised_on, on, readings)
    if last is not None and on is not None and on <= last:
        return _new(last, readings)
    if points_above is None or performance is None:
        raise ValueError("points_above and performance are needed")
    base = Fraction(BASE[role])
    bonus, cut = need_bonus(points_above, readings), performance_cut(performance, readings)
    exact, capped, warnings = base + bonus - cut, False, []
    if role == "partner":
        if proportion is None:
            warnings = ["proportion-not-given"]
        exact, whole = _of_partner(exact, proportion, readings)
        capped = whole != half_up(exact)
    else:
        whole = half_up(exact)
    return {
        "hours": whole,
        "exact": exact,
        **{"base": base, "need_bonus": bonus, "performance_cut": cut},
        "proportion": proportion,
        **{"capped": capped, "new_until": None},
        "clauses": ["Q I/2", "Q I/3", "Q I/1" if role == "promoter" else "Q II/2"],
        **{"warnings": warnings, "readings": readings},
    }


def _check(role: str, proportion: Fraction | None, on: date | None) -> None:
    if role not in BASE:
        raise ValueError(f"a role is one of {sorted(BASE)}, not {role!r}")
    if on is not None and on < FIRST_DAY:
        raise ValueError(f"Despacho 6261-B/2017 is in force from {FIRST_DAY}; {on} is before")
    if role == "promoter" and proportion is not None:
        raise ValueError("a proportion is a partner's only")


def need_bonus(points_above: Fraction, readings: Mapping[str, str]) -> Fraction:
    """I/2/a: never below zero, seven at most."""
    if not -100 <= points_above <= 100:
        raise ValueError(f"two percentages are at most 100 points apart, not {points_above}")
    points = Fraction(points_above)
    if readings["need_points"] == "whole":
        points = Fraction(points.__floor__())
    return min(max(points, Fraction(0)), Fraction(MOST_NEED))


def performance_cut(performance: Fraction, readings: Mapping[str, str]) -> Fraction:
    """I/2/b: above the target there is nothing to cut, and nothing to win."""
    if performance < 0:
        raise ValueError(f"a performance is not below zero: {performance}")
    blocks = Fraction(max(100 - performance, Fraction(0))) / BLOCK
    if readings["performance_points"] == "whole":
        blocks = Fraction(blocks.__floor__())
    return CUT * blocks


def half_up(exact: Fraction) -> int:
    """I/3: by the first decimal place, five or more upwards; once, of the exact number."""
    tenths = (exact * 10).__floor__()
    return tenths // 10 + (tenths % 10 >= 5)


def new_until(published: date) -> date:
    """I/4: 31 August of the calendar year after the authorisation's publication."""
    return date(published.year + 1, 8, 31)


def _new_until(
    role: str, published: date | None, on: date | None, readings: Mapping[str, str]
) -> date | None:
    """The last flat day of a promoter authorised under this order; a partner has none."""
    if published is None:
        return None
    if on is None:
        raise ValueError("with authorised_on the day asked about is needed")
    if on < published:
        raise ValueError(f"no authorisation yet on {on}: it was published on {published}")
    after = published >= FIRST_DAY if readings["entry_day"] == "new" else published > FIRST_DAY
    return new_until(published) if role == "promoter" and after else None


def _new(last: date, readings: dict[str, str]) -> Row:
    base, zero = Fraction(BASE["promoter"]), Fraction(0)
    return {
        **{"hours": BASE["promoter"], "exact": base, "base": base},
        **{"need_bonus": zero, "performance_cut": zero, "proportion": None},
        **{"capped": False, "new_until": last, "clauses": ["Q I/4"]},
        **{"warnings": ["teachers-without-a-full-timetable"], "readings": readings},
    }


def _of_partner(
    exact: Fraction, proportion: Fraction | None, readings: Mapping[str, str]
) -> tuple[Fraction, int]:
    """II/2: base and I/2, then the proportion, then rounding; II/1: 44 at most."""
    share = Fraction(1) if proportion is None else Fraction(proportion)
    if not 0 <= share <= 1:
        raise ValueError(f"a proportion is from 0 to 1, not {share}")
    if readings["partner_most"] == "before_proportion":
        exact = min(exact, Fraction(BASE["partner"]))
    return exact * share, min(half_up(exact * share), BASE["partner"])
