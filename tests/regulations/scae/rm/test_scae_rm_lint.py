"""What is compiled for SQL Server and Oracle, which no test here can run, holds nothing amiss."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot

from portaria.regulations.scae.rm.lint import SQLGLOT, lint
from portaria.regulations.scae.rm.script import query, script, sql
from portaria.regulations.scae.rm.views import MAKERS, views
from portaria.regulations.scae.schemas import TABLES
from portaria.tables.schema import columns_of

from .base import changed, mapping_text, read

COMPILED = ("mssql", "oracle")
LISTED = '[series.listed]\nEJA = ["1", "2"]\nNEJA = ["A"]\n[municipality]'
MAPPINGS = {
    "plain": {},
    "schema": {"schema": '"dbo"', "unit": '"CAMPOLIVRE1"'},
    "by class": {"enrolment_fields__reference_holds": '"class"', "period_log__class": '"-"'},
    "nothing before": {"period_log__situation_before": '"-"', "period_log__result_before": '"-"'},
    "moments": {"lessons__times": '"timestamp"', "lessons__only_confirmed": "true"},
    "student": {"municipality__source": '"student"', "municipality__codes": '"ibge"'},
    "unit": {"municipality__source": '"unit"', "municipality__codes": '"-"'},
    "listed": {"series__order": '"listed"'},
    "little": {
        "enrolment_fields__reference": '"-"', "enrolment_fields__mobility_override": '"-"',
        "complements__category": '"-"', "discipline_fields__scae_code": '"-"',
        "period_log__result": '"-"', "period_log__number": '"-"',
        "discipline_situation": '"CODSTATUSRES"',
    },
}  # fmt: skip


def text_of(name: str) -> str:
    text = changed(mapping_text(), **MAPPINGS[name])
    return text.replace("[municipality]", LISTED) if name == "listed" else text


@pytest.mark.parametrize("dialect", COMPILED)
@pytest.mark.parametrize("name", MAPPINGS)
def test_every_view_of_every_mapping_is_clean(name: str, dialect: str, tmp_path: Path) -> None:
    made = sql(read(text_of(name), tmp_path), dialect)
    assert {view: found for view, one in made.items() if (found := lint(one, dialect))} == {}
    assert set(made) >= set(MAKERS) - {"municipalities"}


@pytest.mark.parametrize("dialect", COMPILED)
def test_a_view_has_the_columns_of_its_table_and_is_parsed_back_as_it_was(
    dialect: str, tmp_path: Path
) -> None:
    for name, statement in sql(read(mapping_text(), tmp_path), dialect).items():
        tree = sqlglot.parse_one(statement, dialect=SQLGLOT[dialect])
        assert tree.expression.named_selects == list(columns_of(TABLES[name].schema))
        again = tree.sql(dialect=SQLGLOT[dialect], pretty=True)
        assert again == statement


def test_keys_of_oracle_are_put_together_two_by_two(tmp_path: Path) -> None:
    """CONCAT takes two texts there before version 23; Ibis gives it more."""
    made = sql(read(mapping_text(), tmp_path), "oracle")
    assert not any("CONCAT" in statement for statement in made.values())
    assert " || '-' || CAST(\"" in made["lessons"]


def test_hours_of_oracle_are_taken_of_a_timestamp(tmp_path: Path) -> None:
    mapping = read(changed(mapping_text(), lessons__times='"timestamp"'), tmp_path)
    lessons = sql(mapping, "oracle")["lessons"]
    hour = 'EXTRACT(HOUR FROM CAST("t6"."HORAFINAL" AS TIMESTAMP))'
    assert hour in lessons.replace("hour", "HOUR")


PLANTED = [
    ("mssql", "SELECT [a] = 1 AS [b] FROM [T]", "a condition as a value"),
    ("mssql", "SELECT COALESCE([a] = 'S', (1 = 0)) AS [b] FROM [T]", "a condition as a value"),
    ("mssql", "SELECT IIF([a] = 1, [a] = 2, 0) AS [b] FROM [T]", "a condition as a value"),
    ("oracle", 'SELECT COALESCE("a", FALSE) AS "b" FROM "T"', "a boolean constant"),
    ("mssql", "SELECT * FROM [T]", "a star"),
    ("oracle", 'SELECT "t".* FROM "T" "t"', "a star"),
    (
        "mssql",
        "SELECT [a].[X] FROM [A] AS [a] JOIN [B] AS [b] ON [a].[ID] = [b].[ID]",
        "a join without CODCOLIGADA",
    ),
    (
        "oracle",
        'SELECT "a"."X" FROM "A" "a" JOIN "B" "b" ON "a"."CODCOLIGADA" = 1',
        "a join without CODCOLIGADA",
    ),
    ("mssql", "SELECT [a].[X] FROM [A] AS [a] CROSS JOIN [B] AS [b]", "a join without CODCOLIGADA"),
    ("mssql", "SELECT CONTAINS([a], 'x') AS [b] FROM [T]", "a function that is not of the list"),
    ("mssql", "SELECT STRING_AGG([a], ',') AS [b] FROM [T]", "a function that is not of the list"),
    ("mssql", "SELECT LENGTH([a]) AS [b] FROM [T]", "a function that is not of the list"),
    (
        "oracle",
        """SELECT CONCAT("a", 'x') AS "b" FROM "T\"""",
        "a function that is not of the list",
    ),
    (
        "mssql",
        "SELECT [a] FROM (SELECT [a] FROM [T] ORDER BY [a]) AS [t]",
        "an order outside a window",
    ),
    ("oracle", """SELECT COALESCE("a", '') AS "b" FROM "T\"""", "an empty text"),
    ("oracle", f'SELECT "a" AS "{"a" * 129}" FROM "T"', "a name of more than"),
    ("mssql", "SELECT [a] FROM [T] QUALIFY ROW_NUMBER() OVER (ORDER BY [a]) = 1", "QUALIFY"),
    ("mssql", "SELECT REPLACE([a], '\t', ' ') AS [b] FROM [T]", "a control character"),
]


@pytest.mark.parametrize(("dialect", "planted", "fault"), PLANTED)
def test_what_is_amiss_is_found(dialect: str, planted: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in lint(planted, dialect)), lint(planted, dialect)


def test_a_join_that_forgets_the_coligada_is_found_in_a_view(tmp_path: Path) -> None:
    table = views(read(mapping_text(), tmp_path))["classes"]
    for dialect in COMPILED:
        text = query(table, dialect)
        assert lint(text, dialect) == []
        column = {"mssql": "[t9].[CODCOLIGADA] = [", "oracle": '"t9"."CODCOLIGADA" = "'}[dialect]
        assert column in text
        broken = text.replace(column, column.replace("CODCOLIGADA", "CODFILIAL", 1))
        assert lint(broken, dialect)


@pytest.mark.parametrize("dialect", ["mssql", "oracle", "postgres"])
def test_the_script_says_what_it_is_and_whether_it_was_ever_run(
    dialect: str, tmp_path: Path
) -> None:
    text = script(read(mapping_text(), tmp_path), dialect)
    assert ("NEVER RUN" in text) == (dialect != "postgres")
    ends = {"mssql": "\nGO\n", "oracle": "\n/\n", "postgres": ";\n"}
    assert text.count(ends[dialect]) == len(MAKERS)
    assert text.count("CREATE OR") == len(MAKERS)
    assert script(read(mapping_text(), tmp_path), dialect) == text
