"""EJA counts by the reference enrolment: one record a course cycle (R14, R15, R28-R30, R39)."""

from dataclasses import dataclass
from datetime import date, datetime

from .dates import moved_in
from .model import Month, Row
from .population import (
    begun,
    class_of,
    class_open,
    decide,
    decide_cancelled,
    decide_unmapped,
    month_of,
    source_fault,
)
from .run import Candidate, Run
from .situation import (
    APPROVED,
    CLASS_TRANSFER,
    IN_PROCESS,
    RESULTS,
    Standing,
    group,
    initial,
    is_eja,
    known_by,
    standing,
    table,
    visits,
)

EXTRACTOR_UPDATE = date(2019, 2, 1)  # before it the reference field may be blank
NEVER: Month = (0, 0)


@dataclass(frozen=True)
class Member:
    """One enrolment of the cycle as of the month, in the class it then had."""

    row: Row
    klass: Row
    standing: Standing

    @property
    def name(self) -> str:
        return str(self.row["enrolment"])

    @property
    def order(self) -> tuple[date, date, str]:
        return (self.row["enrolled_on"], self.klass["start"] or date.min, self.name)


def cycles(run: Run) -> list[Candidate]:
    """R14: the groups of one student and course, by their reference enrolment."""
    groups: dict[str, list[Member]] = {}
    wrong = []
    for row in run.source.enrolments.values():
        if not is_eja(class_of(run, row["class"])) or not begun_row(run, row):
            continue
        member = member_of(run, row)
        root, code = resolve(run, row)
        if code or (no_dates(member) and root != member.name):
            wrong.append((member, code))
        else:
            groups.setdefault(root, []).append(member)
    alone = []
    for member, code in wrong:
        if member.name in groups:  # named by others: of that course, and withheld with it
            groups[member.name].append(member)
        else:
            alone.append(faulty(run, member, code))
    return alone + [cycle(run, root, members) for root, members in sorted(groups.items())]


def begun_row(run: Run, row: Row) -> bool:
    return row["enrolled_on"] is None or run.known(row["enrolled_on"])


def no_dates(member: Member) -> bool:
    return member.row["enrolled_on"] is None or member.klass["start"] is None


def resolve(run: Run, row: Row) -> tuple[str, str]:
    """R15: the reference, or the code of what is wrong with it. A chain is followed to its end;
    one that runs in a circle, or leaves student or course, is no reference."""
    if not row["reference"]:
        old = row["enrolled_on"] is not None and row["enrolled_on"] < EXTRACTOR_UPDATE
        return row["enrolment"], "" if old else "E-EJA-NOREF"
    seen = {row["enrolment"]}
    at = row
    while at["reference"] and at["reference"] != at["enrolment"]:
        following = run.source.enrolments.get(at["reference"])
        foreign = following is None or course_key(run, following) != course_key(run, row)
        foreign = foreign or not is_eja(class_of(run, following["class"]))
        foreign = foreign or later(following, at)
        chained = at is not row and run.reading("eja_chain") == "refuse"
        if foreign or chained or following["enrolment"] in seen:
            return row["enrolment"], "E-EJA-BADREF"
        seen.add(following["enrolment"])
        at = following
    return at["enrolment"], ""


def later(first: Row, row: Row) -> bool:
    """R14: the reference is the first enrolment of the course, so none of a later day."""
    days = (first["enrolled_on"], row["enrolled_on"])
    return None not in days and days[0] > days[1]


def course_key(run: Run, row: Row) -> tuple[str, str]:
    return (row["student"], row["course"] or class_of(run, row["class"])["course"])


def member_of(run: Run, row: Row) -> Member:
    """R29, R30: Transferencia de Turma and Em Processo are no movements here."""
    log = run.source.movements.get(row["enrolment"], [])
    stays = [s for s in visits(row, log, None, eja=True) if s.since is None or run.known(s.since)]
    klass = class_of(run, (stays[-1].klass if stays else None) or row["class"])
    codes = table(klass["level"], run.config.state)
    known = known_by(run.month, run.config, codes, klass["end"])
    events = [e for e in log if e["to"] not in (CLASS_TRANSFER, IN_PROCESS)]
    start = initial(row, log, 0)
    if start["situation"] == CLASS_TRANSFER:
        start["situation"] = "2"
    return Member(row, klass, standing(events, start, codes, known, bool(log)))


