"""The monthly load: records, disciplines, findings and reconciliation (R01, R11, R62)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from . import checks
from .dates import effective_date, mobility_date
from .disciplines import load_disciplines
from .eja import cycles
from .hours import Hours, student_hours
from .isolated import isolated
from .ledger import Ledger, compare
from .model import Finding, Month, Row, Tables, read_config, read_source
from .population import ordinary
from .run import Candidate, Run


class Refused(ValueError):
    """A run that the rules do not allow."""


@dataclass
class Load:
    """`records`, `disciplines`, `reconciliation`: rows with the contract's names; `withheld`: the
    records that were computed and not sent, with their `codes`; `population`: the record keys of
    all that should go, sent or not; `checklist`: pending results by class (December)."""

    records: list[Row]
    disciplines: list[Row]
    findings: list[Finding]
    withheld: list[Row] = field(default_factory=list)
    population: list[str] = field(default_factory=list)
    reconciliation: list[Row] = field(default_factory=list)
    checklist: list[Row] = field(default_factory=list)
    manifest: Row = field(default_factory=dict)


def load(
    tables: Tables, config: Mapping[str, Any], month: str | Month, ledger: Ledger | None = None
) -> Load:
    """The load of one month ("2024-03") of the source tables.

    `config`: see `model.Config`; `state` is needed. `ledger`: what the months before sent; None
    means that nobody knows. Refuses a month not yet begun (R01) and a run without state (R34).
    """
    settings = read_config(config)
    when = tuple(int(part) for part in month.split("-")) if isinstance(month, str) else month
    when = (when[0], when[1])
    if checks.run_state(when, settings.today) == "future":
        raise Refused(f"{when[0]}-{when[1]:02} has not begun on {settings.today}")
    reported = ledger.before(when) if ledger is not None else None
    run = Run(read_source(tables, settings), settings, when, reported)
    checks.situation_names(run)
    candidates = [c for c in (*ordinary(run), *cycles(run), *isolated(run)) if wanted(run, c)]
    lines = make_all(run, candidates)
    return result(run, candidates, lines)


def wanted(run: Run, cand: Candidate) -> bool:
    """R01: other filters are optional: unit, period, level, course, modality, series, class."""
    return all(cand.klass[name] == value for name, value in run.config.filters.items())


Lines = list[tuple[Candidate, Row, list[Row]]]


def make_all(run: Run, candidates: list[Candidate]) -> Lines:
    """R11: the filter is over; each field is derived on its own."""
    lines: Lines = []
    for cand in candidates:
        checks.no_log(run, cand)
        if cand.outcome == "delete":
            record = exclusion(run, cand)
            if record:
                lines.append((cand, record, []))
        elif cand.outcome == "upsert":
            lines.append((cand, *upsert(run, cand)))
    checks.one_key(run, [(cand, record) for cand, record, _ in lines])
    for cand, _, _ in lines:
        if cand.blocks:
            cand.decide("error", "error")
    return lines


def exclusion(run: Run, cand: Candidate) -> Row | None:
    """R08: the key and the operation, nothing else."""
    checks.state_check(run, cand)
    checks.cancelled_after_start(run, cand)
    if run.reported is not None:
        before = run.reported.get(cand.record)
        if before is None or before["operation"] != "UPSERT":
            run.find("W-DELETE-UNSENT", cand, "ledger", "operation")
            if run.reading("delete_unsent") == "suppress":
                cand.decide("nothing", "unsent")
        if erases_another(run, cand):
            cand.decide("nothing", "re_enrolled")
        if cand.outcome == "nothing":
            return None
    return record_of(run, cand, "DELETE", None, None, Hours(None, False))


def erases_another(run: Run, cand: Candidate) -> bool:
    """Another enrolment of the student in the class was sent under the same key."""
    if cand.kind != "P":
        return False
    key = ("P", cand.klass["unit"], cand.klass["period"], cand.klass["class"], cand.student)
    return any(
        row["operation"] == "UPSERT"
        and row["record"] != cand.record
        and tuple(row.get(n) for n in ("kind", "unit", "period", "class", "student")) == key
        for row in (run.reported or {}).values()
    )


def upsert(run: Run, cand: Candidate) -> tuple[Row, list[Row]]:
    checks.state_check(run, cand)
    effective = effective_date(run, cand)
    mobility = mobility_date(run, cand)
    checks.record_checks(run, cand, effective, mobility)
    hours = student_hours(run, cand, effective, mobility)
    record = record_of(run, cand, "UPSERT", effective, mobility, hours)
    return record, load_disciplines(run, cand, mobility is not None)


def record_of(
    run: Run,
    cand: Candidate,
    operation: str,
    effective: date | None,
    mobility: date | None,
    hours: Hours,
) -> Row:
    """One row of `load`. EJA: class of the reference, or the current one by `eja_class`."""
    klass, row = cand.klass, checks.period_row(run, cand)
    if cand.eja and run.reading("eja_class") == "current":
        klass = cand.acting_class
    sent = operation == "UPSERT"
    return {
        "record": cand.record,
        "operation": operation,
        "kind": cand.kind,
        "enrolment": cand.source,
        "student": cand.student,
        **{name: klass[name] for name in ("unit", "period", "class", "course")},
        "effective_date": effective,
        "situation": cand.situation if sent else None,
        "mobility_date": mobility,
        "student_hours": hours.hours,
        "hours_partial": hours.partial,
        "complements": dict(row["complements"]) if sent and row else {},
    }


def result(run: Run, candidates: list[Candidate], lines: Lines) -> Load:
    kept = [(c, r, d) for c, r, d in lines if c.outcome in ("upsert", "delete")]
    held = [(c, r) for c, r, _ in lines if c.outcome == "error"]
    records = sorted((r for _, r, _ in kept), key=lambda r: r["record"])
    disciplines = [row for _, _, rows in kept for row in rows]
    disciplines.sort(key=lambda r: (r["record"], r["scae_discipline"]))
    reconciliation = compare(run, candidates, records)
    alive = [c for c in candidates if c.outcome in ("upsert", "delete", "error")]
    return Load(
        records=records,
        disciplines=disciplines,
        findings=checks.sorted_findings(said(run, candidates)),
        withheld=sorted(
            ({**r, "codes": sorted(set(c.blocks))} for c, r in held), key=lambda r: r["record"]
        ),
        population=sorted({c.record for c in alive}),
        reconciliation=reconciliation,
        checklist=checks.checklist(candidates, run),
        manifest=manifest(run, records, disciplines),
    )


def said(run: Run, candidates: list[Candidate]) -> list[Finding]:
    """R01: of a filtered load only what is said of its records, or of none."""
    records = {"", *(c.record for c in candidates)}
    return [f for f in run.findings if not run.config.filters or f.record in records]


def manifest(run: Run, records: list[Row], disciplines: list[Row]) -> Row:
    """R62: the version of the mapping and the one of the rules are two."""
    config = run.config
    content = repr((records, disciplines)).encode()
    return {
        "month": f"{run.month[0]}-{run.month[1]:02}",
        "status": checks.run_state(run.month, config.today),
        "state": config.state,
        "filters": dict(config.filters),
        "rules_version": config.rules_version,
        "mapping_version": config.mapping_version,
        "readings": dict(config.readings),
        "counts": {"load": len(records), "load_disciplines": len(disciplines)},
        "sha256": sha256(content).hexdigest(),
        "totals": checks.totals(run, records),
    }


def load_months(
    tables: Tables, config: Mapping[str, Any], first: str, last: str
) -> tuple[list[Load], Ledger]:
    """The loads of all months from `first` to `last`, each against the ledger of those before."""
    ledger = Ledger()
    loads = []
    year, month = (int(part) for part in first.split("-"))
    while f"{year}-{month:02}" <= last:
        loads.append(load(tables, config, (year, month), ledger))
        resend = loads[-1].manifest["readings"]["resend"]
        ledger.add(loads[-1].records, (year, month), resend)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return loads, ledger
