"""Findings on a computed record: the checks of the text, and the derived controls K4, K6."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from .model import Finding, Month, Row
from .population import class_of
from .run import Candidate, Run
from .situation import ACTIVE, EXIT, RESULTS, group, table

NAMES = {  # a word that the description of the code must hold
    "general": {"30": "transf", "32": "reclass", "45": "falec"},
    "PR": {"30": "falec", "32": "transf", "45": "falec"},
}


def situation_names(run: Run) -> None:
    """R34: codes 30 and 32 change their meaning in Parana; the names of the catalogue tell."""
    words = NAMES["PR" if run.config.state == "PR" else "general"]
    for code, word in words.items():
        name = run.config.situation_names.get(code)
        if name is not None and word not in name.lower():
            run.find("W-SIT-NAME", None, "situations", "name", f"{code} {name}")


def record_checks(run: Run, cand: Candidate, effective: date, mobility: date | None) -> None:
    """The checks of one UPSERT, in the order of the rules."""
    exit_then_result(run, cand)
    if cand.situation == 9 and mobility is not None:
        early_evadido(run, cand)
    dependency_flag(run, cand)
    required_fields(run, cand)
    municipality(run, cand)
    if mobility is not None and mobility < effective:
        soft_block(run, "E-MOB-BEFORE-EFET", cand, "mobility_date", mobility)


def state_check(run: Run, cand: Candidate) -> None:
    """R34: the table of situations is the one of the run; another state is another table."""
    state = cand.klass["state"]
    if state and state != run.config.state:
        run.block("E-STATE", cand, "classes", "state", state)


def soft_block(run: Run, code: str, cand: Candidate, name: str, value: Any) -> None:
    """An error on a record that could be computed: withheld, unless the reading says otherwise."""
    add = run.block if run.reading("computed_errors") == "withheld" else run.find
    add(code, cand, "enrolments", name, value)


def exit_then_result(run: Run, cand: Candidate) -> None:
    """R40: a result typed on a student whose situation says that he had already left."""
    stands = cand.standing
    codes = table(cand.klass["level"], run.config.state)
    left = codes.get(stands.situation)
    typed = stands.last is not None and stands.last["column"] == "result"
    if typed and cand.situation in RESULTS and group(left) == "EXIT" and left not in RESULTS:
        soft_block(run, "E-EXIT-THEN-RESULT", cand, "situation", stands.situation)


def cancelled_after_start(run: Run, cand: Candidate) -> None:
    """R52: after the first day of class an interruption should be Desistente."""
    first = cand.klass["start"]
    if run.reading("first_class_day") == "first_lesson":
        offers = [
            name
            for name, offer in run.source.class_disciplines.items()
            if offer["class"] == cand.klass["class"]
        ]
        days = [lesson["date"] for name in offers for lesson in run.source.lessons.get(name, [])]
        first = min(days, default=first)
    last = cand.standing.last
    if last is not None and last["at"].date() > first:
        run.find("W-CANC-AFTER-START", cand, "movements", "at", last["at"].date())


def early_evadido(run: Run, cand: Candidate) -> None:
    """R53: Evadido is meant for the closing of the class."""
    end, last = cand.acting_class["end"], cand.standing.last
    if end is not None and last is not None:
        days = (end - last["at"].date()).days
        if days > run.config.evadido_early_days:
            run.find("I-EVADIDO-EARLY", cand, "movements", "at", days)


def dependency_flag(run: Run, cand: Candidate) -> None:
    """R54: only the situation hides a dependency; a flag alone is a warning."""
    if cand.kind == "P" and cand.acting["complements"].get(run.config.dependency_field) is True:
        run.find("W-DEP-FLAG", cand, "enrolments", run.config.dependency_field)


def period_row(run: Run, cand: Candidate) -> Row | None:
    """R55: the row that gives complements and municipality."""
    if cand.kind == "I":
        return cand.members[0] if len(cand.members) == 1 else None
    latest = cand.eja and run.reading("eja_complements") == "latest"
    return cand.acting if latest else cand.row


def required_fields(run: Run, cand: Candidate) -> None:
    """R60: the fields that the configuration requires of the level."""
    row = period_row(run, cand)
    if row is None:
        return
    for name in run.config.required.get(cand.klass["level"], []):
        value = row[name] if name in row else row["complements"].get(name)
        if str("" if value is None else value).strip() == "":
            run.block("E-REQ", cand, "enrolments", name)


def municipality(run: Run, cand: Candidate) -> None:
    """R61: a code that the support table does not hold; a blank one is a matter of R60."""
    row, known = period_row(run, cand), run.source.municipalities
    if row is not None and known is not None:
        code = row["municipality"]
        if code and code not in known:
            run.block("E-MUN", cand, "enrolments", "municipality", code)


def one_key(run: Run, made: list[tuple[Candidate, Row]]) -> None:
    """K4: no key twice in one file. R08: an exclusion beside a record of the same key is not sent,
    it would erase it; of several records of one key none is."""
    if run.reading("record_key") == "source":
        return
    groups: dict[tuple[str, ...], list[tuple[Candidate, Row]]] = {}
    for cand, record in made:
        extra = cand.row["class_discipline"] if cand.kind == "I" else ""
        names = ("unit", "period", "class", "student", "kind")
        groups.setdefault((*(record[n] for n in names), extra), []).append((cand, record))
    for key, members in groups.items():
        upserts = [c for c, record in members if record["operation"] == "UPSERT"]
        for cand, record in members:
            if record["operation"] == "DELETE" and upserts:
                cand.decide("nothing", "re_enrolled")
            elif len(upserts) > 1:
                run.block("E-KEY-TWICE", cand, "enrolments", "enrolment", ":".join(key))


def no_log(run: Run, cand: Candidate) -> None:
    """R06: without log rows the current situation counts for every month."""
    plain = cand.group == "ACTIVE" and run.reading("nolog") == "unexplained"
    if not cand.standing.logged and cand.outcome in ("upsert", "delete") and not plain:
        run.find("I-NOLOG", cand, "movements", "enrolment")


def checklist(candidates: list[Candidate], run: Run) -> list[Row]:
    """R58: in December, the classes ending in the year with students without a result."""
    if run.month[1] != 12:
        return []
    lines: dict[str, Row] = {}
    for cand in candidates:
        klass = cand.acting_class
        ends = klass["end"] is not None and klass["end"].year == run.month[0]
        # EJA: a series approved is a result typed, though the course goes on as Matriculado.
        told = table(cand.klass["level"], run.config.state).get(cand.standing.code)
        if ends and not cand.superseded and told in ACTIVE | RESULTS:
            line = lines.setdefault(
                klass["class"], {"class": klass["class"], "pending": 0, "students": 0}
            )
            line["students"] += 1
            line["pending"] += told in ACTIVE
    return [lines[name] for name in sorted(lines) if lines[name]["pending"]]


def totals(run: Run, records: Iterable[Row]) -> list[Row]:
    """K7: records and hours by level, modality, unit, operation and situation."""
    sums: dict[tuple[str, ...], Row] = {}
    for record in records:
        klass = class_of(run, record["class"])
        names = ("level", "modality", "unit")
        key = (
            *(klass[n] for n in names),
            record["operation"],
            str(record["situation"] or ""),
        )
        line = sums.setdefault(
            key, {**{n: klass[n] for n in names}, "records": 0, "exits": 0, "hours": 0}
        )
        line |= {"operation": record["operation"], "situation": record["situation"]}
        line["records"] += 1
        line["exits"] += record["situation"] in EXIT
        line["hours"] += record["student_hours"] or 0
    return [sums[key] for key in sorted(sums)]


def sorted_findings(findings: list[Finding]) -> list[Finding]:
    return sorted(set(findings))


def run_state(month: Month, today: date | None) -> str:
    """R01: `final`, `preview` for a month that is not over, `future` for one not begun."""
    if today is None or month < (today.year, today.month):
        return "final"
    return "preview" if month == (today.year, today.month) else "future"
