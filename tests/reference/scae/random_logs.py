"""Small random school networks that live from month to month, and faulty ones; generated people.

A network keeps when each row became known, so that the source can be had as it was on any day.
"""

import csv
import json
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from .model import CODES, COLUMNS, HIDDEN, Row
from .situation import BASIC, CONTINUING

FIRST, LAST = "2024-01", "2025-02"
START, STOP = date(2024, 1, 8), date(2025, 1, 31)
RESULT_CODES = {"9", "10", "11", "71"}
LEFT = (set(BASIC) | set(CONTINUING)) - {"2", "70", "39", "66"}  # may carry the override
HIDDEN_CODES = [CODES[name] for name in HIDDEN]
KEYS = {"enrolments": "enrolment", "discipline_enrolments": "discipline_enrolment"}


@dataclass
class Network:
    """`rows`: table to (known from, row); `patches`: (known from, table, key, column, value), what
    the screens overwrite without a trace."""

    rng: Random
    config: Row
    rows: dict[str, list[tuple[datetime, Row]]] = field(default_factory=dict)
    patches: list[tuple[datetime, str, str, str, Any]] = field(default_factory=list)
    number: int = 0

    def add(self, table: str, known: datetime, **values: Any) -> Row:
        row = {name: values.get(name) for name in COLUMNS[table]}
        self.rows.setdefault(table, []).append((known, row))
        return row

    def next(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def source(self, at: datetime = datetime.max) -> dict[str, list[Row]]:
        """The tables as they stood at a moment; by default at the end."""
        tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        for name, rows in self.rows.items():
            tables[name] = [dict(row) for known, row in rows if known <= at]
        for known, table, key, column, value in sorted(self.patches, key=lambda p: p[0]):
            for row in tables[table]:
                if known <= at and row[KEYS[table]] == key:
                    row[column] = value
        return tables

    def late(self, at: datetime) -> list[Row]:
        """The rows that speak of the time up to `at` and were typed after it."""
        moments = {"movements": "at", "discipline_movements": "at"}
        moments |= dict.fromkeys(("enrolments", "discipline_enrolments"), "enrolled_on")
        found = []
        for table, column in moments.items():
            for known, row in self.rows.get(table, []):
                when = row[column]
                if when is not None and known > at and moment(when) <= at:
                    found.append(row)
        return found


def moment(when: date | datetime) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time())


def random_network(
    seed: int,
    people: int = 14,
    retroactive: bool = False,
    faulty: bool = False,
    class_in_log: bool = True,
) -> Network:
    """A network of one year: basic, EJA of the three modalities, continuing education, isolated.

    `retroactive`: some movements are typed weeks later; `faulty`: rows that a check must find;
    `class_in_log`: False leaves the class of the movements empty.
    """
    rng = Random(seed)
    state = rng.choice(["SP", "SP", "PR"])
    config = {
        "state": state,
        "required": {"basic": ["category"]} if rng.random() < 0.3 else {},
        "situation_names": {"30": "Transferência Interna"} if rng.random() < 0.3 else {},
    }
    network = Network(rng, config)
    make_classes(network, state)
    for code in ("100", "200"):
        network.add("municipalities", datetime.min, municipality=code, scae_code=f"9{code}")
    for number in range(people):
        walk = rng.choice([basic, basic, eja, eja, continuing])
        walk(network, f"RA{number}", class_in_log, retroactive)
    if faulty:
        break_source(network)
    return network


# --- classes, disciplines, lessons -------------------------------------------------------------

OFFERS = (
    # code, level, course, modality, series, start, end
    ("7A", "basic", "EF", "1", "7", (2024, 2, 5), (2024, 12, 13)),
    ("7B", "basic", "EF", "1", "7", (2024, 3, 31), (2024, 12, 13)),
    ("8A", "basic", "EF", "1", "8", (2024, 2, 5), (2024, 10, 31)),
    ("OLD", "basic", "EJA-EM", "3", "1", (2018, 8, 6), (2024, 12, 13)),
    ("NR-A", "continuing", "NR10", "9", "NR10", (2024, 4, 8), (2024, 5, 31)),
    ("NR-B", "continuing", "NR10", "9", "NR10", (2024, 6, 3), (2024, 9, 30)),
    *(
        (f"{course}-{name}", "basic", course, modality, series, start, end)
        for course, modality in (("NEJA", "08"), ("EJA-EM", "3"), ("EJA-EP", "7"))
        for name, series, start, end in (
            ("A", "1", (2024, 2, 5), (2024, 6, 28)),
            ("B", "2", (2024, 7, 22), (2024, 12, 13)),
            ("C", "2", (2024, 10, 7), (2025, 2, 28)),
        )
    ),
)


