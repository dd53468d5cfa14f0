"""A mapping proposed from the dictionary of a base: what is clear is filled in, the rest is not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import psycopg
import pytest
from postgres import has_postgres, postgres_url

from portaria.core.errors import UsageError
from portaria.regulations.scae.rm.inspect import likeness
from portaria.regulations.scae.rm.mapping import read_mapping
from portaria.regulations.scae.rm.proposal import propose

from .base import connected, create, fill
from .network import Row

GDIC = [
    ("SMATRICPLCOMPL", "XREF", "MATRICULA DE REFERÊNCIA (EJA)"),
    ("SMATRICPLCOMPL", "XDT1", "Data da mobilidade do estudante"),
    ("SMATRICPLCOMPL", "XDT2", "Data da Mobilidade do Estudante (antigo)"),
    ("SMATRICPLCOMPL", "XCAT", "Categoria\n do aluno"),
    ("SMATRICPLCOMPL", "XEBEP", 'Aluno "EBEP"'),
    ("SDISCGRADECOMPL", "XCOD", "Codigo da disciplina no SCAE"),
    ("SLOGPLETIVO", "DTALT", "Data da alteração"),
    ("SALUNO", "RA", "Registro acadêmico"),
]
COMPL = {"CODCOLIGADA": "smallint", "IDPERLET": "integer", "IDHABILITACAOFILIAL": "integer"}
COMPL |= {"RA": "varchar(20)", "RECCREATEDBY": "varchar(50)"}
TABLES: dict[str, dict[str, str]] = {
    "SMATRICPL": {"CODCOLIGADA": "smallint"},
    "SMATRICPLCOMPL": COMPL
    | {"XREF": "varchar(20)", "XDT1": "timestamp", "XDT2": "timestamp", "XCAT": "varchar(5)"}
    | {"XEBEP": "varchar(1)", "XNONE": "integer"},
    "SDISCGRADECOMPL": {"CODCOLIGADA": "smallint", "CODDISC": "varchar(20)", "XCOD": "varchar(9)"},
    "SLOGPLETIVO": {"CODCOLIGADA": "smallint", "RA": "varchar(20)", "DTALT": "timestamp"},
    "SLOGPARCELA": {"IDLOG": "integer"},
    "STIPOCURSO": {"CODCOLIGADA": "smallint", "CODTIPOCURSO": "smallint", "NOME": "varchar(60)"},
}
LEVELS = [
    {"CODCOLIGADA": 1, "CODTIPOCURSO": 1, "NOME": "EDUCACAO BASICA"},
    {"CODCOLIGADA": 1, "CODTIPOCURSO": 2, "NOME": "Educação Continuada"},
    {"CODCOLIGADA": 1, "CODTIPOCURSO": 3, "NOME": "Ensino Superior"},
]


@pytest.fixture(autouse=True)
def _server(needs: Callable[[bool, str], None]) -> None:
    needs(has_postgres(), "PostgreSQL")


def an_rm(
    dictionary: str = "GDIC", levels: list[Row] = LEVELS, without: tuple[str, ...] = ()
) -> Any:
    """A connection to a base with these tables, and a dictionary of them."""
    url = postgres_url("dic")
    with psycopg.connect(url, autocommit=True) as connection:
        for name, columns in TABLES.items():
            if name not in without:
                create(connection, "public", name, dict(columns))
        fill(connection, "public", "STIPOCURSO", levels)
        if dictionary:
            column = "COLUNA" if dictionary == "GDIC" else "CAMPO"
            names = ("TABELA", column, "DESCRICAO")
            create(connection, "public", dictionary, dict.fromkeys(names, "varchar(200)"))
            rows = [dict(zip(names, row, strict=True)) for row in GDIC]
            fill(connection, "public", dictionary, rows)
    return connected(url)


@pytest.mark.parametrize("dictionary", ["GDIC", "GCAMPOS"])
def test_a_name_is_proposed_where_one_column_alone_is_meant(dictionary: str) -> None:
    text = propose(an_rm(dictionary))
    data = tomllib.loads(text)
    assert data["enrolment_fields"]["reference"] == "XREF"  # accents and case do not matter
    assert data["complements"]["category"] == "XCAT"
    assert data["complements"]["ebep"] == "XEBEP"
    assert data["levels"] == {"1": "basic", "2": "continuing", "3": ""}
    assert data["coligada"] == 1


def test_two_candidates_or_half_a_candidate_are_shown_and_not_chosen() -> None:
    text = propose(an_rm())
    data = tomllib.loads(text)
    assert data["enrolment_fields"]["mobility_override"] == ""
    assert data["discipline_fields"]["scae_code"] == ""
    assert data["complements"]["vira_vida"] == ""
    for line in (
        '#   SMATRICPLCOMPL.XDT1 (timestamp(6)) "Data da mobilidade do estudante": 3 of 3 words of '
        '"Data da Mobilidade do Estudante"',
        '#   SDISCGRADECOMPL.XCOD (string(9)) "Codigo da disciplina no SCAE": 2 of 3 words of '
        '"Código Disciplinas SCAE"',
        '#   no description has a word of "Vira Vida"',
        "#   SMATRICPLCOMPL.XNONE (int32) (no description)",
    ):
        assert line in text.splitlines()


def test_logs_are_shown_and_never_filled_in() -> None:
    text = propose(an_rm())
    data = tomllib.loads(text)
    for log in ("period_log", "discipline_log"):
        assert {v for k, v in data[log].items() if k != "unchanged"} == {""}
    assert '#   SLOGPLETIVO.DTALT (timestamp(6)) "Data da alteração"' in text
    assert "#   SLOGPARCELA.IDLOG (int32) (no description)" in text
    assert "SALUNO" not in text


def test_a_proposal_is_refused_until_it_is_filled_in_and_has_every_key(tmp_path: Path) -> None:
    path = tmp_path / "rm.toml"
    path.write_text(propose(an_rm()), encoding="utf-8")
    mapping, problems = read_mapping(path)
    assert mapping is None
    told = {p.code.removeprefix("scae-rm-") for p in problems}
    assert told == {"blank", "blank-or-none", "choice"}  # nothing missing, nothing unknown


def test_the_same_base_gives_the_same_text() -> None:
    connection = an_rm()
    assert propose(connection) == propose(connection)


def test_several_coligadas_are_shown_and_none_is_chosen() -> None:
    text = propose(an_rm(levels=[*LEVELS, {**LEVELS[0], "CODCOLIGADA": 2}]))
    data = tomllib.loads(text)
    assert (data["coligada"], data["levels"]) == ("", {})
    assert '# coligada 2: 1 is "EDUCACAO BASICA"' in text.splitlines()


def test_a_base_without_dictionary_or_without_logs_says_so() -> None:
    text = propose(an_rm(dictionary="", without=("SLOGPLETIVO", "SLOGPARCELA", "SDISCGRADECOMPL")))
    data = tomllib.loads(text)
    assert data["enrolment_fields"]["reference"] == ""
    assert "no GDIC and no GCAMPOS" in text
    assert "#   none" in text.splitlines()


def test_what_is_no_base_of_rm_is_refused() -> None:
    with pytest.raises(UsageError, match="SMATRICPL"):
        propose(connected(postgres_url("nothing")))


@pytest.mark.parametrize(
    ("description", "share"),
    [
        ("Matrícula de Referência", Fraction(1)),
        ("REFERENCIA da  matricula", Fraction(1)),
        ("Matrícula", Fraction(1, 2)),
        ("de", Fraction(0)),
        ("", Fraction(0)),
    ],
)
def test_likeness_is_the_share_of_the_words(description: str, share: Fraction) -> None:
    assert likeness("Matrícula de Referência", description) == share
