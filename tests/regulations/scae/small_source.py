"""A small school system, sound by every rule, for the tests to change: six generated people.

One class of basic education, one of Nova EJA, one of continuing education; a dropout, an exclusion,
an isolated enrolment. It can be had as CSV, XLSX, Parquet, DuckDB, SQLite or a PostgreSQL database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
from cli import SmallContest

from portaria.regulations.scae.schemas import TABLES as SPECS
from portaria.tables.schema import columns_of

MONTH = "2024-05"
SETTINGS = """\
state = "SP"

[codes]
pre_enrolled = "PRE"
online_pre_enrolled = "PREO"
pre_registered = "PREI"
denied = "NEG"
dependency = "DEP"
cancelled = "CANC"
"""
TABLES = {
    "classes": """\
class,unit,period,level,course,modality,series,state,start,end
7A,U1,2024,basic,EF,1,7,SP,2024-02-05,2024-12-13
EJ,U1,2024,basic,NEJA,8,1,SP,2024-02-05,2024-06-28
NR,U2,2024,continuing,NR10,9,NR10,SP,2024-04-08,2024-06-28
""",
    "enrolments": """\
enrolment,student,class,course,series,enrolled_on,situation,result,reference,mobility_override,\
municipality,complements
E1,RA1,7A,EF,7,2024-02-01,2,,,,100,"{""categoria"":""1""}"
E2,RA2,7A,EF,7,2024-02-01,6,,,,,
E3,RA3,7A,EF,7,2024-02-06,CANC,,,,,
E4,RA4,EJ,NEJA,1,2024-02-01,2,,E4,,,
E5,RA5,NR,NR10,NR10,2024-04-01,42,,,,,
E6,RA6,NR,NR10,NR10,2024-04-01,39,,,,,
""",
    "movements": """\
enrolment,seq,at,column,from,to,class
E1,1,2024-02-01T10:00:00,situation,,2,7A
E2,1,2024-02-01T10:00:00,situation,,2,7A
E2,2,2024-05-08T09:30:00,situation,2,6,7A
E3,1,2024-02-06T10:00:00,situation,,2,7A
E3,2,2024-05-10T10:00:00,situation,2,CANC,7A
E4,1,2024-02-01T10:00:00,situation,,2,EJ
E5,1,2024-04-01T10:00:00,situation,,39,NR
E5,2,2024-05-02T10:00:00,situation,39,42,NR
E6,1,2024-04-01T10:00:00,situation,,39,NR
""",
    "class_disciplines": """\
class_discipline,class,discipline,scae_code,type
7A/MAT,7A,MAT,101,P
EJ/MAT,EJ,MAT,101,P
NR/SEG,NR,SEG,201,S
""",
    "discipline_enrolments": """\
discipline_enrolment,enrolment,student,class_discipline,situation,isolated,enrolled_on,changed_on
D1,E1,RA1,7A/MAT,2,false,2024-02-01,
D4,E4,RA4,EJ/MAT,9,false,2024-02-01,
D6,E6,RA6,NR/SEG,39,false,2024-04-01,
I5,,RA5,NR/SEG,39,true,2024-05-06,
""",
    "discipline_movements": """\
discipline_enrolment,seq,at,from,to
D4,1,2024-05-20T10:00:00,2,9
I5,1,2024-05-06T10:00:00,,39
""",
    "lessons": """\