def make(run: Run, root: Row, acting: Member) -> Candidate:
    log = run.source.movements.get(root["enrolment"], [])
    klass = class_of(run, visits(root, log, None, eja=True)[0].klass or root["class"])
    return Candidate(
        kind="P",
        source=root["enrolment"],
        student=root["student"],
        row=root,
        klass=klass,
        base=root,
        acting=acting.row,
        acting_class=acting.klass,
        standing=acting.standing,
        since=root["enrolled_on"],
        eja=True,
    )


def faulty(run: Run, member: Member, code: str) -> Candidate:
    """R15: an enrolment without a usable reference is withheld, where it might have been sent."""
    cand = make(run, member.row, member)
    decide(run, cand)
    anywhere = run.reading("fault_scope") == "always" and cand.reason in ("ended", "silent")
    if code and (anywhere or cand.outcome in ("upsert", "delete")):
        run.fault(code, cand, "enrolments", "reference", member.row["reference"])
    return cand


def cycle(run: Run, root: str, members: list[Member]) -> Candidate:
    live = [m for m in members if is_live(run, m)]
    # R39: while a class of the course goes on with the student in it, an exit elsewhere is none.
    inside = [m for m in live if is_inside(run, m)]
    choice = inside or live or members
    acting = max(choice, key=lambda m: m.order if not no_dates(m) else ())
    if live and all(is_gone(run, m) for m in live):  # the last to leave says when
        moved = [m for m in live if m.standing.last]
        acting = max(moved, key=lambda m: last_move(m), default=acting)
    cand = make(run, run.source.enrolments[root], acting)
    cand.members = [m.row for m in live]
    cand.course_open = any(goes_on(run, m) or is_coming(run, m) for m in live)
    if not live:
        decide_dead(run, cand, members)
    elif not source_fault(run, cand):
        if begun(run, cand):
            decide_live(run, cand, acting, live)
        else:
            cand.decide("nothing", "not_begun")
    keep_cancelled(run, cand, members)
    withhold_blank(run, cand)
    return cand


def withhold_blank(run: Run, cand: Candidate) -> None:
    """R15: the reference itself must say so, by its own field, unless it is an old enrolment."""
    if cand.row["reference"]:
        return
    _, code = resolve(run, cand.row)
    sent = cand.outcome in ("upsert", "delete")
    anywhere = run.reading("fault_scope") == "always" and cand.reason in ("ended", "silent")
    if code and (sent or anywhere):
        run.fault(code, cand, "enrolments", "reference", "")
    elif sent:
        run.find("I-EJA-GRANDFATHER", cand, "enrolments", "reference")


def goes_on(run: Run, member: Member) -> bool:
    """In a class that has started and not ended."""
    start = member.klass["start"]
    return start is not None and run.known(start) and class_open(run, member.klass)


def is_coming(run: Run, member: Member) -> bool:
    """In a class that starts after the month."""
    start = member.klass["start"]
    return start is not None and not run.known(start)


def is_inside(run: Run, member: Member) -> bool:
    """Active, in a class that has started and not ended."""
    code = table(member.klass["level"], run.config.state).get(member.standing.code)
    return group(code) == "ACTIVE" and goes_on(run, member)


def is_gone(run: Run, member: Member) -> bool:
    """Left without a result."""
    code = table(member.klass["level"], run.config.state).get(member.standing.code)
    return group(code) == "EXIT" and code not in RESULTS


def last_move(member: Member) -> tuple[datetime, tuple[date, date, str] | tuple[()]]:
    assert member.standing.last is not None
    return (member.standing.last["at"], () if no_dates(member) else member.order)


def is_live(run: Run, member: Member) -> bool:
    """R07, R08: neither hidden nor cancelled, and already there."""
    out = run.config.hidden | {run.config.codes["cancelled"], ""}
    return member.standing.code not in out


def decide_dead(run: Run, cand: Candidate, members: list[Member]) -> None:
    """R08: the exclusion only where the reference itself is cancelled and nothing else lives, in
    the month of the cancellation that left nothing."""
    cand.decide("nothing", "hidden")
    gone = [m for m in members if m.standing.code == run.config.codes["cancelled"]]
    now = [m for m in gone if m.standing.last and run.in_month(m.standing.last["at"])]
    if not now or all(m.name != cand.source for m in gone):
        return
    latest = max(now, key=lambda m: (m.standing.last["at"], m.order if not no_dates(m) else ()))
    cand.acting, cand.acting_class, cand.standing = latest.row, latest.klass, latest.standing
    if not source_fault(run, cand) and begun(run, cand):
        decide_cancelled(run, cand)


