"""Where the enrolment of a record stood, why its record goes or not, in the finer case."""

from __future__ import annotations

from datetime import date

from portaria.regulations.scae.explain.account import Case, Standing
from portaria.regulations.scae.explain.evidence import Evidence, Row
from portaria.regulations.scae.month import month_of
from portaria.regulations.scae.population import DELETE, ERROR, NOTHING
from portaria.regulations.scae.situations import APPROVED, RESULTS


def is_eja(row: Row, evidence: Evidence) -> bool:
    """Whether a record counts a course by its reference enrolment (R14)."""
    return row["kind"] == "P" and any(m["enrolment"] == row["source"] for m in evidence.members)


def standing(row: Row, evidence: Evidence) -> Standing:
    """The situation as of the month, and where it was found (R06, R40; R32 of isolated ones)."""
    isolated, eja = row["kind"] == "I", is_eja(row, evidence)
    rule = "isolated-history" if isolated else "situation-as-of-month"
    # R28: one series approved alone leaves the student of EJA Matriculado.
    series_only = eja and row["code"] == APPROVED and row["situation"] not in (None, *RESULTS)
    moved = row["last_at"] is not None
    source = "movement" if moved else _without_movement(row, evidence)
    return Standing(
        code=row["code"] or "",
        scae=row["situation"],
        enrolment=row["acting"],
        source=source,
        clause=evidence.stored.settings().edition.clause(rule),
        at=row["last_at"],
        column=row["last_column"] or "" if moved else "",
        row=row["last_row"] if moved else _row_of(row, evidence),
        series_only=series_only,
        symbol=symbol(row["code"], evidence),
    )


def symbol(code: str, evidence: Evidence) -> str:
    """The name in scae.toml of a code that the text does not give; empty for others."""
    given = evidence.stored.settings().codes
    return next((name for name, codes in given.items() if code in codes), "")


def _without_movement(row: Row, evidence: Evidence) -> str:
    """Where the situation was found of what had no movement by the month's end."""
    if row["kind"] == "I":
        logged = evidence.isolated.get(row["source"], {}).get("logged")
        return "before" if logged else "snapshot"
    stays = [stay for stay in evidence.stays if stay["enrolment"] == row["acting"]]
    here = is_eja(row, evidence) or any(s["stay_class"] == row["class"] for s in stays)
    return ("before" if here else "arrived") if stays else "snapshot"


def _row_of(row: Row, evidence: Evidence) -> int | None:
    """The row of the enrolment itself."""
    told = evidence.enrolments.get(row["acting"])
    number = row["row"] if told is None else told["source_row"]
    return None if number is None else int(number)


def cause(row: Row, evidence: Evidence) -> Case:
    """The finer case of a reason: its own code, or that with a word more."""
    stored = evidence.stored
    clause = stored.settings().edition.clause
    month = stored.month
    reason, moved = row["reason"], row["last_at"]
    withheld = row["outcome"] == ERROR and row["effective_date"] is not None
    if withheld or row["outcome"] not in (NOTHING, DELETE, ERROR):
        return _of_upsert(row, evidence)
    if (
        reason == "not_begun"
        and _after(row["since"], month.last)
        and not _after(row["start"], month.last)
    ):
        return Case("not_begun_enrolment", clause("enrolment-made"))
    if reason == "hidden":
        return Case(_hidden(row, evidence), row["clause"])
    if reason == "silent":
        late = moved is not None and month_of(moved.date()) == month
        word = "silent_no_log" if moved is None else "silent_postponed" if late else "silent"
        return Case(word, row["clause"])
    if reason == "ended" and is_eja(row, evidence):
        return Case("ended_course", clause("reference-enrolled"))
    return Case(reason, row["clause"] or "")


def _of_upsert(row: Row, evidence: Evidence) -> Case:
    """An upsert goes because it is active or because it moved; in EJA the course is or did."""
    reason, clause = row["reason"], evidence.stored.settings().edition.clause
    if is_eja(row, evidence) and reason == "moved" and row["true_month"] is not None:
        return Case("moved_series", clause("every-series"))
    if is_eja(row, evidence) and reason == "active":
        return Case("active_course", clause("reference-enrolled"))
    return Case("suspended_monthly" if reason == "suspended" else reason, row["clause"])


def _after(day: date | None, last: date) -> bool:
    return day is not None and day > last


def _hidden(row: Row, evidence: Evidence) -> str:
    """Which of the situations that are never sent, and in which way."""
    settings = evidence.stored.settings()
    if row["code"] not in settings.cancelled:
        return "hidden"
    moved = row["last_at"]
    if moved is None:
        return "hidden_cancelled_no_log"
    moment = month_of(moved.date())
    if is_eja(row, evidence) and row["acting"] != row["source"]:
        return "hidden_cancelled_member"
    begun = "base_date" if settings.readings["cancel_start"] == "enrolment" else "start"
    if row[begun] is not None and moment < month_of(row[begun]):
        return "hidden_cancelled_early"
    return "hidden_cancelled_other" if moment != evidence.stored.month else "hidden_cancelled"
