"""`notice.toml`: what a notice of opening says of its procedure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portaria.core.deadline import FIRST_YEAR, LAST_YEAR
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.record_file import UNREAD, read_file
from portaria.regulations.recruitment.model import Notice
from portaria.regulations.recruitment.plain_text import fault_of, without_hidden
from portaria.regulations.recruitment.regulation import RECRUITMENT
from portaria.regulations.recruitment.schemas import MOST_DAYS
from portaria.tables.raw import cut

SETTINGS = "notice.toml"
NEEDED = ("process", "published", "posts")
NUMBERS = {
    "posts": (1, 1_000_000),
    "application_days": (1, MOST_DAYS),
    "hearing_days": (0, MOST_DAYS),
    "scale": (1, 1_000_000),
}
"""The whole numbers, from the least to the most."""
DAYS = ("municipal_holidays", "closures")
KEYS = (*NEEDED, *(key for key in NUMBERS if key not in NEEDED), *DAYS)

UNKNOWN_KEY = declare("recruitment-unknown-key", "{key} means nothing here; known: {known}")
MISSING_KEY = declare("recruitment-missing-key", "notice.toml must give {key}")
NOT_A_TEXT = declare("recruitment-not-a-text", "write a text, in quotes, that is not empty")
NOT_A_DAY = declare("recruitment-not-a-day", "write a TOML date, 2017-07-17, without quotes")
NOT_DAYS = declare(
    "recruitment-not-days", "write a list of TOML dates, [2017-06-13], without quotes"
)
NOT_A_NUMBER = declare("recruitment-not-a-number", "a whole number from {least} to {most} is meant")
UNKNOWN_YEAR = declare(
    "recruitment-unknown-year", "working days are known from {first} to {last} only"
)

Fault = tuple[str, Message, object]


def read_notice(folder: Path) -> tuple[Notice | None, list[Problem]]:
    """The notice of a folder, or None with every problem."""
    given, problems = read_file(folder / SETTINGS, SETTINGS)
    if given is UNREAD:
        return None, problems
    return parse_notice(given)


def parse_notice(given: Mapping[str, Any]) -> tuple[Notice | None, list[Problem]]:
    """The same from parsed TOML."""
    problems = [
        Problem(SETTINGS, message, column=key, value=None if value is None else _shown(value))
        for key, message, value in _faults(given)
    ]
    if problems:
        return None, problems
    edition = RECRUITMENT.edition
    numbers = {key: given[key] if key in given else edition.value(key) for key in NUMBERS}
    return Notice(
        process=given["process"].strip(),
        published=given["published"],
        **numbers,
        municipal=frozenset(given.get("municipal_holidays", [])),
        closures=frozenset(given.get("closures", [])),
    ), []


def known_year(day: date) -> bool:
    """Whether working days are known in its year."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def unknown_year() -> Message:
    """What is told of a day in another year."""
    return Message(UNKNOWN_YEAR, {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)})


def _faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    for key in sorted(set(given) - set(KEYS)):
        yield key, Message(UNKNOWN_KEY, {"key": key, "known": ", ".join(KEYS)}), None
    for key in NEEDED:
        if key not in given:
            yield key, Message(MISSING_KEY, {"key": key}), None
    process = given.get("process", "-")
    if not isinstance(process, str) or not process.strip():
        yield "process", Message(NOT_A_TEXT), process
    elif fault := fault_of(process.strip()):
        yield "process", fault, process
    published = given.get("published")
    if "published" in given and not _is_day(published):
        yield "published", Message(NOT_A_DAY), published
    elif published is not None and not known_year(published):
        yield "published", unknown_year(), published
    for key, (least, most) in NUMBERS.items():
        value = given.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            yield key, Message(NOT_A_NUMBER, {"least": least, "most": most}), value
    for key in DAYS:
        days = given.get(key, [])
        if not isinstance(days, list) or not all(map(_is_day, days)):
            yield key, Message(NOT_DAYS), days


def _shown(value: object) -> str:
    return cut(without_hidden(str(value)))


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
