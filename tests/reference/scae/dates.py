"""Months, and the dates that a record carries (R18-R27, R31, R32)."""

from calendar import monthrange
from datetime import date

from .model import Month, Row
from .run import Candidate, Run
from .situation import RESULTS


def last_day(month: Month) -> date:
    return date(*month, monthrange(*month)[1])


def effective_date(run: Run, cand: Candidate) -> date:
    """R18-R22: the later of the class start and the enrolment, or of the change from
    Reconhecimento de Saberes to Matriculado where there was one. EJA: the reference enrolment."""
    if cand.kind == "I":
        return isolated_effective_date(run, cand)
    base = cand.base["enrolled_on"]
    changes = [
        m["at"].date()
        for m in run.source.movements.get(cand.base["enrolment"], [])
        if m["column"] == "situation" and (m["from"], m["to"]) == ("70", "2") and run.known(m["at"])
    ]
    if changes:
        base = changes[-1] if run.reading("rs_change") == "last" else changes[0]
    return max(base, cand.klass["start"])


def isolated_effective_date(run: Run, cand: Candidate) -> date:
    """R23: the test looks at the enrolment date, the output at the date of the change."""
    start = cand.klass["start"]
    if cand.row["enrolled_on"] <= start:
        return start
    day = cand.row["changed_on"] or cand.row["enrolled_on"]
    if day < start:
        run.find("W-EFET-BEFORE-START", cand, "discipline_enrolments", "changed_on", day)
    return day


def mobility_date(run: Run, cand: Candidate) -> date | None:
    """R24: none for an active situation, nor in a month without the change."""
    if cand.group == "ACTIVE" or not moved_in(run, cand):
        return None
    day = reported_date(run, cand)
    if day is None:
        run.block("E-CLASS-NOEND", cand, "classes", "end")
        return None
    overridden = cand.kind == "P" and cand.acting["mobility_override"] is not None
    if overridden and takes_override(run, cand):
        previous = movement_before(run, cand)
        if previous is not None and day < previous["at"].date():
            run.find("W-OVERRIDE-STALE", cand, "enrolments", "mobility_override", day)
    if (day.year, day.month) < run.month:
        run.find("W-RETRO", cand, "enrolments", "mobility_date", day)
    if day > last_day(run.month):
        run.find("W-FUTURE", cand, "enrolments", "mobility_date", day)
    return day


def movement_before(run: Run, cand: Candidate) -> Row | None:
    """The movement before the last one, in whatever class it was made."""
    log = run.source.movements.get(cand.acting["enrolment"], [])
    if cand.eja:
        log = [e for e in log if e["to"] not in ("31", "71")]
    known = [e for e in log if not e["idle"]]
    if cand.standing.last is None or cand.standing.last not in known:
        return None
    place = known.index(cand.standing.last)
    return known[place - 1] if place else None


def takes_override(run: Run, cand: Candidate) -> bool:
    """R27, R31: the complement field replaces the log date of exits, not the date of results."""
    if cand.kind == "I":
        return False
    return cand.situation not in RESULTS or run.reading("override_scope") == "all"


def reported_date(run: Run, cand: Candidate) -> date | None:
    """R25: results on the final date of the class; R26, R31: others on the day of the log;
    R32: an isolated enrolment always on the day of its own history."""
    override = cand.acting["mobility_override"] if cand.kind == "P" else None
    if override is not None and takes_override(run, cand):
        return override
    history = cand.kind == "I" and run.reading("isolated_result_date") == "history"
    if cand.situation in RESULTS and not history:
        return cand.acting_class["end"]
    return cand.standing.last["at"].date() if cand.standing.last else None


def moved_in(run: Run, cand: Candidate) -> bool:
    """R05: did the last movement fall in the month? By the log, not by the reported date."""
    last = cand.standing.last
    if last is None and cand.true_month is None:
        return False
    moment: Month = cand.true_month or (last["at"].year, last["at"].month)
    if cand.situation in RESULTS and run.reading("future_results") == "max_month":
        end = cand.acting_class["end"]
        moment = max(moment, (end.year, end.month) if end else moment)
    if run.reading("selection_date") == "reported":
        day = reported_date(run, cand)
        moment = (day.year, day.month) if day else moment
    return moment == run.month
