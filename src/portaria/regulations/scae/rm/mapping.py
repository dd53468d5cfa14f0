"""`rm.toml`: what a base of RM has of its own, told by the people who know it (R62)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors
from portaria.core.unopened import why
from portaria.regulations.scae.rm.reader import NONE, Reader
from portaria.regulations.scae.schemas import LEVELS
from portaria.tables.folder import UNREADABLE

NOT_TOML = declare("scae-rm-not-toml", "the file is not TOML: {detail}")
NO_LEVEL = declare(
    "scae-rm-no-level",
    'no level of education is given: write each CODTIPOCURSO under [levels], such as "1" = "basic"',
)
RESERVED = declare(
    "scae-rm-reserved", "{key}: the complement dependency is made from STIPOMATRICULA, rename yours"
)
NOT_LISTED = declare(
    "scae-rm-not-listed", "the series are to be listed and [series.listed] names no course"
)

UNITS = ("CODFILIAL", "CAMPOLIVRE1")
REFERENCES = ("enrolment", "class")
SITUATIONS = ("CODSTATUS", "CODSTATUSRES")
PLACES = ("student", "unit", "field")
SUPPORTS = ("ibge", "table", NONE)
TIMES = ("text", "timestamp")
UNCHANGED = ("drop", "keep")
DEPENDENCY = "dependency"


@dataclass(frozen=True)
class Log:
    """A log of movements: its table, the columns of its key, and of what changed.

    `situation` holds the situation after the movement. Without `situation_before` the one before
    is that of the row before. `number` orders movements of one moment.
    """

    table: str
    key: Mapping[str, str]
    at: str
    number: str | None
    situation: str
    situation_before: str | None
    result: str | None
    result_before: str | None
    class_: str | None
    keeps_unchanged: bool


@dataclass(frozen=True)
class Municipality:
    """Where the municipality of an enrolment stands, and the table of codes it is checked by."""

    source: str
    field: str | None
    codes: str
    table: str = ""
    municipality: str = ""
    scae_code: str = ""


@dataclass(frozen=True)
class RmMapping:
    """A mapping file. A name that is None is one that the base does not have.

    levels: CODTIPOCURSO to basic or continuing; the others are not loaded. `complements`: name of
    ours to column of SMATRICPLCOMPL. `listed`: course to its series in order, None where SGRADE
    chains them. `situation`: the column of SMATRICULA that tells the situation in a discipline.
    """

    mapping_version: str
    coligada: int
    schema: str | None
    unit: str
    levels: Mapping[int, str]
    situation: str
    reference: str | None
    reference_holds: str
    mobility_override: str | None
    complements: Mapping[str, str]
    scae_code: str | None
    listed: Mapping[str, tuple[str, ...]] | None
    modalities: tuple[str, ...]
    municipality: Municipality
    times: str
    only_confirmed: bool
    period_log: Log
    discipline_log: Log | None


def read_mapping(path: Path) -> tuple[RmMapping | None, list[Problem]]:
    """The mapping and what is wrong with the file; None where anything is an error."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        detail = {"detail": why(error)}
        return None, [Problem(path.name, Message(UNREADABLE, detail))]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [Problem(path.name, Message(NOT_TOML, {"detail": str(error)}))]
    reader = Reader(data, path.name)
    mapping = _mapping(reader)
    problems = reader.problems + reader.unknown()
    return (None if errors(problems) else mapping), problems


def _mapping(reader: Reader) -> RmMapping:
    listed, modalities = _series(reader)
    return RmMapping(
        mapping_version=reader.text("mapping_version"),
        coligada=reader.whole("coligada"),
        schema=reader.maybe("schema"),
        unit=reader.choice("unit", allowed=UNITS),
        levels=_levels(reader),
        situation=reader.choice("discipline_situation", allowed=SITUATIONS),
        reference=reader.maybe("enrolment_fields", "reference"),
        reference_holds=reader.choice("enrolment_fields", "reference_holds", allowed=REFERENCES),
        mobility_override=reader.maybe("enrolment_fields", "mobility_override"),
        complements=_complements(reader),
        scae_code=reader.maybe("discipline_fields", "scae_code"),
        listed=listed,
        modalities=modalities,
        municipality=_municipality(reader),
        times=reader.choice("lessons", "times", allowed=TIMES),
        only_confirmed=reader.flag("lessons", "only_confirmed"),
        period_log=_period_log(reader),
        discipline_log=_discipline_log(reader),
    )


def _levels(reader: Reader) -> dict[int, str]:
    found = {}
    for key in reader.keys("levels"):
        level = reader.choice("levels", key, allowed=(*LEVELS, NONE))
        if not key.isdecimal():
            reader.tell(NO_LEVEL, ("levels", key), key)
        elif level != NONE:
            found[int(key)] = level
    if not found and not reader.problems:
        reader.tell(NO_LEVEL, ("levels",))
    return found


def _complements(reader: Reader) -> dict[str, str]:
    names = sorted(reader.keys("complements"))
    if DEPENDENCY in names:
        reader.tell(RESERVED, ("complements", DEPENDENCY))
    columns = {name: reader.maybe("complements", name) for name in names}
    return {name: column for name, column in columns.items() if column is not None}


def _series(reader: Reader) -> tuple[dict[str, tuple[str, ...]] | None, tuple[str, ...]]:
    order = reader.choice("series", "order", allowed=("chain", "listed"))
    listed = reader.lists("series", "listed")
    if order == "listed":
        if not listed:
            reader.tell(NOT_LISTED, ("series", "listed"))
        reader.skip("series")
        return listed, ()
    return None, reader.texts("series", "modalities")


def _municipality(reader: Reader) -> Municipality:
    source = reader.choice("municipality", "source", allowed=PLACES)
    reader.skip("municipality")
    field = reader.name("municipality", "field") if source == "field" else None
    codes = reader.choice("municipality", "codes", allowed=SUPPORTS)
    if codes != "table":
        return Municipality(source, field, codes)
    names = (reader.name("municipality", key) for key in ("table", "municipality", "scae_code"))
    return Municipality(source, field, codes, *names)


def _period_log(reader: Reader) -> Log:
    key = {"CODCOLIGADA": "coligada", "IDPERLET": "period"}
    key |= {"IDHABILITACAOFILIAL": "matrix", "RA": "student"}
    return Log(
        **_changes(reader, "period_log", key),
        result=reader.maybe("period_log", "result"),
        result_before=reader.maybe("period_log", "result_before"),
        class_=reader.maybe("period_log", "class"),
    )


def _discipline_log(reader: Reader) -> Log | None:
    if reader.maybe("discipline_log", "table") is None:
        reader.skip("discipline_log")
        return None
    key = {"CODCOLIGADA": "coligada", "IDTURMADISC": "class_discipline", "RA": "student"}
    changes = _changes(reader, "discipline_log", key)
    return Log(**changes, result=None, result_before=None, class_=None)


def _changes(reader: Reader, log: str, key: Mapping[str, str]) -> dict[str, Any]:
    return {
        "table": reader.name(log, "table"),
        "key": {ours: reader.name(log, said) for ours, said in key.items()},
        "at": reader.name(log, "at"),
        "number": reader.maybe(log, "number"),
        "situation": reader.name(log, "situation"),
        "situation_before": reader.maybe(log, "situation_before"),
        "keeps_unchanged": reader.choice(log, "unchanged", allowed=UNCHANGED) == "keep",
    }
