"""Which records go: ordinary enrolments of basic and continuing education (R02-R10, R12, R13)."""

from datetime import date
from itertools import accumulate

from .dates import moved_in
from .ledger import is_open
from .model import Finding, Month, Row, words
from .run import Candidate, Run
from .situation import (
    Visit,
    group,
    initial,
    is_eja,
    known_by,
    standing,
    table,
    visits,
)

ARRIVED = {"31": "2", "46": "39"}
NO_CLASS: Row = {
    **dict.fromkeys(words("class unit period code level course modality series state"), ""),
    "start": None,
    "end": None,
}


def class_of(run: Run, name: str) -> Row:
    return run.source.classes.get(name, {**NO_CLASS, "class": name})


def month_of(day: date) -> Month:
    return (day.year, day.month)


def ordinary(run: Run) -> list[Candidate]:
    """R12: one candidate an enrolment and class; EJA enrolments are counted elsewhere (R14)."""
    candidates = []
    for row in run.source.enrolments.values():
        if not is_eja(class_of(run, row["class"])):
            candidates += of_enrolment(run, row)
    for cand in candidates:
        decide(run, cand)
    left = {(c.source, c.klass["class"]) for c in candidates if c.superseded and sent(c)}
    for cand in candidates:
        # R12: what a record of the class that was left takes in this load, no other takes.
        classes = {name for source, name in left if source == cand.source}
        cand.earlier_classes = frozenset() if cand.superseded else frozenset(classes)
    return candidates


def sent(cand: Candidate) -> bool:
    return cand.outcome == "upsert"


def of_enrolment(run: Run, row: Row) -> list[Candidate]:
    """The stays begun by the month; of two stays in one class the last one counts."""
    log = run.source.movements.get(row["enrolment"], [])
    stays = visits(row, log, reported_class(run, row["enrolment"]))
    firsts = [0, *accumulate(len(stay.events) for stay in stays)]
    begun = [
        (s, n) for s, n in zip(stays, firsts, strict=False) if not s.since or run.known(s.since)
    ]
    if not begun:
        return []
    current = begun[-1][0].klass
    if not run.reported:
        tell_lost(run, row, stays, current)
    last = {stay.klass: (stay, first) for stay, first in begun if stay.klass is not None}
    return [
        candidate(run, row, stay, first, stay.klass != current) for stay, first in last.values()
    ]


def tell_lost(run: Run, row: Row, stays: list[Visit], current: str | None) -> None:
    """R12: a transfer of the month that leaves no record of the class before; with a ledger the
    reconciliation tells it."""
    events = [e for stay in stays if stay.klass is None for e in stay.events]
    known = [e for e in events if run.known(e["at"]) and not e["idle"]]
    if current is not None and known and run.in_month(known[-1]["at"]):
        record = f"P:{row['enrolment']}:{current}"
        run.findings.append(
            Finding("W-CLASS-CHANGED", record, row["enrolment"], "movements", "class", "")
        )


def candidate(run: Run, row: Row, stay: Visit, first: int, superseded: bool) -> Candidate:
    klass = class_of(run, stay.klass or "")
    log = run.source.movements.get(row["enrolment"], [])
    codes = table(klass["level"], run.config.state)
    known = known_by(run.month, run.config, codes, klass["end"])
    start = initial(row, log, first)
    if first:  # R12: Transferência de Turma is of the class that was left
        start["situation"] = ARRIVED.get(start["situation"], start["situation"])
    return Candidate(
        kind="P",
        source=row["enrolment"],
        student=row["student"],
        row=row,
        klass=klass,
        base=row,
        acting=row,
        acting_class=klass,
        standing=standing(stay.events, start, codes, known, bool(log)),
        since=stay.since,
        superseded=superseded,
        members=[row],
    )


def reported_class(run: Run, enrolment: str) -> str | None:
    """R12: the class under which the ledger last holds the enrolment open."""
    held = [
        (row["month"], row["class"])
        for row in (run.reported or {}).values()
        if row["kind"] == "P" and row["enrolment"] == enrolment and is_open(row)
    ]
    return max(held)[1] if held else None