class_discipline,date,minutes
7A/MAT,2024-05-06,50
7A/MAT,2024-05-07,50
7A/MAT,2024-05-08,50
EJ/MAT,2024-05-06,60
NR/SEG,2024-05-06,45
""",
    "course_series": "course,series,order\nNEJA,1,1\nNEJA,2,2\n",
    "municipalities": "municipality,scae_code\n100,9100\n200,9200\n",
}
RECORDS = {
    "I:I5:NR": ("UPSERT", 1), "P:E1:7A": ("UPSERT", 1), "P:E2:7A": ("UPSERT", 21),
    "P:E3:7A": ("DELETE", None), "P:E4:EJ": ("UPSERT", 1), "P:E5:NR": ("UPSERT", 12),
    "P:E6:NR": ("UPSERT", 1),
}  # fmt: skip
"""The load of May 2024: operation and SCAE situation of each record."""

Frames = dict[str, pl.DataFrame]
Change = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True)
class SmallSource(SmallContest):
    """A folder with the small source, and the few ways in which tests change it."""


def write_small_source(folder: Path) -> SmallSource:
    """The small source as CSV with its scae.toml."""
    folder.mkdir(parents=True)
    source = SmallSource(folder)
    source.write("scae.toml", SETTINGS)
    for name, text in TABLES.items():
        source.write(f"{name}.csv", text)
    return source


def frames(tables: Mapping[str, str] = TABLES) -> Frames:
    """The tables of CSV texts with the types of their schemas."""
    return {name: typed(name, pl.read_csv(text.encode(), infer_schema=False))
            for name, text in tables.items()}  # fmt: skip


def typed(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Text columns as dates, moments, integers and booleans, as the schema of the table has it."""
    kinds = {name: column.dtype for name, column in columns_of(SPECS[table].schema).items()}
    made = []
    for name in rows.columns:
        kind, cell = kinds[name], pl.col(name)
        if kind == pl.Date:
            made.append(cell.str.to_date("%Y-%m-%d"))
        elif kind.is_temporal():
            made.append(cell.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us"))
        elif kind.is_integer():
            made.append(cell.cast(pl.Int64))
        elif kind == pl.Boolean:
            made.append(cell == "true")
        else:
            made.append(cell.cast(pl.String))
    return rows.select(made)


def changed(tables: Frames, changes: Mapping[str, Change]) -> Frames:
    """The tables, each through its change."""
    return {name: changes.get(name, _same)(frame) for name, frame in tables.items()}


def _same(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def write_parquet(tables: Frames, folder: Path) -> Path:
    """A folder of Parquet files."""
    folder.mkdir(parents=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
    (folder / "scae.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def write_duckdb(tables: Frames, path: Path) -> Path:
    """A DuckDB file."""
    with duckdb.connect(str(path)) as base:
        for name, frame in tables.items():
            base.register("given", frame.to_arrow())
            base.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
            base.unregister("given")
    return path


def write_sqlite(tables: Frames, path: Path) -> Path:
    """A SQLite file: dates and moments as text, booleans as 0 and 1, as programs write them."""
    with closing(sqlite3.connect(path)) as base:
        for name, frame in tables.items():
            plain = frame.with_columns(
                pl.selectors.datetime().dt.strftime("%Y-%m-%d %H:%M:%S"),
                pl.selectors.date().cast(pl.String),
                pl.selectors.boolean().cast(pl.Int64),
            )
            columns = ", ".join(f'"{column}"' for column in plain.columns)
            marks = ", ".join("?" * plain.width)
            base.execute(f'CREATE TABLE "{name}" ({columns})')
            base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', plain.rows())
        base.commit()
    return path


SQL_TYPES = {pl.String: "text", pl.Int64: "bigint", pl.Boolean: "boolean", pl.Date: "date"}


def write_postgres(tables: Frames, url: str) -> str:
    """The tables in an empty PostgreSQL database; its address."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as base:
        for name, frame in tables.items():
            columns = ", ".join(
                f'"{column}" {SQL_TYPES.get(type(dtype) if dtype.is_temporal() else dtype, "text")}'
                if not isinstance(dtype, pl.Datetime)
                else f'"{column}" timestamp{"tz" if dtype.time_zone else ""}'
                for column, dtype in frame.schema.items()
            )
            base.execute(f'CREATE TABLE "{name}" ({columns})')
            named = ", ".join(f'"{column}"' for column in frame.columns)
            with base.cursor().copy(f'COPY "{name}" ({named}) FROM STDIN') as copy:
                for row in frame.iter_rows():
                    copy.write_row(row)
    return url