def make_classes(network: Network, state: str) -> None:
    rng = network.rng
    for code, level, course, modality, series, start, end in OFFERS:
        network.add(
            "classes",
            datetime.min,
            **{"class": code, "code": code, "level": level, "course": course},
            **{"modality": modality, "series": series, "state": state, "period": "2024"},
            unit=rng.choice(["U1", "U2"]),
            start=date(*start),
            end=None if rng.random() < 0.05 else date(*end),
        )
        for subject in ("MAT", "LPT", "HIS"):
            name = f"{code}/{subject}"
            network.add(
                "class_disciplines",
                datetime.min,
                **{"class_discipline": name, "class": code, "discipline": subject},
                scae_code="" if rng.random() < 0.15 else f"1{subject}",
                type=rng.choice(["P", "P", "S", "D", ""]),
            )
            make_lessons(network, name, date(*start), date(*end))
    for course in ("NEJA", "EJA-EM", "EJA-EP"):
        for order, series in enumerate("12", 1):
            network.add("course_series", datetime.min, course=course, series=series, order=order)


def make_lessons(network: Network, name: str, start: date, end: date) -> None:
    rng = network.rng
    if rng.random() < 0.3:
        return
    day = max(start, START) + timedelta(days=rng.randint(0, 20))
    while day <= end:
        if day.month != 7:
            minutes = rng.choice([45, 50, 50, 60, 100])
            network.add("lessons", datetime.min, class_discipline=name, date=day, minutes=minutes)
        day += timedelta(days=rng.randint(5, 20))


# --- movements ---------------------------------------------------------------------------------


def moments(rng: Random, first: date, count: int) -> list[datetime]:
    """Sorted moments after `first`; some on the last minute of a month, some equal."""
    if first >= STOP:
        return []
    times = []
    for _ in range(count):
        day = first + timedelta(days=rng.randint(0, (STOP - first).days))
        clock = time(rng.randint(8, 20), rng.choice([0, 15, 30]))
        if rng.random() < 0.1:
            day, clock = day.replace(day=monthrange(day.year, day.month)[1]), time(23, 59)
        times.append(datetime.combine(day, clock))
    if times and rng.random() < 0.1:
        times.append(rng.choice(times))
    return sorted(times)


def typed(network: Network, at: datetime, retroactive: bool) -> datetime:
    if retroactive and network.rng.random() < 0.25:
        return at + timedelta(days=network.rng.randint(10, 80))
    return at


def move(
    network: Network, row: Row, codes: list[str], log_class: bool, retroactive: bool, count: int
) -> None:
    """A walk of one enrolment through `codes`; a class transfer may change the class of the row."""
    rng = network.rng
    held = {"situation": row["situation"], "result": ""}
    klass, exits = row["class"], 0
    for seq, at in enumerate(moments(rng, row["enrolled_on"], count), 1):
        to = rng.choice(codes)
        column = "result" if to in RESULT_CODES and rng.random() < 0.8 else "situation"
        known = typed(network, at, retroactive)
        network.add(
            "movements",
            known,
            **{"enrolment": row["enrolment"], "seq": seq, "at": at, "column": column},
            **{"from": held[column], "to": to, "class": klass if log_class else ""},
        )
        held[column] = to
        network.patches.append((known, "enrolments", row["enrolment"], column, to))
        exits += to in LEFT
        if to in ("31", "46") and rng.random() < 0.5:
            klass = other_class(network, klass)
            back = "39" if to == "46" else "2"
            held["situation"] = back
            network.patches.append((known, "enrolments", row["enrolment"], "class", klass))
            network.patches.append((known, "enrolments", row["enrolment"], "situation", back))
        if exits == 1 and to in LEFT and rng.random() < 0.4:
            day = at.date() - timedelta(days=rng.randint(0, 40))
            network.patches.append(
                (known, "enrolments", row["enrolment"], "mobility_override", day)
            )
    if exits > 1:  # the field has no history: with two exits an old month could not be regenerated
        network.patches = [
            p for p in network.patches if (p[2], p[3]) != (row["enrolment"], "mobility_override")
        ]


