"""The EJA course behind a record: its enrolments and its series (R14, R28)."""

from __future__ import annotations

from portaria.regulations.scae.explain.account import Course, Member
from portaria.regulations.scae.explain.evidence import Evidence, Row
from portaria.regulations.scae.explain.standing import is_eja, symbol
from portaria.regulations.scae.references import BAD_REFERENCE, NO_REFERENCE
from portaria.regulations.scae.situations import APPROVED


def members_of(row: Row, evidence: Evidence) -> list[Row]:
    """The enrolments of the course that a record counts. One with a fault counts for itself alone:
    its reference is none (R15), or it lacks a date to stand in the course's order."""

    def own(member: Row) -> bool:
        return bool(member["enrolment"] == row["source"])

    ours = (member for member in evidence.members if member["root"] == row["source"])
    return [m for m in ours if own(m) or not (m["fault"] or m["undated"])]


def course(row: Row, evidence: Evidence) -> Course | None:
    """The course of an EJA record; None of others, and where the reference leads to no course."""
    if not is_eja(row, evidence) or row["reason"] in (NO_REFERENCE, BAD_REFERENCE):
        return None
    found = members_of(row, evidence)
    name = evidence.enrolments[row["source"]]["course"] or evidence.class_of(row["class"]).course
    members = tuple(_member(each, row, evidence) for each in found)
    series = []
    for each in evidence.frames["course_series"].rows(named=True):
        if each["course"] == name:
            ours = [m for m in members if m.series == each["series"] and m.counts]
            passed = any(m.code == APPROVED for m in ours)
            series.append((each["series"], bool(ours), passed))
    return Course(
        course=name, reference=row["source"], acting=row["acting"],
        acting_class=row["acting_class"], complete_since=row["true_month"],
        complete=row["true_month"] is not None, series=tuple(series), members=members,
        clause=evidence.stored.settings().edition.clause("reference-enrolment"),
    )  # fmt: skip


def _member(member: Row, row: Row, evidence: Evidence) -> Member:
    roles = {"reference": row["source"], "acting": row["acting"]}
    held = [role for role, name in roles.items() if name == member["enrolment"]]
    return Member(
        enrolment=member["enrolment"], class_=member["member_class"], series=member["series"],
        enrolled_on=member["enrolled_on"], start=member["member_start"],
        end=member["member_end"], reference=member["reference"], code=member["code"],
        at=member["last_at"], row=member["last_row"], counts=counts(member, evidence),
        role="both" if len(held) == 2 else "".join(held),
        symbol=symbol(member["code"], evidence),
    )  # fmt: skip


def counts(member: Row, evidence: Evidence) -> bool:
    """Whether an enrolment of a course is neither hidden nor cancelled (R07, R08)."""
    settings = evidence.stored.settings()
    return member["code"] not in (*settings.hidden, *settings.cancelled, "")
