"""A mapping file proposed from the dictionary of a base: evidence as comments, blanks elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from portaria.regulations.scae.rm.inspect import (
    CUSTOM,
    Column,
    Found,
    candidates,
    clear,
    look,
    words,
)

ENROLMENT, DISCIPLINE = CUSTOM
LABELS = {
    "reference": "Matrícula de Referência",
    "mobility_override": "Data da Mobilidade do Estudante",
    "scae_code": "Código Disciplinas SCAE",
}
"""How the screens call the fields, by our names."""

COMPLEMENTS = {"category": "Categoria", "ebep": "EBEP", "vira_vida": "Vira Vida"}
LEVELS = {"basic": "Educação Básica", "continuing": "Educação Continuada"}
MOST_SHOWN = 5

HEAD = """\
# Mapping of one base of TOTVS RM, proposed by `portaria scae rm-inspect`.
#
# A name stands here only where one column alone has every word of the label of the screen in its
# description; look at each of them all the same. "" is to be filled in, and is refused until it is;
# "-" says that the base has none. What each key means: rm-example.toml and docs/scae/rm.md.
"""
NO_DICTIONARY = "# The base has no GDIC and no GCAMPOS: columns are known by their names alone.\n"


def propose(connection: Any, schema: str | None = None) -> str:
    """The text of an `rm.toml`, the same for the same base; UsageError where it is none of RM."""
    found = look(connection, schema)
    coligadas = sorted({coligada for coligada, _, _ in found.levels})
    lines = [
        HEAD if found.dictionary else HEAD + NO_DICTIONARY,
        'mapping_version = "1"',
        *_coligada(coligadas),
        f"schema = {_text(schema or '-')}",
        'unit = ""                  # CODFILIAL, or CAMPOLIVRE1 of DFILIAL',
        'discipline_situation = ""  # CODSTATUS, or CODSTATUSRES (the result first)',
        *_levels(found, coligadas),
        *_fields(found),
        SERIES,
        *_log("period_log", PERIOD_KEYS, PERIOD_REST),
        *_log("discipline_log", DISCIPLINE_KEYS, DISCIPLINE_REST),
        *_logs(found),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _coligada(coligadas: Sequence[str]) -> list[str]:
    if len(coligadas) == 1:
        return [f"coligada = {coligadas[0]}              # the only one of STIPOCURSO"]
    shown = ", ".join(coligadas) or "none is known"
    return [f'coligada = ""              # a whole number, one of: {shown}']


def _levels(found: Found, coligadas: Sequence[str]) -> list[str]:
    lines = ["", '# CODTIPOCURSO = basic, continuing, or "-": SCAE is not told of it.', "[levels]"]
    if len(coligadas) != 1:
        shown = [f"# coligada {a}: {b} is {_text(name)}" for a, b, name in found.levels]
        return [*lines, *shown]
    for _, key, name in found.levels:
        alike = [level for level, label in LEVELS.items() if words(label) <= words(name)]
        level = alike[0] if len(alike) == 1 else ""
        lines.append(f"{key} = {_text(level)}  # {_shown(name)}")
    return lines


def _fields(found: Found) -> list[str]:
    custom, disciplines = found.custom(ENROLMENT), found.custom(DISCIPLINE)
    return [
        "", f"# Custom columns of {ENROLMENT}.", "[enrolment_fields]",
        *_asked("reference", LABELS["reference"], custom),
        'reference_holds = ""       # enrolment (the key of Portaria), or class (CODTURMA)',
        *_asked("mobility_override", LABELS["mobility_override"], custom),
        "", f"# What SCAE is told besides: our name = column of {ENROLMENT}.", "[complements]",
        *(line for name, label in COMPLEMENTS.items() for line in _asked(name, label, custom)),
        *_listed(custom),
        "", f"# Custom column of {DISCIPLINE}.", "[discipline_fields]",
        *_asked("scae_code", LABELS["scae_code"], disciplines),
        *_listed(disciplines),
    ]  # fmt: skip


def _asked(key: str, label: str, columns: Sequence[Column]) -> list[str]:
    """A key with the column that is clearly meant, or blank; the evidence above it."""
    found = candidates(label, columns)
    meant = clear(found)
    total = len(words(label))
    evidence = [
        f"#   {_described(column)}: {share * total} of {total} words of {_text(label)}"
        for share, column in found[:MOST_SHOWN]
    ]
    nothing = [f"#   no description has a word of {_text(label)}"]
    return [*(evidence or nothing), f"{key} = {_text(meant.name if meant else '')}"]


def _listed(columns: Iterable[Column]) -> list[str]:
    shown = [f"#   {_described(column)}" for column in columns]
    return ["# Every custom column of the table:", *shown] if shown else []


def _described(column: Column) -> str:
    described = f" {_text(column.description)}" if column.description else " (no description)"
    return f"{column.table}.{column.name} ({column.type}){described}"


def _log(name: str, keys: Sequence[str], rest: Sequence[str]) -> list[str]:
    lines = ["", f"[{name}]", 'table = ""']
    lines += [f'{key} = ""' for key in (*keys, "at", "number", "situation", "situation_before")]
    return [*lines, *(f'{key} = ""' for key in rest), 'unchanged = "drop"']


def _logs(found: Found) -> list[str]:
    lines = ["", "# The tables of the base whose names begin with SLOG:"]
    for columns in found.logs.values():
        lines += [f"#   {_described(column)}" for column in columns]
    return lines if found.logs else [*lines, "#   none"]


def _text(value: str) -> str:
    """A TOML text; what a comment must not hold is left out."""
    return '"' + _shown(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shown(value: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in value)


PERIOD_KEYS = ("coligada", "period", "matrix", "student")
PERIOD_REST = ("result", "result_before", "class")
DISCIPLINE_KEYS = ("coligada", "class_discipline", "student")
DISCIPLINE_REST: tuple[str, ...] = ()

SERIES = """
[series]
order = ""                 # chain (SGRADE.CODHABILITACAOPROX), or listed
modalities = ["3", "7", "8"]

[series.listed]

[municipality]
source = ""                # student, unit, or field (a column of SMATRICPLCOMPL)
field = "-"
codes = "-"                # "-", ibge, or table
table = "-"
municipality = "-"
scae_code = "-"

[lessons]
times = ""                 # text (HH:MM), or timestamp
only_confirmed = false"""
