"""Which case gave each date of a record (R18-R27, R31, R32); the dates are those decided."""

from __future__ import annotations

from portaria.core.edition import Edition
from portaria.regulations.scae.explain.account import Case, DateTold
from portaria.regulations.scae.explain.evidence import Evidence, Row, of_record
from portaria.regulations.scae.explain.standing import is_eja
from portaria.regulations.scae.population import UPSERT
from portaria.regulations.scae.situations import ACTIVE, RESULTS

CASES = ("class_start", "recognised_class_start", "enrolment", "recognised")
"""R18, R19, R20, R21, in the order of the text and of the clauses that the edition cites."""


def computed(row: Row) -> bool:
    """Whether the record was computed: it goes with its dates, or was withheld with them."""
    return row["outcome"] == UPSERT or row["effective_date"] is not None


def effective(row: Row, evidence: Evidence) -> DateTold | None:
    """The effective date with the case that gave it; None of what has none."""
    if not computed(row):
        return None
    edition = evidence.stored.settings().edition
    value, start = row["effective_date"], row["start"]
    if row["kind"] == "I":
        case = _isolated(row, edition)
        by_start = case.code == "isolated_class_start"
        return DateTold(value, case, row["base_date"] if by_start else start)
    recognised = row["recognised"] is not None
    base = row["recognised"] if recognised else row["base_date"]
    begun = base <= start
    number = (1 if begun else 3) if recognised else (0 if begun else 2)
    against = base if begun else start
    if is_eja(row, evidence):
        clause = edition.clause("effective-date-reference")
        return DateTold(value, Case(f"reference_{CASES[number]}", clause), against)
    clause = edition.cites["effective-date"][number].name
    return DateTold(value, Case(CASES[number], clause), against)


def _isolated(row: Row, edition: Edition) -> Case:
    """R23: tested by the enrolment date, told by the date of the change."""
    by_start, by_change = (clause.name for clause in edition.cites["isolated-effective-date"])
    if row["base_date"] <= row["start"]:
        return Case("isolated_class_start", by_start)
    if row["changed_on"] is not None:
        return Case("isolated_changed", by_change)
    return Case("isolated_enrolment", by_change)


def mobility(row: Row, evidence: Evidence) -> DateTold | None:
    """The mobility date with the case that gave it, or why there is none; None of what was not
    computed."""
    if not computed(row):
        return None
    readings = evidence.stored.settings().readings
    clause = evidence.stored.settings().edition.clause
    value, result = row["mobility_date"], row["situation"] in RESULTS
    if row["situation"] in ACTIVE:
        return DateTold(None, Case("active", clause("mobility-in-month")))
    by_class = result and not (row["kind"] == "I" and readings["isolated_result_date"] == "history")
    if value is None:
        found = of_record(evidence.table("findings"), row["record"])
        if any(finding["code"] == "E-CLASS-NOEND" for finding in found):
            return DateTold(None, Case("no_class_end", clause("results-date")))
        return DateTold(None, Case("earlier_month", clause("mobility-in-month")))
    day = row["last_at"].date() if row["last_at"] is not None else None
    corrects = not result or readings["override_scope"] == "all"
    if row["override"] is not None and row["kind"] != "I" and corrects:
        return DateTold(value, Case("corrected", clause("mobility-override")), day)
    if by_class and is_eja(row, evidence) and row["true_month"] is not None:
        return DateTold(value, Case("last_series", clause("every-series")), day)
    if by_class:
        return DateTold(value, Case("class_end", clause("results-date")), day)
    if row["kind"] == "I":
        return DateTold(value, Case("isolated_log", clause("isolated-history")))
    return DateTold(value, Case("log", clause("exits-date")))
