"""Articles 8, 10 and 16: quorum, the second meeting, votes, and what the minutes must hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .deadlines import calendar_of, within
from .readings import choose

Readings = Mapping[str, str]


def quorum(
    voting: int,
    present: int,
    second_call: bool = False,
    readings: Readings | None = None,
    others: int = 0,
    others_present: int = 0,
) -> dict[str, Any]:
    """8/4: more than half of the voting members; on second call one third (CPA 29/3).

    `others`: members without a vote; they count in one reading only. ValueError for numbers that
    no meeting has.
    """
    if voting < 1 or not 0 <= present <= voting or not 0 <= others_present <= others:
        raise ValueError(f"{present} of {voting} present, and {others_present} of {others}")
    chosen = choose(readings or {})
    if chosen["quorum_members"] == "all":
        voting, present = voting + others, present + others_present
    third = second_call and chosen["second_call"] == "third"
    needed = -(-voting // 3) if third else voting // 2 + 1
    return {"needed": needed, "quorum": present >= needed, "clause": "8/4"}


def is_postponed(found: Mapping[str, Any], absent_without_data: bool) -> bool:
    """8/4-5: no quorum, or an absent teacher who left nothing to assess by."""
    return not found["quorum"] or absent_without_data


def held(
    voting: int, present: int, absent_without_data: bool, readings: Readings
) -> dict[str, Any]:
    found = quorum(voting, present, readings=readings)
    return {**found, "postponed": is_postponed(found, absent_without_data)}


def decided(
    votes: Mapping[str, int], chair: str, readings: Readings, members: int | None = None
) -> str:
    """10/2-4: the option with more than half of the votes; between two halves the chair's own.
    "" where nothing is decided. Everybody present votes; `members`: all who have a vote."""
    cast = sum(votes.values())
    whole = cast if readings["majority"] == "cast" or members is None else members
    for option, number in votes.items():
        if 2 * number > whole:
            return option
        if 2 * number == whole == cast and option == chair:
            return option
    return ""


def minutes(
    record: Mapping[str, Any],
    municipal: Sequence[date] = (),
    closures: Sequence[date] = (),
    readings: Readings | None = None,
) -> dict[str, Any]:
    """7/8, 8/7-8, 10/5: what the minutes lack, and the day by which they and the attendance sheet
    are handed in. `record`: held_on, chair, secretary, attendance (names), topics, decisions
    (rows of text, reasons, and votes by name where there was a vote)."""
    chosen = choose(readings or {})
    lacks = [
        name for name in ("chair", "secretary", "attendance", "topics") if not record.get(name)
    ]
    for number, decision in enumerate(record.get("decisions", [])):
        lacks += [f"decisions.{number}.{k}" for k in ("text", "reasons") if not decision.get(k)]
        votes = decision.get("votes")
        if votes and set(votes) != set(record.get("attendance", [])):
            lacks.append(f"decisions.{number}.votes")  # 10/3: by name, nobody abstains
    calendar = calendar_of(municipal, closures, chosen["municipal_day"])
    return {"lacks": lacks, "deliver_by": within(record["held_on"], 2, calendar), "clause": "8/8"}
