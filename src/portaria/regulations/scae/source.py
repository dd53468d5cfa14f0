"""A school system opened for one run: its tables checked, its facts gathered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.scae.facts import (
    Facts,
    Progress,
    Question,
    disciplines_of,
    gather,
    outside_of,
)
from portaria.regulations.scae.month import Month
from portaria.regulations.scae.schemas import TABLES
from portaria.regulations.scae.settings import SETTINGS, Settings
from portaria.regulations.scae.situations import results
from portaria.tables.database import Database, open_database
from portaria.tables.raw import cut

BAD_COMPLEMENTS = declare(
    "scae-bad-complements", 'the complements are not a JSON object such as {{"categoria":"A"}}'
)


@dataclass
class Source:
    """An open source, and how to ask it."""

    database: Database
    question: Question
    gathered: Facts = field(default_factory=Facts)

    def facts(self, progress: Progress) -> tuple[Facts, list[Problem]]:
        """The facts of the month, and what is wrong with texts that only the rules read."""
        facts = gather(self.database, self.question, progress)
        self.gathered = facts
        return facts, _bad_complements(facts["enrolments"], self.database.file("enrolments"))

    def keep(self, name: str, rows: pl.DataFrame) -> pl.DataFrame:
        """The facts that wait for decisions (`load.More`), kept with the others."""
        asked = {"disciplines": disciplines_of, "outside": outside_of}[name]
        self.gathered.frames[name] = asked(self.database, self.question, rows)
        return self.gathered[name]


def open_source(address: str, engine: str = "duckdb") -> Database:
    """The tables of a source with every problem of theirs (`database.open_database`)."""
    return open_database(address, TABLES, engine)


def settings_file(address: str, config: Path | None) -> Path | None:
    """The settings file: the one named, or scae.toml in the folder of the source, or none."""
    if config is not None or "://" in address:
        return config
    source = Path(address)
    beside = (source if source.is_dir() else source.parent) / SETTINGS
    return beside if beside.is_file() else None


def question(month: Month, state: str, settings: Settings, held: pl.DataFrame) -> Question:
    """What a run asks of its source."""
    return Question(
        month=month,
        readings=settings.readings,
        eja=settings.edition.value("eja_modalities"),
        disciplines=settings.edition.value("discipline_modalities"),
        out=(*settings.hidden, *settings.cancelled),
        results=results(settings, state),
        held=held,
    )


def _bad_complements(enrolments: pl.DataFrame, file: str) -> list[Problem]:
    """Complements that are no JSON object, each row of them."""
    wrong = [text for text in enrolments["complements"].drop_nulls().unique() if not _object(text)]
    rows = enrolments.filter(pl.col("complements").is_in(wrong))
    return [
        Problem(file, Message(BAD_COMPLEMENTS), "", row, "complements", cut(text))
        for row, text in rows.select("source_row", "complements").iter_rows()
    ]


def _object(text: str) -> bool:
    """A JSON object that can be written again; NaN and half characters are no JSON."""
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict)


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if abs(number) > Decimal("1e300"):
        raise ValueError(text)
    return number


def _no_constant(name: str) -> None:
    raise ValueError(name)
