"""A base of RM on a real PostgreSQL, and the mapping file that goes with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import ibis
import psycopg
from postgres import postgres_url

from portaria.regulations.scae.rm.mapping import RmMapping, read_mapping

from .network import COLIGADA, Row, Shape, Tables

COLUMNS: dict[str, str] = {
    "GFILIAL": "CODFILIAL ESTADO CODMUNICIPIO",
    "DFILIAL": "CODFILIAL CAMPOLIVRE1",
    "SPLETIVO": "IDPERLET CODPERLET CODTIPOCURSO",
    "SCURSO": "CODCURSO CODMODALIDADECURSO NOME",
    "SHABILITACAO": "CODCURSO CODHABILITACAO",
    "SHABILITACAOFILIAL": "IDHABILITACAOFILIAL CODFILIAL CODCURSO CODHABILITACAO CODGRADE",
    "SGRADE": "CODCURSO CODHABILITACAO CODGRADE CODCURSOPROX CODHABILITACAOPROX",
    "STURMA": "CODFILIAL IDPERLET CODTURMA IDHABILITACAOFILIAL DTINICIAL DTFINAL",
    "STURMADISC": "IDTURMADISC CODFILIAL IDPERLET CODTURMA CODDISC IDHABILITACAOFILIAL TIPO",
    "SMATRICPL": "IDPERLET IDHABILITACAOFILIAL RA CODFILIAL CODTURMA DTMATRICULA CODSTATUS"
    " CODSTATUSRES CODTIPOMAT",
    "STIPOMATRICULA": "CODTIPOMAT INDICADEPENDENCIA",
    "SMATRICPLCOMPL": "IDPERLET IDHABILITACAOFILIAL RA CUSTOM_REF CUSTOM_MOB CUSTOM_MUN CUSTOM_CAT",
    "SMATRICULA": "IDTURMADISC RA IDPERLET IDHABILITACAOFILIAL CODSTATUS CODSTATUSRES"
    " MATRICULAISOLADA DTMATRICULA DTALTERACAO",
    "SDISCGRADECOMPL": "CODCURSO CODHABILITACAO CODGRADE CODPERIODO CODDISC CUSTOM_CODE",
    "SPLANOAULA": "IDTURMADISC AULA DATA HORAINICIAL HORAFINAL CONFIRMADO",
    "SALUNO": "RA CODPESSOA",
    "PPESSOA": "CODIGO CODMUNICIPIO ESTADO",
    "DCODIFICACAOMUNICIPIO": "CODMUNICIPIO CODETDMUNICIPIO IDCLASSIFMUNICIPIO CODIGO",
    "ZMUNICIPIO": "COD SCAE",
    "SLOGPLETIVO": "IDPERLET IDHABILITACAOFILIAL RA QUANDO IDLOG DE PARA DE_RES PARA_RES TURMA",
    "SLOGDISC": "IDTURMADISC RA QUANDO IDLOG DE PARA",
}
KEYS = {
    "SPLETIVO": 1, "SCURSO": 1, "SHABILITACAOFILIAL": 1, "STURMADISC": 1, "GFILIAL": 1,
    "SHABILITACAO": 2, "STURMA": 3, "SMATRICPL": 3, "SMATRICPLCOMPL": 3, "SMATRICULA": 2,
    "SGRADE": 3, "SDISCGRADECOMPL": 5, "SLOGPLETIVO": 5, "SPLANOAULA": 2,
}  # fmt: skip
"""How many columns after CODCOLIGADA are the key, so that what RM cannot hold is refused."""

WITHOUT_COLIGADA = ("PPESSOA", "DCODIFICACAOMUNICIPIO", "ZMUNICIPIO")
NUMBERS = """
    AULA IDLOG DE PARA DE_RES PARA_RES CODCOLIGADA CODFILIAL CODTIPOCURSO CODSTATUS CODSTATUSRES
    CODTIPOMAT CODPESSOA
