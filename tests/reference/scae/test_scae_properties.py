"""What holds for every network: keys, closure of the ledger, identity, regeneration."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from . import READINGS, Ledger, Load, load
from .dates import last_day
from .ledger import is_open
from .load import load_months
from .model import Month
from .random_logs import FIRST, HIDDEN_CODES, LAST, Network, random_network, write_source
from .readings import choose
from .situation import ACTIVE, BASIC, CONTINUING, EXIT, SUSPENDED

SEEDS = range(24)
EXPLANATIONS = {"kept", "exited", "corrected", "excluded", "orphan", "hidden"}
CODES = """
    E-CLASS-MISSING E-CLASS-NOEND E-CLASS-NOSTART E-DISC-NOCODE E-EJA-BADREF E-EJA-NOREF
    E-EXIT-THEN-RESULT E-HA-NODATA E-HA-NOTYPE E-ISO-AMBIGUOUS E-ISO-NOPARENT E-ISO-PARENT-OPEN
    E-KEY-TWICE E-MOB-BEFORE-EFET E-MUN E-REQ E-SIT-UNMAPPED E-STATE
    I-EJA-GRANDFATHER I-EVADIDO-EARLY I-NOLOG
    W-CANC-AFTER-START W-CLASS-CHANGED W-DELETE-UNSENT W-DEP-FLAG W-DISC-NOTYPE
    W-EFET-BEFORE-START W-EJA-CANC-KEPT W-EJA-GAP W-EJA-SERIES-MISSING W-FUTURE W-ISO-LEVEL
    W-ORPHAN W-OVERRIDE-STALE W-REOPENED W-REPORTED-THEN-HIDDEN W-RETRO W-SIT-NAME