def other_class(network: Network, klass: str) -> str:
    """A class of the same course and series, or the same one."""
    named = {row["class"]: row for _, row in network.rows["classes"]}
    same = ("course", "series", "period", "level")
    wanted = [named[klass][name] for name in same]
    others = [n for n, r in named.items() if [r[s] for s in same] == wanted and n != klass]
    return network.rng.choice(others) if others else klass


def enrol(network: Network, student: str, klass: str, day: date, **values: Any) -> Row:
    rng = network.rng
    offer = next(row for _, row in network.rows["classes"] if row["class"] == klass)
    complements = {"category": rng.choice(["1", "2", ""])}
    if rng.random() < 0.05:
        complements["dependency"] = True  # type: ignore[assignment]
    row = network.add(
        "enrolments",
        moment(day),
        **{"enrolment": network.next("E"), "student": student, "class": klass},
        **{"course": offer["course"], "series": offer["series"], "enrolled_on": day},
        **{"result": "", "complements": complements},
        municipality=rng.choice(["100", "200", ""]),
        **values,
    )
    for subject in ("MAT", "LPT", "HIS"):
        if rng.random() < 0.7:
            attend(network, row, f"{klass}/{subject}")
    return row


def attend(network: Network, row: Row, offer: str) -> None:
    """A discipline of a period enrolment; it may be approved, certified, dismissed, left."""
    first = "39" if row["situation"] in ("39", "66") else "2"
    name = network.next("D")
    network.add(
        "discipline_enrolments",
        moment(row["enrolled_on"]),
        **{"discipline_enrolment": name, "enrolment": row["enrolment"]},
        **{"student": row["student"], "class_discipline": offer, "situation": first},
        **{"isolated": False, "enrolled_on": row["enrolled_on"]},
    )
    move_discipline(network, name, first, row["enrolled_on"], ["9", "72", "14", "2", "6", "10"])


def move_discipline(
    network: Network, name: str, first: str, since: date, codes: list[str], late: bool = False
) -> None:
    rng, held = network.rng, first
    for seq, at in enumerate(moments(rng, since, rng.choice([0, 1, 1, 2])), 1):
        to, known = rng.choice(codes), typed(network, at, late)
        network.add(
            "discipline_movements",
            known,
            **{"discipline_enrolment": name, "seq": seq, "at": at, "from": held, "to": to},
        )
        network.patches.append((known, "discipline_enrolments", name, "situation", to))
        held = to


# --- people ------------------------------------------------------------------------------------


def day_between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))


def basic(network: Network, student: str, log_class: bool, retroactive: bool) -> None:
    rng = network.rng
    day = day_between(rng, date(2023, 12, 4), date(2024, 5, 10))
    first = rng.choice(["2", "2", "2", "2", "70", "70", "PRE", "PREO", "PREI", "5"])
    early = rng.random() < 0.1
    if early:  # cancelled around the first lessons
        day, first = date(2024, 1, 29), "2"
    row = enrol(network, student, rng.choice(["7A", "7B", "8A"]), day, situation=first)
    if first == "70" and rng.random() < 0.5:  # recognition, once or again and again
        return move(network, row, ["2", "70"], log_class, retroactive, 4)
    if early:
        return cancel_early(network, row)
    codes = [*BASIC, "2", "2", "2", "70", "CANC", "CANC", "31", "31", *HIDDEN_CODES]
    count = rng.choice([0, 0, 1, 1, 2, 3, 4])
    return move(network, row, codes, log_class, retroactive, count)


def cancel_early(network: Network, row: Row) -> None:
    at = datetime.combine(day_between(network.rng, date(2024, 1, 30), date(2024, 2, 20)), time(9))
    values = {"enrolment": row["enrolment"], "seq": 1, "at": at, "column": "situation"}
    values |= {"from": row["situation"], "to": "CANC", "class": row["class"]}
    network.add("movements", at, **values)
    network.patches.append((at, "enrolments", row["enrolment"], "situation", "CANC"))