"""
MOMENTS = "DTINICIAL DTFINAL DTMATRICULA DTALTERACAO DATA QUANDO CUSTOM_MOB"

MAPPING = """
mapping_version = "1"
coligada = {coligada}
schema = "{schema}"
unit = "{unit}"
discipline_situation = "CODSTATUS"
[levels]
1 = "basic"
2 = "continuing"
9 = "-"
[enrolment_fields]
reference = "CUSTOM_REF"
reference_holds = "{reference_holds}"
mobility_override = "CUSTOM_MOB"
[complements]
category = "CUSTOM_CAT"
[discipline_fields]
scae_code = "CUSTOM_CODE"
[series]
order = "chain"
modalities = ["3", "7", "8"]
[municipality]
source = "field"
field = "CUSTOM_MUN"
codes = "table"
table = "ZMUNICIPIO"
municipality = "COD"
scae_code = "SCAE"
[lessons]
times = "{times}"
only_confirmed = false
[period_log]
table = "SLOGPLETIVO"
coligada = "CODCOLIGADA"
period = "IDPERLET"
matrix = "IDHABILITACAOFILIAL"
student = "RA"
at = "QUANDO"
number = "IDLOG"
situation = "PARA"
situation_before = "{before}"
result = "PARA_RES"
result_before = "{before_result}"
class = "{klass}"
unchanged = "{unchanged}"
[discipline_log]
table = "SLOGDISC"
coligada = "CODCOLIGADA"
class_discipline = "IDTURMADISC"
student = "RA"
at = "QUANDO"
number = "IDLOG"
situation = "PARA"
situation_before = "{before}"
unchanged = "{unchanged}"
"""


def mapping_text(shape: Shape | None = None, schema: str = "-") -> str:
    """The mapping file of the bases made here."""
    shape = shape or Shape()
    return MAPPING.format(
        coligada=COLIGADA, schema=schema, unit=shape.unit, times=shape.times,
        reference_holds=shape.reference_holds, unchanged=shape.unchanged,
        before="DE" if shape.log_tells_before else "-",
        before_result="DE_RES" if shape.log_tells_before else "-",
        klass="TURMA" if shape.log_tells_class else "-",
    )  # fmt: skip


def read(text: str, folder: Path) -> RmMapping:
    """A mapping that has no problem."""
    path = folder / "rm.toml"
    path.write_text(text, encoding="utf-8")
    mapping, problems = read_mapping(path)
    assert problems == []
    assert mapping is not None
    return mapping


def changed(text: str, **keys: object) -> str:
    """A mapping file with other values: `unit='"CODFILIAL"'`, or `period_log__class='"-"'`."""
    for path, value in keys.items():
        table, _, key = path.rpartition("__")
        head = rf"(\[{table}\]\n(?:(?!\[).*\n)*?)" if table else "()"
        text, count = re.subn(rf"{head}(?m:^){key} = .*", rf"\g<1>{key} = {value}", text, count=1)
        assert count == 1, path
    return text


def loaded(tables: Tables, schema: str = "public", times: str = "text") -> str:
    """The address of a new database that holds `tables`, and every other table of RM empty."""
    url = postgres_url("rm")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        for name, columns in COLUMNS.items():
            create(connection, schema, name, _typed(name, columns.split(), times))
            fill(connection, schema, name, tables.get(name, []))
    return url


def create(connection: Any, schema: str, name: str, columns: dict[str, str]) -> None:
    said = [f'"{column}" {kind}' for column, kind in columns.items()]
    if name in KEYS:
        key = ", ".join(f'"{column}"' for column in list(columns)[: KEYS[name] + 1])
        said.append(f"UNIQUE ({key})")
    connection.execute(f'CREATE TABLE "{schema}"."{name}" ({", ".join(said)})')


def fill(connection: Any, schema: str, name: str, rows: list[Row]) -> None:
    if not rows:
        return
    columns = list(dict.fromkeys(column for row in rows for column in row))
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{schema}"."{name}" ({names}) VALUES ({places})',
            [[row.get(column) for column in columns] for row in rows],
        )


def connected(url: str) -> Any:
    return ibis.connect(url)


def _typed(name: str, columns: list[str], times: str) -> dict[str, str]:
    own = columns if name in WITHOUT_COLIGADA else ["CODCOLIGADA", *columns]
    return {column: _type(name, column, times) for column in own}


def _type(table: str, column: str, times: str) -> str:
    if column in ("HORAINICIAL", "HORAFINAL"):
        return "timestamp" if times == "timestamp" else "varchar(5)"
    if column in MOMENTS.split():
        return "timestamp"
    if (
        column in NUMBERS.split()
        or column.startswith("ID")
        or (table, column) == ("PPESSOA", "CODIGO")
    ):
        return "integer"
    return "varchar(60)"
