"""`course.toml`: when a class begins, its cut-offs, its days, its readings; and the edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.record_file import read_file
from portaria.core.rule_set import RuleSet
from portaria.regulations.cef.course import anniversary
from portaria.regulations.cef.regulation import CEF
from portaria.regulations.cef.schemas import ORGANISED

SETTINGS = "course.toml"
CUTOFFS = (20, 50, 70, 90)
INTERNSHIP_MINUTES = 12_600
KEYS = (
    "start", "school_year_start", "level_cutoffs", "technological_by", "internship_minutes",
    "municipal_holidays", "closures", "policy",
)  # fmt: skip
OF_A_CLASS = ("start", "school_year_start", "technological_by")
"""What a table `classes` may say of each class, and course.toml for all."""

MISSING = declare("cef-settings-missing", "there is no course.toml in the folder")
UNKNOWN_KEY = declare("cef-unknown-key", "{key} means nothing here; known: {known}")
MISSING_KEY = declare("cef-missing-key", "course.toml must give {key}")
NOT_A_DAY = declare("cef-not-a-day", "write a TOML date, 2025-09-12, without quotes")
NOT_ORGANISED = declare("cef-not-organised", "write “units” or “domains”")
BAD_CUTOFFS = declare(
    "cef-cutoffs",
    "give four whole percents from 1 to 100, each above the one before: where levels 2, 3, 4 and 5 "
    "begin",
)
NOT_MINUTES = declare("cef-not-minutes", "a whole number of minutes is meant, at least 1")
NOT_A_TABLE = declare("cef-not-a-table", "a table of readings is meant: [policy]")
UNKNOWN_READING = declare("cef-unknown-reading", "no reading has this name; known: {known}")
UNKNOWN_CHOICE = declare("cef-unknown-choice", "this reading is one of: {known}")
START_OUTSIDE = declare(
    "cef-start-outside", "the course starts outside the school year that begins on {year}"
)


@dataclass(frozen=True)
class Settings:
    """What course.toml says; `start`, `school_year_start` and `technological_by` are None where a
    table of classes says them."""

    rules: RuleSet
    start: date | None
    school_year_start: date | None
    technological_by: str | None
    cutoffs: tuple[int, ...]
    internship_minutes: int
    municipal: frozenset[date]
    closures: frozenset[date]


def read_settings(folder: Path, classes: bool = False) -> tuple[Settings | None, list[Problem]]:
    """The settings of a folder, or None with every problem; classes: whether a table of classes
    may say what each class has of its own."""
    if not (folder / SETTINGS).exists():
        return None, [Problem(SETTINGS, Message(MISSING))]
    given, problems = read_file(folder / SETTINGS, SETTINGS)
    if problems:
        return None, problems
    return parse_settings(given, classes)


def parse_settings(
    given: Mapping[str, Any], classes: bool = False
) -> tuple[Settings | None, list[Problem]]:
    """The same from parsed TOML."""
    problems = [
        Problem(SETTINGS, message, column=key, value=None if value is None else str(value))
        for key, message, value in _faults(given, classes)
    ]
    if problems:
        return None, problems
    settings = Settings(
        rules=CEF.rule_set(given.get("policy", {})),
        start=given.get("start"),
        school_year_start=given.get("school_year_start"),
        technological_by=given.get("technological_by"),
        cutoffs=tuple(given.get("level_cutoffs", CUTOFFS)),
        internship_minutes=given.get("internship_minutes", INTERNSHIP_MINUTES),
        municipal=frozenset(given.get("municipal_holidays", [])),
        closures=frozenset(given.get("closures", [])),
    )
    return settings, []


Fault = tuple[str, Message, object]


def _faults(given: Mapping[str, Any], classes: bool) -> Iterator[Fault]:
    for key in sorted(set(given) - set(KEYS)):
        yield key, Message(UNKNOWN_KEY, {"key": key, "known": ", ".join(KEYS)}), None
    for key in OF_A_CLASS:
        if key not in given and not classes:
            yield key, Message(MISSING_KEY, {"key": key}), None
    for key in ("start", "school_year_start"):
        if key in given and not _is_day(given[key]):
            yield key, Message(NOT_A_DAY), given[key]
    if given.get("technological_by", ORGANISED[0]) not in ORGANISED:
        yield "technological_by", Message(NOT_ORGANISED), given["technological_by"]
    if not _are_cutoffs(given.get("level_cutoffs", list(CUTOFFS))):
        yield "level_cutoffs", Message(BAD_CUTOFFS), given["level_cutoffs"]
    minutes = given.get("internship_minutes", INTERNSHIP_MINUTES)
    if not _is_whole(minutes) or minutes < 1:
        yield "internship_minutes", Message(NOT_MINUTES), minutes
    for key in ("municipal_holidays", "closures"):
        days = given.get(key, [])
        if not isinstance(days, list) or not all(map(_is_day, days)):
            yield key, Message(NOT_A_DAY), days
    yield from _policy(given.get("policy", {}))
    start, year = given.get("start"), given.get("school_year_start")
    days = _is_day(start) and _is_day(year)
    if days and start is not None and year is not None and not year <= start < anniversary(year):
        yield "start", Message(START_OUTSIDE, {"year": year}), start


def _policy(policy: Any) -> Iterator[Fault]:
    if not isinstance(policy, Mapping):
        yield "policy", Message(NOT_A_TABLE), policy
        return
    readings = CEF.edition.readings
    for name, choice in policy.items():
        if name not in readings:
            known = ", ".join(sorted(readings))
            yield f"policy.{name}", Message(UNKNOWN_READING, {"known": known}), choice
        elif choice not in readings[name].choices:
            known = ", ".join(readings[name].choices)
            yield f"policy.{name}", Message(UNKNOWN_CHOICE, {"known": known}), choice


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are_cutoffs(cuts: Any) -> bool:
    if not isinstance(cuts, list) or len(cuts) != 4 or not all(map(_is_whole, cuts)):
        return False
    return cuts == sorted(set(cuts)) and cuts[0] >= 1 and cuts[-1] <= 100