""".split()  # noqa: SIM905


def months() -> Iterator[Month]:
    year, number = (int(part) for part in FIRST.split("-"))
    while f"{year}-{number:02}" <= LAST:
        yield (year, number)
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)


def kind_of(seed: int) -> dict[str, bool]:
    return {"retroactive": seed % 3 == 1, "faulty": seed % 2 == 1, "class_in_log": seed % 4 < 3}


NETWORKS = [pytest.param(seed, kind_of(seed), id=f"{seed}") for seed in SEEDS]


def year_of(seed: int, kind: dict[str, bool]) -> tuple[Network, list[Load], Ledger]:
    network = random_network(seed, **kind)
    return network, *load_months(network.source(), network.config, FIRST, LAST)


@pytest.mark.parametrize(("seed", "kind"), NETWORKS)
def test_no_key_twice_and_every_row_is_sound(seed: int, kind: dict[str, bool]) -> None:
    _, loads, _ = year_of(seed, kind)
    for loaded, month in zip(loads, months(), strict=True):
        keys = [r["record"] for r in loaded.records]
        assert len(set(keys)) == len(keys)
        assert set(keys).isdisjoint(r["record"] for r in loaded.withheld)
        assert set(keys) <= set(loaded.population)
        natural = ("unit", "period", "class", "student")
        period = [tuple(r[n] for n in natural) for r in loaded.records if r["kind"] == "P"]
        assert len(set(period)) == len(period)
        lines = [(d["record"], d["scae_discipline"]) for d in loaded.disciplines]
        assert len(set(lines)) == len(lines)
        assert {record for record, _ in lines} <= set(keys)
        for row in loaded.records:
            sound(row, month)


def sound(row: dict[str, Any], month: Month) -> None:
    if row["operation"] == "DELETE":
        blank = ("effective_date", "situation", "mobility_date", "student_hours")
        assert all(row[name] is None for name in blank)
        return
    assert row["situation"] in ACTIVE | EXIT | SUSPENDED
    assert (row["mobility_date"] is None) == (row["situation"] in ACTIVE)
    if row["mobility_date"] is not None:
        assert row["mobility_date"] >= row["effective_date"]
    if row["kind"] == "P":  # an isolated one takes a change date that nothing logs (R23)
        assert (row["effective_date"].year, row["effective_date"].month) <= month
    assert row["student_hours"] is None or row["student_hours"] >= 0


@pytest.mark.parametrize(("seed", "kind"), NETWORKS)
def test_the_ledger_closes(seed: int, kind: dict[str, bool]) -> None:
    """K3: every key open in a month is in the next one, or has one explanation."""
    _, loads, ledger = year_of(seed, kind)
    for loaded, month in zip(loads, months(), strict=True):
        before = ledger.before(month)
        last = max((row["month"] for row in before.values()), default=month)
        owed = {k for k, r in before.items() if r["month"] == last and is_open(r)}
        lines = [line["record"] for line in loaded.reconciliation]
        assert len(set(lines)) == len(lines)
        assert owed <= set(lines)
        sent = {r["record"]: r for r in loaded.records}
        orphans = {f.record for f in loaded.findings if f.code == "W-ORPHAN"}
        for line in loaded.reconciliation:
            assert line["explanation"] in EXPLANATIONS
            if line["explanation"] in ("orphan", "hidden"):
                assert line["record"] not in sent
                assert line["record"] in owed
            else:
                deleted = sent[line["record"]]["operation"] == "DELETE"
                assert deleted == (line["explanation"] == "excluded")
            assert (line["explanation"] == "orphan") == (line["record"] in orphans)


@pytest.mark.parametrize(("seed", "kind"), NETWORKS)
def test_the_same_run_twice_in_any_order_of_rows(seed: int, kind: dict[str, bool]) -> None:
    network, loads, ledger = year_of(seed, kind)
    tables = network.source()
    for rows in tables.values():
        Random(seed).shuffle(rows)
    for loaded, month in zip(loads, months(), strict=True):
        assert load(tables, network.config, month, ledger) == loaded


@pytest.mark.parametrize(("seed", "kind"), NETWORKS)
def test_old_months_come_again_from_the_log(seed: int, kind: dict[str, bool]) -> None:
    """R06: a month made again from today's source is the one that was sent, unless something that
    speaks of it was typed later. Only I-NOLOG may differ: the log was still empty then."""
    if not kind["class_in_log"] or kind["faulty"]:
        kind = {**kind, "class_in_log": True, "faulty": False}
    network = random_network(seed, **kind)
    ledger = Ledger()
    differing, late = [], []
    for month in months():
        close = datetime.combine(last_day(month), time(23, 59, 59))
        sent = load(network.source(close), network.config, month, ledger)
        again = load(network.source(), network.config, month, ledger)
        if network.late(close):
            late.append(month)
        if comparable(sent) != comparable(again):
            differing.append(month)
        ledger.add(sent.records, month)
    assert set(differing) <= set(late)
    assert not late or kind["retroactive"]


def comparable(loaded: Load) -> tuple[Any, ...]:
    findings = [f for f in loaded.findings if f.code != "I-NOLOG"]
    return (loaded.records, loaded.disciplines, loaded.withheld, findings, loaded.reconciliation)


def test_retroactive_movements_do_change_old_months() -> None:
    changed = 0
    for seed in range(12):
        network = random_network(seed, retroactive=True)
        for month in months():
            close = datetime.combine(last_day(month), time(23, 59, 59))
            sent = load(network.source(close), network.config, month)
            changed += sent.records != load(network.source(), network.config, month).records
    assert changed > 10


def test_the_generator_reaches_every_code_and_finding() -> None:
    """Else the comparison with another engine would prove less than it says."""
    found: set[str] = set()
    codes: set[str] = set()
    situations: set[int] = set()
    for seed in range(60):
        network = random_network(seed, people=24, **kind_of(seed))
        # Live loads: each month from what was known at its end.
        ledger = Ledger()
        for month in months():
            close = datetime.combine(last_day(month), time(23, 59, 59))
            loaded = load(network.source(close), network.config, month, ledger)
            ledger.add(loaded.records, month)
            found |= {f.code for f in loaded.findings}
            situations |= {r["situation"] for r in loaded.records}
        codes |= {row["to"] for row in network.source().get("movements", [])}
    assert set(CODES) - found == set()
    assert found - set(CODES) == set()
    assert {*BASIC, *CONTINUING, *HIDDEN_CODES, "CANC", "71"} - codes == set()
    assert situations >= ACTIVE | EXIT | SUSPENDED


@pytest.mark.parametrize("name", [n for n, r in READINGS.items() if r.used])
def test_every_reading_changes_some_load(name: str) -> None:
    """A reading that changes nothing would be a name without a meaning."""
    for choice in READINGS[name].choices[1:]:
        assert any(differs(seed, name, choice) for seed in range(40)), choice


def differs(seed: int, name: str, choice: str) -> bool:
    network = random_network(seed, people=20, faulty=seed % 2 == 1)
    tables = network.source()
    default, ledger = load_months(tables, network.config, "2024-01", "2025-01")
    config = {**network.config, "readings": {name: choice}}
    if name == "resend":
        return resend_differs(ledger, default, choice)
    other, _ = load_months(tables, config, "2024-01", "2025-01")
    return any(comparable_all(a) != comparable_all(b) for a, b in zip(default, other, strict=True))


def comparable_all(loaded: Load) -> tuple[Any, ...]:
    return (loaded.records, loaded.disciplines, loaded.findings, loaded.withheld)


def resend_differs(ledger: Ledger, loads: list[Load], choice: str) -> bool:
    """Half of a month sent again: replaced, the other half is forgotten."""
    sent = loads[4].records
    ledgers = [Ledger(list(ledger.rows)), Ledger(list(ledger.rows))]
    for book, how in zip(ledgers, ("replace", choice), strict=True):
        book.add(sent[::2], (2024, 5), how)
    return ledgers[0].before((2024, 6)) != ledgers[1].before((2024, 6))


def test_a_reading_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown reading"):
        choose({"colour": "blue"})
    with pytest.raises(ValueError, match="allowed"):
        choose({"class_end": "never"})


def test_the_source_is_written_in_the_shape_of_the_contract(tmp_path: Path) -> None:
    network = random_network(3)
    write_source(network.source(), network.config, tmp_path)
    lines = (tmp_path / "enrolments.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("enrolment,student,class,course,series,enrolled_on,situation")
    assert len(lines) == len(network.source()["enrolments"]) + 1
    assert date.fromisoformat(lines[1].split(",")[5])
