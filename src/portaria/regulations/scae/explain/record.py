"""One explanation a record: what the load decided, told from what the folder holds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from portaria.regulations.scae.explain.account import Before, Case, Explanation, Finding
from portaria.regulations.scae.explain.course import course
from portaria.regulations.scae.explain.dates import effective, mobility
from portaria.regulations.scae.explain.disciplines import disciplines
from portaria.regulations.scae.explain.evidence import Evidence, Row, of_record
from portaria.regulations.scae.explain.hours import hours
from portaria.regulations.scae.explain.readings import touching
from portaria.regulations.scae.explain.standing import cause, standing
from portaria.regulations.scae.explain.subjects import find
from portaria.regulations.scae.ledger import UPSERT
from portaria.regulations.scae.population import ERROR
from portaria.regulations.scae.situations import ACTIVE, SUSPENDED
from portaria.regulations.scae.stored import REPORTED, Stored

ABSENT = "absent"


def explain(folder: Path, subject: str) -> list[Explanation]:
    """Every record of a load that a name stands for, in the order of the records.

    folder: written by `extract`; subject: a record (`P:E1:7A`), a student, an enrolment (also one
    that counts by the reference of its course), an isolated enrolment, a discipline enrolment of an
    EJA course. Nothing is decided again: the stored decisions are told, with the facts they were
    made from. UsageError where the folder is no load or nobody has the name; InputError where a
    file of it is not the one that was written.
    """
    evidence, records = find(Stored.open(folder), subject)
    rows = {row["record"]: row for row in evidence.decisions}
    return [
        _considered(rows[name], evidence) if name in rows else _absent(name, evidence)
        for name in records
    ]


def _considered(row: Row, evidence: Evidence) -> Explanation:
    codes = _codes(row, evidence)
    told: dict[str, Any] = {
        "mobility": mobility(row, evidence), "course": course(row, evidence),
        "hours": hours(row, evidence), "disciplines": disciplines(row, evidence),
        "standing": standing(row, evidence),
        "findings": _findings(row["record"], codes, evidence),
    }  # fmt: skip
    why = cause(row, evidence)
    return Explanation(
        **_frame(evidence),
        **_of_ledger(row["record"], evidence),
        record=row["record"],
        kind=row["kind"],
        source=row["source"],
        student=row["student"],
        since=row["since"],
        outcome=row["outcome"],
        reason=row["reason"],
        clause=row["clause"] or "",
        cause=why,
        codes=codes,
        class_=evidence.class_of(_sent_class(row, evidence)),
        enrolled_on=row["base_date"],
        effective=effective(row, evidence),
        movement=row["last_at"],
        parents=_parents(row, evidence),
        readings=touching(row, evidence, why.code, **told),
        **told,
    )


def _absent(record: str, evidence: Evidence) -> Explanation:
    """A record of an earlier load that no record considered now answers to."""
    row = evidence.reported[record]
    filtered = bool(evidence.stored.manifest["filters"])
    return Explanation(
        **_frame(evidence),
        **_of_ledger(record, evidence),
        record=record, kind=row["kind"], source=row["enrolment"], student=row["student"],
        outcome=ABSENT, reason="", clause="",
        cause=Case("absent_filtered" if filtered else ABSENT, ""),
        codes=(), class_=evidence.class_of(row["class"]), enrolled_on=None, since=None,
        standing=None, effective=None, mobility=None, movement=None, course=None, parents=(),
        hours=None, disciplines=None, readings={},
        findings=_findings(record, (), evidence),
    )  # fmt: skip


def _frame(evidence: Evidence) -> dict[str, Any]:
    """What is the same for every record of a load."""
    manifest = evidence.stored.manifest
    same = ("month", "status", "state", "filters", "edition", "edition_title", "language")
    return {name: manifest[name] for name in same}


def _sent_class(row: Row, evidence: Evidence) -> str:
    """The class as it is sent: in EJA that of the reference, or the current one by a reading."""
    for table in ("load", "withheld"):
        for line in of_record(evidence.table(table), row["record"]):
            return str(line["class"] or "")
    return str(row["class"])


def _codes(row: Row, evidence: Evidence) -> tuple[str, ...]:
    """The errors that withhold a record; of one that could not be computed, its fault."""
    told = [line["codes"] for line in of_record(evidence.table("withheld"), row["record"])]
    if told:
        return tuple((told[0] or "").split())
    return (row["reason"],) if row["outcome"] == ERROR else ()


def _findings(record: str, codes: tuple[str, ...], evidence: Evidence) -> tuple[Finding, ...]:
    """The findings of a record; `codes`: those that withhold it."""
    return tuple(
        Finding(
            row["severity"], row["code"], row["table"] or "",
            None if row["row"] is None else int(row["row"]),
            row["field"] or "", row["value"] or "", row["code"] in codes,
        )
        for row in of_record(evidence.table("findings"), record)
    )  # fmt: skip


def _parents(row: Row, evidence: Evidence) -> tuple[str, ...]:
    """R55: the period enrolments that could give an isolated one its complements."""
    if row["kind"] != "I":
        return ()
    ours = (each for each in evidence.parents if each["isolated"] == row["source"])
    return tuple(sorted(each["enrolment"] for each in ours))


def _of_ledger(record: str, evidence: Evidence) -> dict[str, Any]:
    """What was sent before, and what the reconciliation says of it (K3)."""
    known = evidence.stored.has(REPORTED)
    sent = evidence.reported.get(record)
    told = [line["explanation"] for line in of_record(evidence.table("reconciliation"), record)]
    new = known and sent is None and bool(of_record(evidence.table("load"), record))
    return {
        "ledger": known,
        "before": None if sent is None else _before(sent, evidence),
        "change": told[0] if told else "new" if new else "",
    }


def _before(sent: Row, evidence: Evidence) -> Before:
    hours = sent["student_hours"]
    inside = sent["situation"] in (*ACTIVE, *SUSPENDED)
    return Before(
        month=sent["month"],
        operation=sent["operation"],
        situation=sent["situation"],
        hours=None if hours is None else Decimal(hours),
        open=sent["operation"] == UPSERT and inside,
        last_month=sent["month"] == str(evidence.stored.month.previous),
    )
