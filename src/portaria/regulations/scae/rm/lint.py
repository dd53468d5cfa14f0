"""What compiled SQL must not hold, for dialects that no test can run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import sqlglot
from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from portaria.regulations.scae.rm.base import COLIGADA, GLOBAL

SQLGLOT = {"mssql": "tsql", "oracle": "oracle", "postgres": "postgres"}
"""Our names of the dialects, and those of the parser."""

FUNCTIONS = {
    "mssql": "CAST CHAR COALESCE COUNT COUNT_BIG DATEPART IIF LAG LEN MAX MIN NULLIF REPLACE"
    " ROW_NUMBER SUBSTRING TRIM UPPER VARCHAR",
    "oracle": "CAST CHR COALESCE COUNT EXTRACT LAG LENGTH LTRIM MAX MIN NULLIF REPLACE ROW_NUMBER"
    " RTRIM SUBSTR TRUNC UPPER VARCHAR2",
}
"""What the dialect has, among what the views may use (TRIM with characters: SQL Server 2017)."""

WORDS = """
    SELECT DISTINCT FROM JOIN WHERE AND OR NOT IN ON AS OVER WHEN THEN ELSE BY ALL UNION EXISTS
    CASE END IS NULL
"""
"""What may stand before a parenthesis and is no function."""

LONGEST_NAME = 128
"""Letters of a name on SQL Server, and on Oracle from 12.2 on."""

PREDICATES = (exp.Predicate, exp.And, exp.Or, exp.Not, exp.Boolean)
PLACES: dict[type[exp.Expr], str] = {
    exp.Where: "this", exp.Having: "this", exp.Join: "on", exp.If: "this",
    exp.And: "", exp.Or: "", exp.Not: "", exp.Paren: "",
}  # fmt: skip
"""Where a condition may stand, and under which argument there ("": any)."""


def lint(sql: str, dialect: str) -> list[str]:
    """Every fault of a query or view, in English, for developers; parses it back first."""
    tree = sqlglot.parse_one(sql, dialect=SQLGLOT[dialect])
    return [
        *_conditions_as_values(tree),
        *_joins_without_coligada(tree),
        *_stars(tree),
        *_unknown_functions(sql, dialect),
        *_inner_ctes(tree),
        *_orders(tree),
        *_controls(sql),
        *(f"QUALIFY: {found.sql()[:200]}" for found in tree.find_all(exp.Qualify)),
        *_long_names(tree),
        *(_empty_texts(tree) if dialect == "oracle" else ()),
    ]


def _conditions_as_values(tree: exp.Expr) -> Iterator[str]:
    """There are no booleans: a condition decides, and is no value (nor TRUE, nor FALSE)."""
    for node in tree.find_all(*PREDICATES):
        parent = node.parent
        if isinstance(node, exp.Boolean):
            yield f"a boolean constant: {parent and parent.sql()}"
        elif parent is None or PLACES.get(type(parent), "?") not in ("", node.arg_key):
            yield f"a condition as a value: {node.sql()[:200]}"
        elif isinstance(parent, exp.Paren) and not _decides(parent):
            yield f"a condition as a value: {parent.sql()[:200]}"


def _decides(node: exp.Expr) -> bool:
    while isinstance(node.parent, exp.Paren):
        node = node.parent
    return PLACES.get(type(node.parent), "?") in ("", node.arg_key)  # type: ignore[arg-type]


def _joins_without_coligada(tree: exp.Expr) -> Iterator[str]:
    """A join that forgets CODCOLIGADA multiplies rows; some tables have none (`GLOBAL`)."""
    for join in tree.find_all(exp.Join):
        condition = join.args.get("on")
        carried = condition is not None and any(
            equal.left.name == equal.right.name == COLIGADA for equal in condition.find_all(exp.EQ)
        )
        tables = {table.name for table in join.this.find_all(exp.Table)}
        if not carried and not (condition is not None and tables <= set(GLOBAL)):
            yield f"a join without {COLIGADA}: {join.sql()[-200:]}"


def _stars(tree: exp.Expr) -> Iterator[str]:
    for star in tree.find_all(exp.Star):
        if not isinstance(star.parent, exp.Count):
            yield f"a star: {star.parent and star.parent.sql()[:200]}"


def _unknown_functions(sql: str, dialect: str) -> Iterator[str]:
    """By the words as they are written, not as the parser understands them."""
    allowed = {*FUNCTIONS[dialect].split(), *WORDS.split()}
    tokens = sqlglot.tokenize(sql, dialect=SQLGLOT[dialect])
    for word, after in pairwise(tokens):
        named = word.text.upper()
        if (
            after.token_type == TokenType.L_PAREN
            and word.text.replace("_", "a").isalnum()
            and word.token_type not in (TokenType.IDENTIFIER, TokenType.STRING, TokenType.NUMBER)
            and named not in allowed
        ):
            yield f"a function that is not of the list: {named}"


def _inner_ctes(tree: exp.Expr) -> Iterator[str]:
    """SQL Server knows WITH at the beginning of a statement alone."""
    top = tree.expression if isinstance(tree, exp.Create) else tree
    for inner in tree.find_all(exp.With):
        if inner.parent is not top:
            yield f"an inner WITH: {inner.sql()[:200]}"


def _orders(tree: exp.Expr) -> Iterator[str]:
    """A view has no order, and SQL Server refuses one."""
    for order in tree.find_all(exp.Order):
        if not isinstance(order.parent, exp.Window):
            yield f"an order outside a window: {order.sql()[:200]}"


def _controls(sql: str) -> Iterator[str]:
    """Blanks and ends of lines lay out the statement; others would stand in a text of it."""
    if not sql.replace("\n", "").isprintable():
        yield "a control character"


def _long_names(tree: exp.Expr) -> Iterator[str]:
    for name in tree.find_all(exp.Identifier):
        if len(name.name) > LONGEST_NAME:
            yield f"a name of more than {LONGEST_NAME} letters: {name.name}"


def _empty_texts(tree: exp.Expr) -> Iterator[str]:
    """On Oracle an empty text is null: it may blank out or replace, and not be compared."""
    for literal in tree.find_all(exp.Literal):
        blank = literal.is_string and not literal.name
        if blank and not isinstance(literal.parent, exp.Nullif | exp.Replace):
            yield f"an empty text: {literal.parent and literal.parent.sql()[:200]}"