def decide(run: Run, cand: Candidate) -> None:
    """R02-R10, R38: what the month does with a candidate."""
    code = cand.standing.code
    cand.situation = table(cand.klass["level"], run.config.state).get(code)
    cand.group = group(cand.situation)
    if code in run.config.hidden:
        return cand.decide("nothing", "hidden")
    if not code and cand.standing.logged and cand.standing.last is None:
        return cand.decide("nothing", "not_enrolled")
    if code == run.config.codes["cancelled"] and not cancelled_in(run, cand):
        return cand.decide("nothing", "hidden")
    if not cand.superseded and source_fault(run, cand):
        return None
    if not begun(run, cand):
        return cand.decide("nothing", "not_begun")
    if code == run.config.codes["cancelled"]:
        return decide_cancelled(run, cand)
    if cand.situation is None:
        return decide_unmapped(run, cand)
    return decide_mapped(run, cand)


def begun(run: Run, cand: Candidate) -> bool:
    """R02, R03: to the month, class and enrolment have begun. An exclusion that looks at the
    enrolment (R08, other reading) does not wait for the class."""
    start, since = cand.klass["start"], cand.since
    if cand.standing.code == run.config.codes["cancelled"]:
        start = since if run.reading("cancel_start") == "enrolment" else start
    return bool(start and since and run.known(start) and run.known(since))


def class_open(run: Run, klass: Row) -> bool:
    """R04: a class without an end is open."""
    if run.reading("class_end") == "until_exit":
        return True
    return klass["end"] is None or month_of(klass["end"]) >= run.month


def in_scope(run: Run, cand: Candidate) -> bool:
    """Where a fault of the source matters: the record might have been sent this month. R39: R04
    looks at every enrolment of an EJA course."""
    if run.reading("fault_scope") == "always" or cand.course_open:
        return True
    last = cand.standing.last
    return class_open(run, cand.acting_class) or (last is not None and run.in_month(last["at"]))


def cancelled_in(run: Run, cand: Candidate) -> bool:
    """R08: only the load of the month of the movement carries the exclusion."""
    last = cand.standing.last
    return last is not None and run.in_month(last["at"])


def source_fault(run: Run, cand: Candidate) -> bool:
    """R02, R03: no class, no start or no enrolment date is an error, never 'always'."""
    checks = (
        (cand.klass["class"] not in run.source.classes, "E-CLASS-MISSING", "enrolments", "class"),
        (cand.base["enrolled_on"] is None, "E-REQ", "enrolments", "enrolled_on"),
        (cand.klass["start"] is None, "E-CLASS-NOSTART", "classes", "start"),
    )
    for wrong, code, where, name in checks:
        if wrong and in_scope(run, cand):
            run.fault(code, cand, where, name, cand.klass["class"] if name != "enrolled_on" else "")
            return True
        if wrong:
            cand.decide("nothing", "fault")
            return True
    return False


def decide_cancelled(run: Run, cand: Candidate) -> None:
    """R08, R09: in or after the month of the class start, exclusion; before it, nothing."""
    last = cand.standing.last
    by_class = run.reading("cancel_start") == "class"
    start = cand.klass["start"] if by_class else cand.base["enrolled_on"]
    if last is None or month_of(last["at"]) < month_of(start):
        return cand.decide("nothing", "hidden")
    return cand.decide("delete", "cancelled")


def decide_unmapped(run: Run, cand: Candidate) -> None:
    """R38: a code without SCAE situation withholds the record."""
    if cand.superseded or not in_scope(run, cand):
        return cand.decide("nothing", "unmapped")
    return run.fault("E-SIT-UNMAPPED", cand, "enrolments", "situation", cand.standing.code)


def decide_mapped(run: Run, cand: Candidate) -> None:
    """R04, R05, R10: active while the class lasts, anything else in the month of its movement."""
    if cand.group == "ACTIVE":
        if cand.superseded:
            return cand.decide("nothing", "class_changed")
        if not class_open(run, cand.klass):
            return cand.decide("nothing", "ended")
        return cand.decide("upsert", "active")
    if moved_in(run, cand):
        return cand.decide("upsert", "moved")
    if cand.group == "SUSPENDED" and not cand.superseded:
        monthly = run.reading("suspended") == "monthly" and class_open(run, cand.klass)
        return cand.decide("upsert" if monthly else "nothing", "suspended")
    return cand.decide("nothing", "silent")
