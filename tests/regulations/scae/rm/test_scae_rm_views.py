"""What each view does with rows that a tidy network does not have; run on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from postgres import has_postgres

from portaria.core.errors import UsageError
from portaria.regulations.scae.rm.source import open_rm
from portaria.regulations.scae.rm.views import tables
from portaria.regulations.scae.schemas import TABLES
from portaria.tables.database import from_tables

from .base import changed, connected, loaded, mapping_text, read
from .network import COLIGADA, Row, Tables

AT = datetime(2024, 3, 5, 18, 30)


@pytest.fixture(autouse=True)
def _server(needs: Callable[[bool, str], None]) -> None:
    needs(has_postgres(), "PostgreSQL")


def a_base(**more: list[Row]) -> Tables:
    """One branch, course, class and enrolment; what `more` gives takes their place."""
    rows: Tables = {
        "GFILIAL": [{"CODFILIAL": 1, "ESTADO": "sp ", "CODMUNICIPIO": "50308"}],
        "SPLETIVO": [{"IDPERLET": 5, "CODPERLET": "2024", "CODTIPOCURSO": 1}],
        "SCURSO": [{"CODCURSO": "EJA", "CODMODALIDADECURSO": "08"}],
        "SHABILITACAO": [
            {"CODCURSO": "EJA", "CODHABILITACAO": series} for series in ("A", "B", "C")
        ],
        "SHABILITACAOFILIAL": [
            {"IDHABILITACAOFILIAL": 7, "CODFILIAL": 1, "CODCURSO": "EJA", "CODHABILITACAO": "A",
             "CODGRADE": "G"}
        ],
        "STURMA": [
            {"CODFILIAL": 1, "IDPERLET": 5, "CODTURMA": "T1", "IDHABILITACAOFILIAL": 7}
        ],
        "STURMADISC": [
            {"IDTURMADISC": 90, "CODFILIAL": 1, "IDPERLET": 5, "CODTURMA": "T1", "CODDISC": "MAT"}
        ],
        "SMATRICPL": [enrolled(RA="10")],
    }  # fmt: skip
    rows |= more
    return {
        name: found if name == "PPESSOA" or name.startswith("DCOD")
        else [{"CODCOLIGADA": COLIGADA} | row for row in found]
        for name, found in rows.items()
    }  # fmt: skip


def enrolled(**values: Any) -> Row:
    row = {"IDPERLET": 5, "IDHABILITACAOFILIAL": 7, "CODFILIAL": 1, "CODTURMA": "T1"}
    return {**row, "DTMATRICULA": AT, "CODSTATUS": 2, "CODTIPOMAT": 1, **values}


def view(name: str, base: Tables, folder: Path, times: str = "text", **keys: str) -> list[Row]:
    """The rows of one view, in the order of their texts."""
    keys = {"unit": '"CODFILIAL"', "lessons__times": f'"{times}"'} | keys
    mapping = read(changed(mapping_text(), **keys), folder)
    connection = connected(loaded(base, times=times))
    found, problems = tables(connection, mapping)
    assert problems == []
    rows: list[Row] = connection.to_pyarrow(found[name]).to_pylist()
    return sorted(rows, key=str)


@pytest.mark.parametrize(
    ("code", "modality"),
    [("8", "8"), ("08", "8"), ("0008", "8"), ("80", "80"), ("0", "0"), ("1A0", "1A0"), ("", None)],
)
def test_a_modality_loses_its_leading_zeros_alone(
    code: str, modality: str | None, tmp_path: Path
) -> None:
    base = a_base(SCURSO=[{"CODCURSO": "EJA", "CODMODALIDADECURSO": code}])
    (row,) = view("classes", base, tmp_path)
    assert row["modality"] == modality
    assert row["state"] == "SP"


def test_a_class_without_dates_without_matrix_or_of_another_level(tmp_path: Path) -> None:
    periods = [
        {"IDPERLET": number, "CODPERLET": "2024", "CODTIPOCURSO": level}
        for number, level in ((5, 1), (6, 2), (7, 9))
    ]
    classes = [
        {"CODFILIAL": 1, "IDPERLET": number, "CODTURMA": "T", "IDHABILITACAOFILIAL": None}
        for number in (5, 6, 7)
    ]
    rows = view("classes", a_base(SPLETIVO=periods, STURMA=classes), tmp_path)
    shown = [(r["class"], r["level"], r["course"], r["start"], r["end"]) for r in rows]
    assert shown == [
        ("3-1-5-T", "basic", None, None, None),
        ("3-1-6-T", "continuing", None, None, None),
    ]


def test_complements_are_json_whatever_the_field_holds(tmp_path: Path) -> None:
    held = ['say "x"', "a\\b", "two\nlines\tand\ttabs", "  ", None, "ação"]
    base = a_base(
        SMATRICPL=[enrolled(RA=str(n), CODTIPOMAT=1 + n % 2) for n in range(len(held) + 1)],
        SMATRICPLCOMPL=[
            {"IDPERLET": 5, "IDHABILITACAOFILIAL": 7, "RA": str(n), "CUSTOM_CAT": value}
            for n, value in enumerate(held)
        ],
        STIPOMATRICULA=[{"CODTIPOMAT": 2, "INDICADEPENDENCIA": "s"}],
    )
    rows = view("enrolments", base, tmp_path)
    found = {row["student"]: json.loads(row["complements"]) for row in rows}
    assert {student: held["category"] for student, held in found.items()} == {
        "0": 'say "x"', "1": "a\\b", "2": "two\nlines\tand\ttabs", "3": None, "4": None,
        "5": "ação", "6": None,
    }  # fmt: skip
    assert {s for s, held in found.items() if held.get("dependency") is True} == {"1", "3", "5"}
    assert all(set(held) <= {"category", "dependency"} for held in found.values())


@pytest.mark.parametrize(
    ("source", "found"),
    [("student", [None, "PR-00123"]), ("unit", ["SP-50308", "SP-50308"]), ("field", ["X1", None])],
)
def test_the_municipality_comes_from_where_the_mapping_says(
    source: str, found: list[str | None], tmp_path: Path
) -> None:
    base = a_base(
        SMATRICPL=[enrolled(RA="1"), enrolled(RA="2")],
        SALUNO=[{"RA": "1", "CODPESSOA": 11}, {"RA": "2", "CODPESSOA": 12}],
        PPESSOA=[
            {"CODIGO": 11, "CODMUNICIPIO": None, "ESTADO": "PR"},
            {"CODIGO": 12, "CODMUNICIPIO": "00123", "ESTADO": "PR"},
        ],
        SMATRICPLCOMPL=[{"IDPERLET": 5, "IDHABILITACAOFILIAL": 7, "RA": "1", "CUSTOM_MUN": " X1 "}],
    )
    rows = view("enrolments", base, tmp_path, municipality__source=f'"{source}"')
    assert [row["municipality"] for row in rows] == found


def test_ibge_codes_are_one_classification_of_several(tmp_path: Path) -> None:
    key = {"CODMUNICIPIO": "50308", "CODETDMUNICIPIO": "SP"}
    base = a_base(
        DCODIFICACAOMUNICIPIO=[
            {**key, "IDCLASSIFMUNICIPIO": 1, "CODIGO": "3550308"},
            {**key, "IDCLASSIFMUNICIPIO": 2, "CODIGO": "7107"},
        ]
    )
    rows = view("municipalities", base, tmp_path, municipality__codes='"ibge"')
    assert rows == [{"municipality": "SP-50308", "scae_code": "3550308"}]


def test_a_reference_by_class_is_the_first_enrolment_of_the_course_there(tmp_path: Path) -> None:
    """R14: by date, of the same student and course; else what the field holds, to be told of."""
    matrix = {"CODFILIAL": 1, "CODHABILITACAO": "A", "CODGRADE": "G"}
    people = [
        enrolled(RA="1", DTMATRICULA=datetime(2024, 2, 1)),
        enrolled(RA="1", IDHABILITACAOFILIAL=8, DTMATRICULA=datetime(2023, 2, 1)),
        enrolled(RA="1", IDHABILITACAOFILIAL=9, DTMATRICULA=datetime(2022, 2, 1)),
        enrolled(RA="2", CODTURMA="T2"),
    ]
    base = a_base(
        SHABILITACAOFILIAL=[
            {"IDHABILITACAOFILIAL": number, "CODCURSO": course, **matrix}
            for number, course in ((7, "EJA"), (8, "EJA"), (9, "OTHER"))
        ],
        SMATRICPL=people,
        SMATRICPLCOMPL=[
            {"IDPERLET": 5, "IDHABILITACAOFILIAL": 7, "RA": ra, "CUSTOM_REF": "T1"}
            for ra in ("1", "2")
        ],
    )
    rows = view("enrolments", base, tmp_path, enrolment_fields__reference_holds='"class"')
    assert {row["enrolment"]: row["reference"] for row in rows} == {
        "3-5-7-1": "3-5-8-1", "3-5-8-1": None, "3-5-9-1": None, "3-5-7-2": "T1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "found"),
    [(["1", None], "1"), (["1", "1"], "1"), (["1", "2"], None), ([" "], None), ([], None)],
)
def test_a_discipline_with_two_scae_codes_in_its_matrix_has_none(
    codes: list[str | None], found: str | None, tmp_path: Path
) -> None:
    key = {"CODCURSO": "EJA", "CODHABILITACAO": "A", "CODGRADE": "G", "CODDISC": "MAT"}
    base = a_base(
        SDISCGRADECOMPL=[
            {**key, "CODPERIODO": str(period), "CUSTOM_CODE": code}
            for period, code in enumerate(codes)
        ]
    )
    (row,) = view("class_disciplines", base, tmp_path)
    assert row["scae_code"] == found


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        ("07:10", "08:00", 50), ("23:00", "22:00", -60), ("07:10", None, None),
        ("7:10", "08:00", None), ("07h10", "08:00", None), ("aa:bb", "08:00", None),
    ],
)  # fmt: skip
def test_minutes_of_a_lesson(
    first: str, last: str | None, minutes: int | None, tmp_path: Path
) -> None:
    """R46. What is no time is blank, and one that ends before it begins is below 0: both are
    told of as errors of the row when the table is checked."""
    lesson = {"IDTURMADISC": 90, "AULA": 1, "DATA": AT, "HORAINICIAL": first, "HORAFINAL": last}
    base = a_base(SPLANOAULA=[lesson])
    assert view("lessons", base, tmp_path) == [
        {"class_discipline": "3-90", "date": date(2024, 3, 5), "minutes": minutes}
    ]
    mapping = read(mapping_text(), tmp_path)
    connection = connected(loaded(base))
    found, _ = tables(connection, mapping)
    told = from_tables(connection, found, TABLES).problems
    assert [p.column for p in told if p.file == "lessons"] == ["minutes"] * (minutes != 50)


def test_only_confirmed_lessons_and_only_of_levels_that_are_loaded(tmp_path: Path) -> None:
    lesson = {"DATA": AT, "HORAINICIAL": "07:00", "HORAFINAL": "08:00"}
    base = a_base(
        SPLANOAULA=[
            {"IDTURMADISC": offer, "AULA": number, "CONFIRMADO": confirmed, **lesson}
            for number, (offer, confirmed) in enumerate(
                [(90, "S"), (90, "N"), (90, None), (91, "S")]
            )
        ]
    )
    assert len(view("lessons", base, tmp_path)) == 3  # 91 is no offer of a loaded period
    assert len(view("lessons", base, tmp_path, lessons__only_confirmed="true")) == 1


CHAINS = [
    ("A, B, C in a row", "AB BC", {"A": 1, "B": 2, "C": 3}),
    ("one that leads to itself ends there", "AB BC CC", {"A": 1, "B": 2, "C": 3}),
    ("a way round goes by the longest", "AB BC AC", {"A": 1, "B": 2, "C": 3}),
    ("two that nothing orders", "AB", {"A": None, "B": 2, "C": None}),
    ("two after the same one", "AB AC", {"A": 1, "B": None, "C": None}),
    ("a loop", "AB BA BC", {"A": None, "B": None, "C": None}),
]


@pytest.mark.parametrize(("steps", "order"), [c[1:] for c in CHAINS], ids=[c[0] for c in CHAINS])
def test_the_order_of_the_series_by_their_chain(
    steps: str, order: dict[str, int | None], tmp_path: Path
) -> None:
    """R28. What a chain does not tell is blank, which is an error when the table is checked."""
    base = a_base(
        SGRADE=[
            {"CODCURSO": "EJA", "CODHABILITACAO": step[0], "CODGRADE": str(number),
             "CODHABILITACAOPROX": step[1]}
            for number, step in enumerate(steps.split())
        ]
    )  # fmt: skip
    rows = view("course_series", base, tmp_path)
    assert {row["series"]: row["order"] for row in rows} == order


def test_the_order_of_the_series_as_listed_and_only_where_it_is_wanted(tmp_path: Path) -> None:
    listed = changed(mapping_text(), series__order='"listed"')
    listed = listed.replace("[municipality]", '[series.listed]\nEJA = ["C", "A"]\n[municipality]')
    mapping = read(listed, tmp_path)
    connection = connected(loaded(a_base()))
    found, _ = tables(connection, mapping)
    rows = connection.to_pyarrow(found["course_series"].order_by("order")).to_pylist()
    assert [(r["course"], r["series"], r["order"]) for r in rows] == [
        ("EJA", "C", 1), ("EJA", "A", 2),
    ]  # fmt: skip
    assert view("course_series", a_base(), tmp_path, series__modalities='["3"]') == []


def test_one_row_of_the_log_may_change_the_situation_and_the_result(tmp_path: Path) -> None:
    key = {"IDPERLET": 5, "IDHABILITACAOFILIAL": 7, "RA": "10"}
    base = a_base(
        SLOGPLETIVO=[
            {**key, "QUANDO": AT, "IDLOG": 2, "DE": 2, "PARA": 6, "DE_RES": None, "PARA_RES": 10},
            {**key, "QUANDO": AT, "IDLOG": 1, "DE": 70, "PARA": 2, "DE_RES": 10, "PARA_RES": 10},
            {**key, "QUANDO": AT, "IDLOG": 3, "DE": None, "PARA": None, "TURMA": "T2"},
        ]
    )
    rows = view("movements", base, tmp_path, period_log__unchanged='"drop"')
    assert [(r["seq"], r["column"], r["from"], r["to"]) for r in rows] == [
        (1, "situation", "70", "2"), (2, "situation", "2", "6"), (3, "result", None, "10"),
    ]  # fmt: skip


def test_the_result_of_a_discipline_first_where_the_mapping_says_so(tmp_path: Path) -> None:
    people = [
        {"IDTURMADISC": 90, "RA": str(n), "CODSTATUS": 2, "CODSTATUSRES": result}
        for n, result in enumerate([9, None])
    ]
    base = a_base(SMATRICULA=people)
    for said, found in (('"CODSTATUS"', ["2", "2"]), ('"CODSTATUSRES"', ["9", "2"])):
        rows = view("discipline_enrolments", base, tmp_path, discipline_situation=said)
        assert [row["situation"] for row in rows] == found
        assert [row["isolated"] for row in rows] == [0, 0]  # a blank flag is no


def test_a_base_without_what_the_mapping_names(tmp_path: Path) -> None:
    """Every table and column at once, each with the mapping as the place to look."""
    named = changed(
        mapping_text(), enrolment_fields__reference='"NOWHERE"', period_log__table='"SLOGX"',
        discipline_log__at='"WHEN"', discipline_fields__scae_code='"NOCODE"',
    )  # fmt: skip
    mapping = read(named, tmp_path)
    database = open_rm(loaded(a_base()), mapping)
    assert set(database.tables) == set(TABLES)
    assert sorted(str(problem.message) for problem in database.problems) == [
        "the base has no table SLOGX: is the mapping right?",
        "the table SDISCGRADECOMPL of the base has no column NOCODE: is the mapping right?",
        "the table SLOGDISC of the base has no column WHEN: is the mapping right?",
        "the table SMATRICPLCOMPL of the base has no column NOWHERE: is the mapping right?",
    ]


def test_oracle_is_read_through_views_that_are_made_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="rm-views --dialect oracle"):
        open_rm("oracle://reader:secret@server/rm", read(mapping_text(), tmp_path))


def test_a_base_without_a_discipline_log_and_without_custom_columns(tmp_path: Path) -> None:
    text = mapping_text().split("[discipline_log]")[0] + '[discipline_log]\ntable = "-"\n'
    text = changed(
        text, enrolment_fields__reference='"-"', enrolment_fields__mobility_override='"-"',
        complements__category='"-"', discipline_fields__scae_code='"-"', municipality__codes='"-"',
        period_log__result='"-"', period_log__class='"-"', period_log__number='"-"',
    )  # fmt: skip
    connection = connected(loaded(a_base()))
    found, problems = tables(connection, read(text, tmp_path))
    assert problems == []
    assert set(TABLES) - set(found) == {"discipline_movements", "municipalities"}
    database = from_tables(connection, found, TABLES)
    # Of three series that nothing chains no order is known, and that is all that is wrong.
    assert {(p.file, p.column) for p in database.problems} == {("course_series", "order")}
    (row,) = connection.to_pyarrow(found["enrolments"]).to_pylist()
    assert (row["reference"], row["mobility_override"]) == (None, None)
    assert json.loads(row["complements"]) == {}