def eja(network: Network, student: str, log_class: bool, retroactive: bool) -> None:
    rng = network.rng
    course = rng.choice(["NEJA", "NEJA", "EJA-EM", "EJA-EP"])
    old = course == "EJA-EM" and rng.random() < 0.3
    day = date(2018, 8, 1) if old else day_between(rng, date(2024, 1, 8), date(2024, 3, 20))
    first = rng.choice(["2", "2", "2", "70"])
    first_class = "OLD" if old else f"{course}-A"
    late = not old and rng.random() < 0.15
    if late:  # the first series is waived: recognised, and straight into the last one
        first_class, first, day = f"{course}-B", "70", date(2024, 7, 15)
    root = enrol(network, student, first_class, day, situation=first)
    root["reference"] = "" if old else root["enrolment"]
    codes = ["9", "9", "9", "9", "31", "71", "2", "10", "6", "70", "CANC", "5", "3"]
    few = ["9"] if late else codes
    move(network, root, few, log_class, retroactive, rng.choice([0, 1, 1, 2]))
    before = root
    for name in "" if late else rng.choice(["", "B", "B", "C", "AB", "BC"]):
        later = day_between(rng, max(date(2024, 6, 10), before["enrolled_on"]), date(2024, 8, 20))
        row = enrol(network, student, f"{course}-{name}", later, situation="2")
        # Now and then the enrolment before is named, and not the first one: a chain.
        row["reference"] = (before if rng.random() < 0.3 else root)["enrolment"]
        before = row
        move(network, row, codes, log_class, retroactive, rng.choice([0, 1, 1, 2]))


def continuing(network: Network, student: str, log_class: bool, retroactive: bool) -> None:
    rng = network.rng
    day = day_between(rng, date(2024, 3, 18), date(2024, 6, 20))
    klass = rng.choice(["NR-A", "NR-A", "NR-B"])
    row = enrol(network, student, klass, day, situation=rng.choice(["39", "39", "66", "PREI"]))
    codes = [*CONTINUING, "42", "42", "CANC"]
    move(network, row, codes, log_class, retroactive, rng.choice([0, 1, 1, 2]))
    if rng.random() < 0.7:
        isolate(network, student, rng.choice(["NR-A/MAT", "NR-B/MAT", "NR-B/LPT"]), retroactive)


def isolate(network: Network, student: str, offer: str, retroactive: bool) -> None:
    rng = network.rng
    day = day_between(rng, date(2024, 5, 6), date(2024, 8, 20))
    if rng.random() < 0.2:  # a day after the start of NR-B, so that the change may lie before it
        day, offer = date(2024, 6, 4), "NR-B/HIS"
    name = network.next("I")
    network.add(
        "discipline_enrolments",
        moment(day),
        **{"discipline_enrolment": name, "enrolment": "", "student": student},
        **{"class_discipline": offer, "situation": "39", "isolated": True, "enrolled_on": day},
        changed_on=rng.choice([None, None, day - timedelta(days=rng.randint(-10, 10))]),
    )
    move_discipline(network, name, "39", day, [*CONTINUING, "42", "CANC"], retroactive)


# --- faults ------------------------------------------------------------------------------------


def break_source(network: Network) -> None:
    """One fault of each kind, each on a row drawn by chance."""
    rng = network.rng
    classes = [row for _, row in network.rows["classes"]]
    enrolments = [row for _, row in network.rows["enrolments"]]
    rng.choice(classes)["start"] = None
    rng.choice(classes)["end"] = None
    rng.choice(classes)["state"] = "RJ"
    rng.choice(enrolments)["class"] = "NOWHERE"
    rng.choice(enrolments)["enrolled_on"] = None
    rng.choice(enrolments)["municipality"] = "404"
    unmapped = rng.choice(enrolments)
    unmapped["situation"] = "39" if unmapped["situation"] != "39" else "2"
    for value in ("", "NOBODY", enrolments[0]["enrolment"]):
        rng.choice(enrolments)["reference"] = value
    twin = dict(rng.choice(enrolments))
    network.add("enrolments", datetime.min, **{**twin, "enrolment": network.next("E")})
    twins = [r for r in enrolments if r["class"] in ("NR-A", "NR-B")]
    if twins:
        again = {**rng.choice(twins), "enrolment": network.next("E"), "class": "NR-A"}
        network.add("enrolments", datetime.min, **again)
    isolate(network, rng.choice(enrolments)["student"], "7A/MAT", False)


def write_source(tables: dict[str, list[Row]], config: Row, folder: Path) -> None:
    """The contract's folder: NAME.csv (UTF-8, comma, ISO dates, true and false) and scae.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(columns)
            for row in tables.get(name, []):
                writer.writerow([cell(row.get(column)) for column in columns])
    lines = ["[codes]", *(f'{name} = "{code}"' for name, code in CODES.items()), "", "[required]"]
    lines += [f"{k} = {json.dumps(v)}" for k, v in config.get("required", {}).items()]
    (folder / "scae.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    return value.isoformat() if isinstance(value, date) else str(value)
