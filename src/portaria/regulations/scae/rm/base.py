"""The tables and columns of RM that the views read, of a base or of none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.scae.rm.mapping import Log, RmMapping

NO_TABLE = declare("scae-rm-no-table", "the base has no table {table}: is the mapping right?")
NO_COLUMN = declare(
    "scae-rm-no-column",
    "the table {table} of the base has no column {column}: is the mapping right?",
)

COLIGADA = "CODCOLIGADA"
CUSTOM = "int64"
"""The type told of a column of unknown type: a text is then cast to a text, which does no harm."""

CODES = ("CODSTATUS", "CODSTATUSRES", "CODTIPOMAT", "CODTIPOCURSO", "CODFILIAL", "CODPERIODO")
MOMENTS = ("DTINICIAL", "DTFINAL", "DTMATRICULA", "DTALTERACAO", "DATA")
OVERRIDE = "override"
"""Our name of the custom column that is taken for a moment."""

COLUMNS: dict[str, str] = {
    "GFILIAL": "CODFILIAL ESTADO CODMUNICIPIO",
    "DFILIAL": "CODFILIAL CAMPOLIVRE1",
    "SPLETIVO": "IDPERLET CODPERLET CODTIPOCURSO",
    "SCURSO": "CODCURSO CODMODALIDADECURSO",
    "SHABILITACAO": "CODCURSO CODHABILITACAO",
    "SHABILITACAOFILIAL": "IDHABILITACAOFILIAL CODCURSO CODHABILITACAO CODGRADE",
    "SGRADE": "CODCURSO CODHABILITACAO CODCURSOPROX CODHABILITACAOPROX",
    "STURMA": "CODFILIAL IDPERLET CODTURMA IDHABILITACAOFILIAL DTINICIAL DTFINAL",
    "STURMADISC": "IDTURMADISC CODFILIAL IDPERLET CODTURMA CODDISC IDHABILITACAOFILIAL TIPO",
    "SMATRICPL": "IDPERLET IDHABILITACAOFILIAL RA CODFILIAL CODTURMA DTMATRICULA CODSTATUS"
    " CODSTATUSRES CODTIPOMAT",
    "STIPOMATRICULA": "CODTIPOMAT INDICADEPENDENCIA",
    "SMATRICPLCOMPL": "IDPERLET IDHABILITACAOFILIAL RA",
    "SMATRICULA": "IDTURMADISC RA IDPERLET IDHABILITACAOFILIAL CODSTATUS CODSTATUSRES"
    " MATRICULAISOLADA DTMATRICULA DTALTERACAO",
    "SDISCGRADECOMPL": "CODCURSO CODHABILITACAO CODGRADE CODDISC",
    "SPLANOAULA": "IDTURMADISC DATA HORAINICIAL HORAFINAL CONFIRMADO",
    "SALUNO": "RA CODPESSOA",
    "PPESSOA": "CODIGO CODMUNICIPIO ESTADO",
    "DCODIFICACAOMUNICIPIO": "CODMUNICIPIO CODETDMUNICIPIO IDCLASSIFMUNICIPIO CODIGO",
}
"""What is read of each table, beside CODCOLIGADA."""

GLOBAL = ("PPESSOA", "DCODIFICACAOMUNICIPIO")
"""The tables of RM that belong to no coligada."""


class Source:
    """Tables of RM, cut down to one coligada and to the columns that are wanted."""

    def __init__(self, mapping: RmMapping, connection: Any = None) -> None:
        self.mapping = mapping
        self.problems: list[Problem] = []
        self._connection = connection
        self._found: dict[str, ir.Table] = {}
        self._names: set[str] = set()
        if connection is not None:
            self._names = set(connection.list_tables(database=mapping.schema))

    def table(self, name: str, **custom: str) -> ir.Table:
        """A table of RM with its columns of `COLUMNS` and `custom` ones (our name: its name)."""
        own = COLUMNS[name].split()
        types = {column: self._type(name, column) for column in own}
        types |= {column: "timestamp" for ours, column in custom.items() if ours == OVERRIDE}
        return self._cut(name, {c: c for c in own} | custom, types, name not in GLOBAL)

    def log(self, log: Log) -> ir.Table:
        """A log with its key under the names of RM and the rest under ours."""
        optional = {
            "number": log.number, "situation": log.situation, "class_": log.class_,
            "situation_before": log.situation_before,
            "result": log.result, "result_before": log.result_before,
        }  # fmt: skip
        named = {ours: name for ours, name in optional.items() if name}
        key = dict(log.key)
        coligada = key.pop(COLIGADA)
        types = {log.at: "timestamp"} | {key["RA"]: "string"}
        return self._cut(log.table, {"at": log.at, **key, **named}, types, True, coligada)

    def other(self, name: str, **columns: str) -> ir.Table:
        """Any table, of no coligada, with columns of unknown types."""
        return self._cut(name, columns, {}, False)

    def _cut(
        self,
        name: str,
        columns: Mapping[str, str],
        types: Mapping[str, str],
        of_coligada: bool,
        coligada: str = COLIGADA,
    ) -> ir.Table:
        wanted = ({COLIGADA: coligada} if of_coligada else {}) | dict(columns)
        table = self._given(name, {c: types.get(c, CUSTOM) for c in wanted.values()})
        if of_coligada:
            table = table.filter(table[coligada] == self.mapping.coligada)
        return table.select(**{ours: table[theirs] for ours, theirs in wanted.items()})

    def _given(self, name: str, types: Mapping[str, str]) -> ir.Table:
        """The table of the base; where it lacks it, or a column, one that is only imagined."""
        # Turned round, so that the columns are never all of them in order: that would be a star.
        imagined = ibis.table(
            dict(reversed(list(types.items()))), name=name, database=self.mapping.schema
        )
        if self._connection is None:
            return imagined
        table = self._bound(name)
        if table is None:
            self._tell(NO_TABLE, table=name)
            return imagined
        missing = [column for column in types if column not in table.columns]
        for column in missing:
            self._tell(NO_COLUMN, table=name, column=column)
        return imagined if missing else table

    def _bound(self, name: str) -> ir.Table | None:
        if name not in self._found:
            if name not in self._names:
                return None
            self._found[name] = self._connection.table(name, database=self.mapping.schema)
        return self._found[name]

    def _tell(self, code: str, **params: str) -> None:
        self.problems.append(Problem(params["table"], Message(code, params)))

    def _type(self, table: str, column: str) -> str:
        if column in MOMENTS:
            return "timestamp"
        if column in ("HORAINICIAL", "HORAFINAL"):
            return "timestamp" if self.mapping.times == "timestamp" else "string"
        if column.startswith("ID") or column in CODES:
            return "int64"
        if (table, column) in (("SALUNO", "CODPESSOA"), ("PPESSOA", "CODIGO")):
            return "int64"
        return "string"