def keep_cancelled(run: Run, cand: Candidate, members: list[Member]) -> None:
    """R08: a cancellation that would exclude alone but must not erase the whole course."""
    for member in members:
        last, start = member.standing.last, member.klass["start"]
        cancelled = member.standing.code == run.config.codes["cancelled"]
        if not cancelled or last is None or not run.in_month(last["at"]) or start is None:
            continue
        kept = cand.outcome not in ("delete", "error")
        if month_of(last["at"]) >= month_of(start) and kept:
            run.find("W-EJA-CANC-KEPT", cand, "enrolments", "situation", member.name)


def decide_live(run: Run, cand: Candidate, acting: Member, live: list[Member]) -> None:
    """R28, R39: 11 when every series is approved, else what the latest enrolment says; a series
    approved alone leaves the student Matriculado."""
    final, month = every_series(run, cand, live)
    if final is not None:
        cand.acting, cand.acting_class, cand.standing = final.row, final.klass, final.standing
        cand.true_month = month
    code = acting.standing.code if final is None else APPROVED
    codes = table(cand.klass["level"], run.config.state)
    cand.situation = 1 if code == APPROVED and final is None else codes.get(code)
    cand.group = group(cand.situation)
    if cand.situation is None:
        return decide_unmapped(run, cand)
    if cand.group == "ACTIVE":
        return decide_active(run, cand, live)
    return decide_moved(run, cand)


def decide_active(run: Run, cand: Candidate, live: list[Member]) -> None:
    """R39: R04 looks at every enrolment of the course; between two classes the student stays."""
    coming = [m for m in live if is_coming(run, m)]
    if any(goes_on(run, m) for m in live):
        return cand.decide("upsert", "active")
    if not coming:
        return cand.decide("nothing", "ended")
    cand.gap = True
    run.find("W-EJA-GAP", cand, "classes", "start", min(m.klass["start"] for m in coming))
    return cand.decide("upsert", "active")


def decide_moved(run: Run, cand: Candidate) -> None:
    """R05, R10: an exit goes once, in the month of its movement."""
    if moved_in(run, cand):
        return cand.decide("upsert", "moved")
    if cand.group == "SUSPENDED":
        monthly = run.reading("suspended") == "monthly" and class_open(run, cand.acting_class)
        return cand.decide("upsert" if monthly else "nothing", "suspended")
    return cand.decide("nothing", "silent")


def every_series(
    run: Run, cand: Candidate, live: list[Member]
) -> tuple[Member | None, Month | None]:
    """R28: the approved enrolment of the last series, and the month in which the last of all the
    approvals came; nothing while a series lacks one, or where the course lists no series."""
    series = [s["series"] for s in run.source.course_series.get(course_key(run, cand.row)[1], [])]
    approved: list[list[Member]] = []
    missing = 0
    for name in series:
        enrolled = [m for m in live if series_of(m) == name]
        done = [m for m in enrolled if m.standing.code == APPROVED]
        missing += not enrolled
        if enrolled or not waived(run, live):
            approved.append(done)
    ended = [m for m in approved[-1] if series_of(m) == series[-1]] if approved else []
    now = [m for m in ended if m.standing.last and run.in_month(m.standing.last["at"])]
    if missing and now:
        run.find("W-EJA-SERIES-MISSING", cand, "course_series", "series", missing)
    last = [m for m in live if series and series_of(m) == series[-1]]
    if not series or not last or not all(approved):
        return None, None
    final = max(approved[-1], key=lambda m: m.order)
    return final, max(min(approval_month(m) for m in done) for done in approved)


def series_of(member: Member) -> str:
    return str(member.row["series"] or member.klass["series"])


def approval_month(member: Member) -> Month:
    last = member.standing.last
    return month_of(last["at"]) if last else NEVER


def waived(run: Run, live: list[Member]) -> bool:
    """R28: by default nothing is; else a student once in Reconhecimento de Saberes."""
    if run.reading("eja_waiver") == "off":
        return False
    names = {m.name for m in live}
    logs = [e for n in names for e in run.source.movements.get(n, []) if run.known(e["at"])]
    return any("70" in (e["from"], e["to"]) for e in logs) or any(
        m.standing.code == "70" for m in live
    )
