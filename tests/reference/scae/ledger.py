"""What was sent before, and the reconciliation with it (R04, R07, R08, R12, R50, K1, K3)."""

from dataclasses import dataclass, field
from hashlib import sha256

from .model import Finding, Month, Row
from .run import Candidate, Run
from .situation import ACTIVE, EXIT, SUSPENDED


def is_open(row: Row) -> bool:
    """A record that SCAE still holds as inside: sent, neither an exit nor excluded."""
    return row["operation"] == "UPSERT" and row["situation"] in ACTIVE | SUSPENDED


def is_exit(row: Row) -> bool:
    return row["operation"] == "UPSERT" and row["situation"] in EXIT


def key_of(row: Row) -> str:
    return str(row["record"])


@dataclass
class Ledger:
    """K1: one row a record and load: kind, enrolment, class, operation, situation, month, hash."""

    rows: list[Row] = field(default_factory=list)

    def add(self, records: list[Row], month: Month, resend: str = "replace") -> None:
        """A month sent again replaces what it had sent, or is merged with it, by key."""
        keys = {key_of(r) for r in records}
        self.rows = [
            row
            for row in self.rows
            if row["month"] != month or (resend == "merge" and key_of(row) not in keys)
        ]
        for record in records:
            names = (
                *("record", "kind", "enrolment", "class", "operation", "situation"),
                *("unit", "period", "student"),
            )
            content = repr(sorted((k, str(v)) for k, v in record.items()))
            digest = sha256(content.encode()).hexdigest()
            self.rows.append({**{n: record[n] for n in names}, "month": month, "hash": digest})

    def before(self, month: Month) -> dict[str, Row]:
        """The last row of each key in the months before `month`."""
        last: dict[str, Row] = {}
        for row in sorted(self.rows, key=lambda r: r["month"]):
            if row["month"] < month:
                last[key_of(row)] = row
        return last


def compare(run: Run, candidates: list[Candidate], sent: list[Row]) -> list[Row]:
    """K3: every key open in the month before is in this one, or explained; and every record that
    had left and comes again. Emits W-ORPHAN, W-REPORTED-THEN-HIDDEN, W-CLASS-CHANGED and
    W-REOPENED. Without a ledger, or under a filter (R01), there is nothing to compare."""
    if run.reported is None or run.config.filters:
        return []
    now = {key_of(record): record for record in sent}
    by_key = {cand.record: cand for cand in candidates}
    derived = {(cand.kind, cand.source) for cand in candidates if not cand.eja}
    rows = []
    for key, before in sorted(run.reported.items()):
        known = (before["kind"], before["enrolment"]) in derived
        explanation = explain(run, before, now.get(key), by_key.get(key), known)
        if explanation:
            rows.append(line(before, now.get(key), explanation))
    return rows


def line(before: Row, record: Row | None, explanation: str) -> Row:
    return {
        **{name: before[name] for name in ("record", "kind", "enrolment", "class")},
        "previous_operation": before["operation"],
        "previous_situation": before["situation"],
        "operation": record["operation"] if record else "",
        "situation": record["situation"] if record else None,
        "explanation": explanation,
    }


def explain(run: Run, before: Row, record: Row | None, cand: Candidate | None, known: bool) -> str:
    """One of kept, exited, corrected, excluded, orphan, hidden; empty: no row is owed."""
    if record is not None:
        return explain_sent(run, before, record)
    if not is_open(before):
        return ""
    # The month before may never have been sent: the last one that the ledger knows counts.
    last_month = before["month"] == max(row["month"] for row in (run.reported or {}).values())
    reason = cand.reason if cand else ("class_changed" if known else "")
    if cand is not None and not cand.reason:
        reason = "error"
    if reason == "hidden":
        warn(run, "W-REPORTED-THEN-HIDDEN", before)
    elif reason == "class_changed":
        warn(run, "W-CLASS-CHANGED", before)
    elif reason not in ("suspended", "error", "re_enrolled"):
        if last_month:
            warn(run, "W-ORPHAN", before)
        return "orphan" if last_month else ""
    return "hidden" if last_month else ""


def explain_sent(run: Run, before: Row, record: Row) -> str:
    """R50: an exit already loaded that is undone is W-REOPENED."""
    if record["operation"] == "DELETE":
        return "excluded"
    if is_exit(before) and record["situation"] in ACTIVE:
        warn(run, "W-REOPENED", before)
    if not is_open(before):
        return "corrected"
    return "exited" if record["situation"] in EXIT else "kept"


def warn(run: Run, code: str, before: Row) -> None:
    record, value = key_of(before), str(before["situation"])
    run.findings.append(Finding(code, record, before["enrolment"], "ledger", "situation", value))
