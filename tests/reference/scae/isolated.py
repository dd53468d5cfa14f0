"""Isolated enrolments of continuing education: a new record each (R16, R17, R32, R55-R57)."""

from .model import Row
from .population import begun, class_of, decide, in_scope
from .run import Candidate, Run
from .situation import group, initial, known_by, standing, table


def isolated(run: Run) -> list[Candidate]:
    candidates = []
    for row in run.source.discipline_enrolments.values():
        if row["isolated"] and (row["enrolled_on"] is None or run.known(row["enrolled_on"])):
            cand = candidate(run, row)
            candidates.append(cand)
            if wrong_level(run, cand):
                continue
            decide(run, cand)
            if cand.outcome == "upsert":
                find_parent(run, cand)
    return candidates


def discipline_log(run: Run, name: str) -> list[Row]:
    log = run.source.discipline_movements.get(name, [])
    return [{**event, "column": "situation", "class": ""} for event in log]


def candidate(run: Run, row: Row) -> Candidate:
    """R17: the class is the one of the class/discipline."""
    offer = run.source.class_disciplines.get(row["class_discipline"], {})
    klass = class_of(run, offer.get("class", ""))
    log = discipline_log(run, row["discipline_enrolment"])
    codes = table(klass["level"], run.config.state)
    known = known_by(run.month, run.config, codes, klass["end"])
    return Candidate(
        kind="I",
        source=row["discipline_enrolment"],
        student=row["student"],
        row=row,
        klass=klass,
        base=row,
        acting=row,
        acting_class=klass,
        standing=standing(log, initial(row, log, 0), codes, known, bool(log)),
        since=row["enrolled_on"],
    )


def wrong_level(run: Run, cand: Candidate) -> bool:
    """R57: only in continuing education."""
    if cand.klass["level"] in ("continuing", ""):
        return False
    cand.decide("nothing", "level")
    if begun(run, cand) and in_scope(run, cand) and cand.standing.code not in run.config.hidden:
        run.find("W-ISO-LEVEL", cand, "discipline_enrolments", "isolated")
    return True


def find_parent(run: Run, cand: Candidate) -> None:
    """R55: the period enrolment of the same period, course and series; R56: finished by then."""
    wanted = tuple(cand.klass[name] for name in ("period", "course", "series"))
    parents = [
        row
        for row in run.source.enrolments.values()
        if row["student"] == cand.student
        and matching(run, row) == wanted
        and (row["enrolled_on"] is None or run.known(row["enrolled_on"]))
    ]
    if len(parents) != 1:
        code = "E-ISO-AMBIGUOUS" if parents else "E-ISO-NOPARENT"
        return run.block(code, cand, "discipline_enrolments", "enrolment", len(parents))
    cand.members = parents
    if not finished(run, parents[0], cand):
        name = parents[0]["enrolment"]
        run.block("E-ISO-PARENT-OPEN", cand, "discipline_enrolments", "enrolment", name)
    return None


def matching(run: Run, row: Row) -> tuple[str, str, str]:
    klass = class_of(run, row["class"])
    return (klass["period"], row["course"] or klass["course"], row["series"] or klass["series"])


def finished(run: Run, parent: Row, cand: Candidate) -> bool:
    """R56: an exit, or cancelled, at the end of the day of the isolated enrolment."""
    log = run.source.movements.get(parent["enrolment"], [])
    codes = table(class_of(run, parent["class"])["level"], run.config.state)
    day = cand.row["enrolled_on"]
    then = standing(log, initial(parent, log, 0), codes, lambda e: e["at"].date() <= day, bool(log))
    cancelled = then.code == run.config.codes["cancelled"]
    return cancelled or group(codes.get(then.code)) == "EXIT"
