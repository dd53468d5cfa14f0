"""course.toml: the settings of a class, and their faults: table `course`, row 0, the key."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from .model import Settings, anniversary
from .readings import READINGS, choose
from .tables import Fault

KNOWN = {
    "start": None,
    "school_year_start": None,
    "technological_by": None,
    "level_cutoffs": [20, 50, 70, 90],
    "internship_minutes": 12600,
    "municipal_holidays": [],
    "closures": [],
    "policy": {},
}
"""The keys and what stands for one left out; None: it must be given."""


def settings_of(given: Any, faults: list[Fault]) -> Settings | None:
    """None where anything is at fault; the faults are added."""
    before = len(faults)
    if not isinstance(given, Mapping):
        faults.append(Fault("course", 0, "", "missing-table"))
        return None
    for key in sorted(set(given) - set(KNOWN)):
        _fault(faults, str(key), "unknown-key")
    values = {key: given.get(key, default) for key, default in KNOWN.items()}
    for key in ("start", "school_year_start"):
        _check(faults, given, key, _is_day(values[key]), "not-a-date")
    _check(
        faults,
        given,
        "technological_by",
        values["technological_by"] in ("units", "domains"),
        "not-allowed",
    )
    cuts, minutes = values["level_cutoffs"], values["internship_minutes"]
    if not _cutoffs(cuts):
        _fault(faults, "level_cutoffs", "bad-cutoffs")
    if not _is_whole(minutes) or minutes < 1:
        _fault(
            faults,
            "internship_minutes",
            "below-minimum" if _is_whole(minutes) else "not-an-integer",
        )
    for key in ("municipal_holidays", "closures"):
        days = values[key]
        if not isinstance(days, list) or not all(_is_day(day) for day in days):
            _fault(faults, key, "not-a-date")
    _check_policy(values["policy"], faults)
    first, year = values["start"], values["school_year_start"]
    if _is_day(first) and _is_day(year) and not year <= first < anniversary(year):
        _fault(faults, "start", "start-outside-year")
    if len(faults) > before:
        return None
    return Settings(
        start=first,
        school_year_start=year,
        cutoffs=tuple(cuts),
        by_domains=values["technological_by"] == "domains",
        internship_minutes=minutes,
        municipal=frozenset(values["municipal_holidays"]),
        closures=frozenset(values["closures"]),
        readings=choose(values["policy"]),
    )


def _check(faults: list[Fault], given: Mapping[str, Any], key: str, good: bool, code: str) -> None:
    if key not in given:
        _fault(faults, key, "missing-key")
    elif not good:
        _fault(faults, key, code)


def _check_policy(policy: Any, faults: list[Fault]) -> None:
    if not isinstance(policy, Mapping):
        _fault(faults, "policy", "not-a-table")
        return
    for name, choice in policy.items():
        if name not in READINGS:
            _fault(faults, f"policy.{name}", "unknown-reading")
        elif choice not in READINGS[name].choices:
            _fault(faults, f"policy.{name}", "not-allowed")


def _fault(faults: list[Fault], key: str, code: str) -> None:
    faults.append(Fault("course", 0, key, code))


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _cutoffs(cuts: Any) -> bool:
    """Four whole percents, each above the one before."""
    if not isinstance(cuts, list) or len(cuts) != 4 or not all(_is_whole(cut) for cut in cuts):
        return False
    return cuts == sorted(set(cuts)) and cuts[0] >= 1 and cuts[-1] <= 100
