"""What the procedures leave open, by name: docs/decisions/0017-procedures.md.

They decide no placement, so they stand in the answer of a procedure and not in the manifest of a
result; the command line takes them as `--reading NAME=CHOICE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portaria.core.edition import UNKNOWN_CHOICE, UNKNOWN_READING
from portaria.core.errors import UsageError
from portaria.core.messages import Message

DAYS = "days"
EXCHANGE_EXAMS = "exchange_exams"
LAST_PLACED_OF = "exchange_last_placed"
NOBODY_PLACED = "exchange_nobody_placed"
FURTHER_SEAT = "rectified_further_seat"
ANNULLED = "annulled_enrolment"

READINGS = {
    DAYS: ("working_days", "calendar_days"),
    EXCHANGE_EXAMS: ("same_sets", "common_set"),
    LAST_PLACED_OF: ("general_list", "with_preferences"),
    NOBODY_PLACED: ("seats_left", "no_bar", "no_exchange"),
    FURTHER_SEAT: ("counted", "left_out"),
    ANNULLED: ("not_enrolled", "no_term"),
}
"""Each open point with its choices, the default first."""

EXCHANGE = (DAYS, EXCHANGE_EXAMS, LAST_PLACED_OF, NOBODY_PLACED)
RECTIFICATION = (FURTHER_SEAT,)
EXCLUSION = (ANNULLED,)
COMPLAINT = (DAYS,)


def choose(names: tuple[str, ...], policy: Mapping[str, str]) -> dict[str, str]:
    """The readings in force among `names`; UsageError where `policy` names another or no choice."""
    for name, choice in policy.items():
        if name not in names:
            known = ", ".join(names)
            raise UsageError(Message(UNKNOWN_READING, {"name": name, "known": known}))
        if choice not in READINGS[name]:
            params = {"name": name, "choice": choice, "known": ", ".join(READINGS[name])}
            raise UsageError(Message(UNKNOWN_CHOICE, params))
    return {name: policy.get(name, READINGS[name][0]) for name in names}


def others(readings: Mapping[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, choice and readings, with one of `readings` changed to each of its other choices."""
    for name, chosen in readings.items():
        for choice in READINGS[name]:
            if choice != chosen:
                yield name, choice, {**readings, name: choice}
