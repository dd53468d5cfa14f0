"""The views as statements of SQL, for a base where somebody else makes them."""

from __future__ import annotations

import re

import ibis
import ibis.expr.types as ir
import sqlglot
from sqlglot import exp

from portaria.core.errors import ConfigurationError
from portaria.regulations.scae.rm.lint import FUNCTIONS, SQLGLOT, lint
from portaria.regulations.scae.rm.mapping import RmMapping
from portaria.regulations.scae.rm.views import views

DIALECTS = ("mssql", "oracle", "postgres")
CREATE = {"mssql": "CREATE OR ALTER VIEW", "oracle": "CREATE OR REPLACE VIEW"}
CHARACTER = {"mssql": "CHAR", "oracle": "CHR", "postgres": "CHR"}
END = {"mssql": "\nGO\n", "oracle": "\n/\n", "postgres": ";\n"}
HEAD = """\
-- Views of Portaria over TOTVS RM: the neutral tables of the monthly load SGE -> SCAE.
-- Mapping version {version}, coligada {coligada}, for {dialect}.
-- They only read. Give the account that extracts the right to read the views and nothing else.
"""
COMPILED = """\
-- COMPILED AND CHECKED, BUT NEVER RUN on {product} by the people who wrote it: the same
-- expressions are run on PostgreSQL. Try it on a copy of the base first.
"""
PRODUCT = {"mssql": "SQL Server (2017 or later)", "oracle": "Oracle (12.2 or later)"}


def script(mapping: RmMapping, dialect: str) -> str:
    """A whole file that makes every view; a statement each, with its end.

    ConfigurationError where a statement does not pass `lint`.
    """
    about = {"version": mapping.mapping_version, "coligada": mapping.coligada, "dialect": dialect}
    head = HEAD.format(**about)
    if dialect in PRODUCT:
        head += COMPILED.format(product=PRODUCT[dialect])
    made = sql(mapping, dialect)
    faults = [
        f"{name}: {fault}"
        for name, statement in made.items()
        for fault in (lint(statement, dialect) if dialect in FUNCTIONS else [])
    ]
    if faults:
        raise ConfigurationError("; ".join(faults))
    return "\n".join([head, *(statement + END[dialect] for statement in made.values())])


def sql(mapping: RmMapping, dialect: str) -> dict[str, str]:
    """A statement that makes a view, by the name of the view."""
    create = CREATE.get(dialect, "CREATE OR REPLACE VIEW")
    return {
        name: f"{create} {_quoted(name, dialect)} AS\n{query(table, dialect)}"
        for name, table in views(mapping).items()
    }


def query(table: ir.Table, dialect: str) -> str:
    """An expression as a query of the dialect, with what Ibis writes amiss there mended."""
    tree = sqlglot.parse_one(str(ibis.to_sql(table, dialect=dialect)), dialect=SQLGLOT[dialect])
    tree = _without_stars(tree)
    _shorten(tree)
    _show_controls(tree, dialect)
    if dialect == "oracle":
        _mend_for_oracle(tree)
    return tree.sql(dialect=SQLGLOT[dialect], pretty=True)


def _shorten(tree: exp.Expr) -> None:
    """What Ibis asks of constants, answered: people are to read these statements."""
    for part in tree.find_all(exp.Substring):
        start = part.args["start"]
        choice = start.args["ifs"][0] if isinstance(start, exp.Case) else start
        if isinstance(choice, exp.If):
            places = (int(number.name) for number in choice.args["true"].find_all(exp.Literal))
            part.set("start", exp.Literal.number(sum(places)))
    for test in reversed(list(tree.find_all(exp.Is))):
        if isinstance(test.this, exp.Literal) and isinstance(test.parent, exp.Or):
            parent = test.parent
            parent.replace(parent.right if test is parent.left else parent.left)


def _show_controls(tree: exp.Expr, dialect: str) -> None:
    """Tabs and ends of lines by their numbers: an editor may change them in a text."""
    for literal in list(tree.find_all(exp.Literal)):
        if not literal.is_string or literal.name.isprintable():
            continue
        parts: list[exp.Expr] = [
            exp.Literal.string(part)
            if part.isprintable()
            else exp.func(CHARACTER[dialect], exp.Literal.number(ord(part)))
            for part in re.findall(r"[ -~]+|[^ -~]", literal.name)
        ]
        whole, *rest = parts
        for part in rest:
            joint = exp.Add if dialect == "mssql" else exp.DPipe
            whole = joint(this=whole, expression=part)
        literal.replace(whole)


def _mend_for_oracle(tree: exp.Expr) -> None:
    """CONCAT takes two texts before version 23, and EXTRACT no hour of a DATE."""
    for node in reversed(list(tree.find_all(exp.Concat))):
        first, *rest = node.expressions
        for part in rest:
            first = exp.DPipe(this=first, expression=part, safe=True)
        node.replace(exp.paren(first))
    for hour in tree.find_all(exp.Extract):
        hour.set("expression", exp.cast(hour.expression, "TIMESTAMP"))


def _without_stars(tree: exp.Expr) -> exp.Expr:
    """The columns of a star over a query of our own, which are all known."""
    known = {cte.alias: cte.this for cte in tree.find_all(exp.CTE)}
    for select in reversed(list(tree.find_all(exp.Select))):
        if not any(isinstance(part, exp.Star) for part in select.expressions):
            continue
        given = select.find(exp.From).this  # type: ignore[union-attr]
        inner = given.this if isinstance(given, exp.Subquery) else known.get(given.name)
        if inner is not None:
            columns = _outputs(inner, known)
            select.set(
                "expressions",
                [exp.column(name, table=given.alias, quoted=True) for name in columns],
            )
    return tree


def _outputs(query: exp.Expr, known: dict[str, exp.Expr]) -> list[str]:
    """The names of the columns that a query gives."""
    while isinstance(query, exp.SetOperation):
        query = query.this
    if any(isinstance(part, exp.Star) for part in query.expressions):
        given = query.find(exp.From).this  # type: ignore[union-attr]
        return _outputs(given.this if isinstance(given, exp.Subquery) else known[given.name], known)
    assert isinstance(query, exp.Query)
    return list(query.named_selects)


def _quoted(name: str, dialect: str) -> str:
    return exp.to_identifier(name, quoted=True).sql(dialect=SQLGLOT[dialect])
