"""The base of RM that would hold a small network: the inverse of the views.

Each row stands twice, the second time in another coligada with the same numbers and other values:
a join that forgets CODCOLIGADA multiplies rows, and a filter that forgets it brings strangers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

COLIGADA, STRANGER = 3, 4
LEVELS = {"basic": 1, "continuing": 2}
STATUS = {"PRE": 901, "PREO": 902, "PREI": 903, "NEG": 904, "DEP": 905, "CANC": 906}
"""Situations are numbers in RM; the networks have words for those that the text does not name."""
HOUR = datetime(1900, 1, 1, 7, 10)


@dataclass
class Shape:
    """What differs from base to base, as the mapping says it too."""

    unit: str = "CODFILIAL"
    times: str = "text"
    reference_holds: str = "enrolment"
    log_tells_before: bool = True
    log_tells_class: bool = True
    unchanged: str = "keep"


@dataclass
class Base:
    """The tables of RM, and how the keys of the network are called there."""

    tables: Tables
    names: dict[str, dict[str, str]] = field(default_factory=dict)


def holdable(source: Mapping[str, list[Row]]) -> Tables:
    """The network as RM can hold it.

    A course is taught in one unit, so that a class transfer stays in one branch; the state is the
    unit's; (class/discipline, student) is a key, so a second such row and its log are left out.
    """
    tables = {name: [dict(row) for row in rows] for name, rows in source.items()}
    units = {row["course"]: row["unit"] for row in tables["classes"]}
    states = {row["unit"]: row["state"] for row in reversed(tables["classes"])}
    for row in tables["classes"]:
        row["unit"] = units[row["course"]]
        row["state"] = states.get(row["unit"], "SP")
    kept: dict[tuple[str, str], Row] = {}
    for row in tables["discipline_enrolments"]:
        kept.setdefault((row["class_discipline"], row["student"]), row)
    tables["discipline_enrolments"] = list(kept.values())
    known = {row["discipline_enrolment"] for row in kept.values()}
    tables["discipline_movements"] = [
        row for row in tables["discipline_movements"] if row["discipline_enrolment"] in known
    ]
    return tables


def base_of(tables: Tables, shape: Shape) -> Base:
    """The base that holds `tables` (see `holdable`)."""
    made = _Making(tables, shape)
    made.structure()
    made.offers()
    made.people()
    made.disciplines()
    made.logs()
    names = {"class": made.class_names, "offer": made.offer_names}
    names |= {"enrolment": made.enrolment_names, "discipline": made.discipline_names}
    names |= {"unit": made.unit_names}
    return Base(with_strangers(made.rm), names)


def with_strangers(rm: Tables) -> Tables:
    """The same rows in another coligada, with other values beside the keys."""
    return {
        name: [{"CODCOLIGADA": COLIGADA, **row} for row in rows]
        + [{"CODCOLIGADA": STRANGER, **{k: _strange(k, v) for k, v in row.items()}} for row in rows]
        if name not in GLOBAL
        else rows
        for name, rows in rm.items()
    }


GLOBAL = ("PPESSOA", "DCODIFICACAOMUNICIPIO", "ZMUNICIPIO", "GDIC", "GCAMPOS", "STIPOCURSO")
KEPT = ("ID", "RA", "COD", "AULA")


def _strange(column: str, value: Any) -> Any:
    kept = column.startswith(KEPT) and not column.startswith("CODSTATUS")
    if kept or value is None:
        return value
    if isinstance(value, datetime):
        return value + timedelta(days=40)
    return value + 7 if isinstance(value, int) else f"{value}?"[-5:]


def status(code: str | None) -> int | None:
    """A situation as RM numbers it."""
    return None if code in (None, "") else STATUS.get(code) or int(code)  # type: ignore[arg-type]


def moment(day: date | datetime | None, clock: time = time(14, 30)) -> datetime | None:
    if day is None or isinstance(day, datetime):
        return day
    return datetime.combine(day, clock)


def numbers(values: Any) -> dict[Any, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values), 11)}


class _Making:
    def __init__(self, tables: Tables, shape: Shape) -> None:
        self.given, self.shape = tables, shape
        self.rm: Tables = {}
        classes = tables["classes"]
        self.classes = {row["class"]: row for row in classes}
        self.units = numbers(row["unit"] for row in classes)
        self.periods = numbers((r["unit"], r["period"], r["level"]) for r in classes)
        self.matrices = numbers(row["class"] for row in classes)
        own = {unit: str(number) for unit, number in self.units.items()}
        self.unit_names = own if shape.unit == "CODFILIAL" else {u: u for u in self.units}
        self.class_names = {
            row["class"]: "-".join(
                map(str, (COLIGADA, self.units[row["unit"]], self.period(row), row["class"]))
            )
            for row in classes
        }
        self.offer_ids = numbers(row["class_discipline"] for row in tables["class_disciplines"])
        self.offer_names = {name: f"{COLIGADA}-{n}" for name, n in self.offer_ids.items()}
        self.enrolment_names: dict[str, str] = {}
        self.discipline_names: dict[str, str] = {}
        self.keys: dict[str, Row] = {}

    def add(self, table: str, **row: Any) -> None:
        self.rm.setdefault(table, []).append(row)

    def period(self, row: Row) -> int:
        return self.periods[(row["unit"], row["period"], row["level"])]

    def structure(self) -> None:
        for unit, number in self.units.items():
            state = next(r["state"] for r in self.given["classes"] if r["unit"] == unit)
            self.add("GFILIAL", CODFILIAL=number, ESTADO=state, CODMUNICIPIO="50308")
            self.add("DFILIAL", CODFILIAL=number, CAMPOLIVRE1=unit)
        for (_, period, level), number in self.periods.items():
            self.add("SPLETIVO", IDPERLET=number, CODPERLET=period, CODTIPOCURSO=LEVELS[level])
        courses = {row["course"]: row["modality"] for row in self.given["classes"]}
        for course, modality in courses.items():
            self.add("SCURSO", CODCURSO=course, CODMODALIDADECURSO=modality)
        series = {(row["course"], row["series"]) for row in self.given["classes"]}
        series |= {(row["course"], row["series"]) for row in self.given["course_series"]}
        for course, one in sorted(series):
            self.add("SHABILITACAO", CODCURSO=course, CODHABILITACAO=one)
        ordered = {(r["course"], r["order"]): r["series"] for r in self.given["course_series"]}
        for row in self.given["course_series"]:
            after = ordered.get((row["course"], row["order"] + 1))
            for grade in ("2018", "2024"):  # two matrices say the same
                self.add(
                    "SGRADE", CODCURSO=row["course"], CODHABILITACAO=row["series"], CODGRADE=grade,
                    CODCURSOPROX=row["course"] if after and grade == "2024" else None,
                    CODHABILITACAOPROX=after,
                )  # fmt: skip
        for row in self.given["municipalities"]:
            self.add("ZMUNICIPIO", COD=row["municipality"], SCAE=row["scae_code"])
        self.add("STIPOMATRICULA", CODTIPOMAT=1, INDICADEPENDENCIA="N")
        self.add("STIPOMATRICULA", CODTIPOMAT=2, INDICADEPENDENCIA="S")

    def matrix(self, number: int, klass: Row) -> None:
        self.add(
            "SHABILITACAOFILIAL", IDHABILITACAOFILIAL=number, CODFILIAL=self.units[klass["unit"]],
            CODCURSO=klass["course"], CODHABILITACAO=klass["series"], CODGRADE=klass["class"],
        )  # fmt: skip

    def offers(self) -> None:
        for name, row in self.classes.items():
            self.matrix(self.matrices[name], row)
            self.add(
                "STURMA", CODFILIAL=self.units[row["unit"]], IDPERLET=self.period(row),
                CODTURMA=name, IDHABILITACAOFILIAL=self.matrices[name],
                DTINICIAL=moment(row["start"]), DTFINAL=moment(row["end"]),
            )  # fmt: skip
        for row in self.given["class_disciplines"]:
            klass, number = self.classes[row["class"]], self.offer_ids[row["class_discipline"]]
            self.add(
                "STURMADISC", IDTURMADISC=number, CODFILIAL=self.units[klass["unit"]],
                IDPERLET=self.period(klass), CODTURMA=row["class"], CODDISC=row["discipline"],
                # Where the offer names no matrix, the one of its class holds.
                IDHABILITACAOFILIAL=self.matrices[row["class"]] if number % 2 else None,
                TIPO=row["type"] or None,
            )  # fmt: skip
            for period, code in (("1", row["scae_code"] or None), ("2", None)):
                self.add(
                    "SDISCGRADECOMPL", CODCURSO=klass["course"], CODHABILITACAO=klass["series"],
                    CODGRADE=row["class"], CODPERIODO=period, CODDISC=row["discipline"],
                    CUSTOM_CODE=code,
                )  # fmt: skip
        for number, row in enumerate(self.given["lessons"], 1):
            end = HOUR + timedelta(minutes=row["minutes"])
            as_text = self.shape.times == "text"
            self.add(
                "SPLANOAULA", IDTURMADISC=self.offer_ids[row["class_discipline"]], AULA=number,
                DATA=moment(row["date"], time()), CONFIRMADO="SN"[number % 2],
                HORAINICIAL=f"{HOUR:%H:%M}" if as_text else HOUR,
                HORAFINAL=f"{end:%H:%M}" if as_text else end,
            )  # fmt: skip

    def people(self) -> None:
        taken: set[tuple[Any, ...]] = set()
        for row in self.given["enrolments"]:
            # A class that does not exist: the enrolment has a period and a matrix all the same.
            klass = self.classes.get(row["class"]) or next(
                r for r in self.classes.values()
                if (r["course"], r["series"]) == (row["course"], row["series"])
            )  # fmt: skip
            key = (self.period(klass), self.matrices[klass["class"]], row["student"])
            while key in taken:  # RM has one enrolment a period, matrix and student
                number = 1 + max(r["IDHABILITACAOFILIAL"] for r in self.rm["SHABILITACAOFILIAL"])
                self.matrix(number, klass)
                key = (key[0], number, key[2])
            taken.add(key)
            rm_key = dict(zip(("IDPERLET", "IDHABILITACAOFILIAL", "RA"), key, strict=True))
            self.keys[row["enrolment"]] = rm_key
            self.enrolment_names[row["enrolment"]] = "-".join(map(str, (COLIGADA, *key)))
            dependency = (row["complements"] or {}).get("dependency") is True
            self.add(
                "SMATRICPL", **rm_key, CODFILIAL=self.units[klass["unit"]], CODTURMA=row["class"],
                DTMATRICULA=moment(row["enrolled_on"]), CODSTATUS=status(row["situation"]),
                CODSTATUSRES=status(row["result"]), CODTIPOMAT=2 if dependency else 1,
            )  # fmt: skip
        of = {row["enrolment"]: row for row in self.given["enrolments"]}
        for row in self.given["enrolments"]:
            content = row["reference"] or None
            if self.shape.reference_holds == "class" and content in of:
                content = of[content]["class"]
            self.add(
                "SMATRICPLCOMPL", **self.keys[row["enrolment"]],
                CUSTOM_REF=self.enrolment_names.get(content, content),
                CUSTOM_MOB=moment(row["mobility_override"]), CUSTOM_MUN=row["municipality"] or None,
                CUSTOM_CAT=(row["complements"] or {}).get("category") or None,
            )  # fmt: skip

    def disciplines(self) -> None:
        for row in self.given["discipline_enrolments"]:
            offer, student = self.offer_ids[row["class_discipline"]], row["student"]
            self.discipline_names[row["discipline_enrolment"]] = f"{COLIGADA}-{offer}-{student}"
            key = self.keys.get(row["enrolment"]) or {
                "IDPERLET": 1, "IDHABILITACAOFILIAL": self.matrices["NR-B"]
            }  # fmt: skip
            self.add(
                "SMATRICULA", **{**key, "IDTURMADISC": offer, "RA": student},
                CODSTATUS=status(row["situation"]), CODSTATUSRES=None,
                MATRICULAISOLADA="S" if row["isolated"] else "N",
                DTMATRICULA=moment(row["enrolled_on"]), DTALTERACAO=moment(row["changed_on"]),
            )  # fmt: skip

    def logs(self) -> None:
        shape = self.shape
        for number, row in enumerate(self.given["movements"], 1):
            change = {"PARA": None, "DE": None, "PARA_RES": None, "DE_RES": None}
            end = "_RES" if row["column"] == "result" else ""
            change |= {f"PARA{end}": status(row["to"]), f"DE{end}": status(row["from"])}
            self.add(
                "SLOGPLETIVO", **self.keys[row["enrolment"]], QUANDO=row["at"],
                IDLOG=number, TURMA=(row["class"] or None) if shape.log_tells_class else None,
                **change,
            )  # fmt: skip
        of = {row["discipline_enrolment"]: row for row in self.given["discipline_enrolments"]}
        for number, row in enumerate(self.given["discipline_movements"], 1):
            entry = of[row["discipline_enrolment"]]
            self.add(
                "SLOGDISC", IDTURMADISC=self.offer_ids[entry["class_discipline"]],
                RA=entry["student"], QUANDO=row["at"], IDLOG=number,
                PARA=status(row["to"]), DE=status(row["from"]),
            )  # fmt: skip
