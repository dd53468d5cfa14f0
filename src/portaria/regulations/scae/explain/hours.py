"""The hours of a record with the sums that they come from (R46-R49)."""

from __future__ import annotations

from decimal import Decimal

from portaria.regulations.scae.explain.account import Hours, HoursLine
from portaria.regulations.scae.explain.course import counts, members_of
from portaria.regulations.scae.explain.dates import computed
from portaria.regulations.scae.explain.evidence import Evidence, Row, of_record
from portaria.regulations.scae.explain.standing import is_eja
from portaria.regulations.scae.hours import MINUTES
from portaria.regulations.scae.situations import SUSPENDED


def hours(row: Row, evidence: Evidence) -> Hours | None:
    """The student-hours with the sums they come from; None of what was not computed."""
    if not computed(row):
        return None
    readings = evidence.stored.settings().readings
    lines = tuple(_lines(row, evidence))
    names = {(line.holder, line.class_) for line in lines}
    untyped = sorted(
        each["discipline"] for each in evidence.untyped if _key(each) in names and _same(each, row)
    )
    cents = row["hundredths"]
    why = _why(row, lines, readings["hours_source"], readings["hours_notype"])
    partial = why not in ("off", "suspended", "gap") and any(x.typed < x.enrolled for x in lines)
    state = "blank" if cents is None else "partial" if partial else "whole" if cents else "zero"
    return Hours(
        value=None if cents is None else Decimal(cents).scaleb(-2),
        partial=partial,
        state=state,
        why=why,
        unit=MINUTES[readings["hours_unit"]],
        minutes=sum(line.minutes - line.outside for line in lines),
        lines=lines,
        untyped=tuple(untyped),
        clause=evidence.stored.settings().edition.clause("student-hours"),
    )


def _why(row: Row, lines: tuple[HoursLine, ...], source: str, one: str) -> str:
    """What there is to say beside the sum."""
    typed, enrolled = sum(line.typed for line in lines), sum(line.enrolled for line in lines)
    if source == "none":
        return "off"
    if row["situation"] in SUSPENDED:
        return "suspended"
    if row["reason"] == "gap":
        return "gap"
    if not sum(line.disciplines for line in lines):
        return "no_discipline"
    if not enrolled:
        return "not_taken"
    if typed < enrolled and typed == 0:
        return "no_type"
    if typed < enrolled and one == "student":
        return "one_untyped"
    return "no_lesson" if typed and not sum(line.planned for line in lines) else ""


def _lines(row: Row, evidence: Evidence) -> list[HoursLine]:
    """R12, R14: of an isolated enrolment its own, in EJA those of every enrolment that counts; the
    disciplines of a class that was left are those of the record of that class."""
    holders = {row["source"]}
    if is_eja(row, evidence):
        holders = {m["enrolment"] for m in members_of(row, evidence) if counts(m, evidence)}
    left = _left(row, evidence)
    beyond = {
        _key(each): each["outside"] for each in of_record(evidence.outside, row["record"])
    } if evidence.outside else {}  # fmt: skip
    found = []
    for each in evidence.hours:
        name = each["offer_class"]
        mine = name == row["class"] if row["class"] in left else name not in left
        if each["holder"] in holders and _same(each, row) and (mine or row["kind"] == "I"):
            sums = {n: each[n] for n in ("enrolled", "typed", "planned", "minutes")}
            key, number = _key(each), each["rows"]
            found.append(HoursLine(*key, number, **sums, outside=beyond.get(key, 0)))
    return found


def _left(row: Row, evidence: Evidence) -> set[str]:
    """R12: the classes of the same enrolment that were left, by the order of its stays."""
    if row["kind"] == "I" or is_eja(row, evidence):
        return set()
    names = [each["class"] for each in evidence.decisions
             if each["source"] == row["source"] and each["kind"] == "P"]  # fmt: skip
    stays = [stay for stay in evidence.stays if stay["enrolment"] == row["source"]]
    last = {stay["stay_class"]: stay["stay"] for stay in stays}
    # A class that no movement names is the one of the row, which comes after all of the log.
    newest = max(names, key=lambda name: last.get(name, len(last) + len(stays)))
    return set(names) - {newest}


def _key(each: Row) -> tuple[str, str]:
    return each["holder"], each["offer_class"]


def _same(each: Row, row: Row) -> bool:
    return bool(each["isolated"]) is bool(row["kind"] == "I")
