"""A generated network is one that could have happened: keys, logs, snapshots, dates."""

from __future__ import annotations

import json
from datetime import date, datetime, time

import polars as pl
import pytest

from portaria.regulations.scae.schemas import TABLES
from portaria.tables.schema import SOURCE_ROW
from regulations.scae.generate.networks import CASES, Tables, last_of, network, with_class

KEYS = {
    "classes": ["class"],
    "enrolments": ["enrolment"],
    "movements": ["enrolment", "seq"],
    "class_disciplines": ["class_discipline"],
    "discipline_enrolments": ["discipline_enrolment"],
    "discipline_movements": ["discipline_enrolment", "seq"],
    "lessons": ["class_discipline", "date"],
    "course_series": ["course", "series"],
    "municipalities": ["municipality"],
}
LOGS = [("movements", "enrolment"), ("discipline_movements", "discipline_enrolment")]
PRE = ["PRE", "PREO", "PREI"]
EJA = ["3", "7", "8"]
DTYPES = {
    **dict.fromkeys(("start", "end", "enrolled_on", "mobility_override"), pl.Date),
    **dict.fromkeys(("changed_on", "date"), pl.Date),
    **dict.fromkeys(("seq", "minutes", "order"), pl.Int64),
    "at": pl.Datetime("us"),
    "isolated": pl.Boolean,
}


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def tables(request: pytest.FixtureRequest) -> Tables:
    return network(*request.param)


def test_every_table_has_the_columns_and_types_of_the_contract(tables: Tables) -> None:
    columns = {
        name: [c for c in spec.schema.columns() if c != SOURCE_ROW] for name, spec in TABLES.items()
    }
    assert {name: frame.columns for name, frame in tables.items()} == columns
    for frame in tables.values():
        assert frame.schema == {name: DTYPES.get(name, pl.String) for name in frame.columns}


@pytest.mark.parametrize("name", KEYS)
def test_rows_stand_in_the_order_of_unique_keys(tables: Tables, name: str) -> None:
    keys = tables[name].select(KEYS[name])
    assert keys.equals(keys.sort(keys.columns))
    assert keys.null_count().sum_horizontal().item() == 0
    assert keys.n_unique() == keys.height


def test_no_number_of_a_person_stands_twice_in_a_class(tables: Tables) -> None:
    stays = tables["movements"].join(
        tables["enrolments"].select("enrolment", "student"), on="enrolment"
    )
    stays = stays.select("student", "class", "enrolment").unique()
    assert stays.select("student", "class").is_duplicated().sum() == 0


@pytest.mark.parametrize(("name", "key"), LOGS)
def test_a_log_counts_from_one_and_goes_forward_in_time(
    tables: Tables, name: str, key: str
) -> None:
    log = tables[name].with_columns(
        pl.int_range(1, pl.len() + 1).over(key).alias("place"),
        pl.col("at").diff().over(key).alias("step"),
    )
    assert (log["seq"] == log["place"]).all()
    assert log.filter(pl.col("step") <= pl.duration()).is_empty()


@pytest.mark.parametrize(("name", "key"), LOGS)
def test_each_movement_leaves_what_the_one_before_had_reached(
    tables: Tables, name: str, key: str
) -> None:
    log = tables[name]
    log = log if "column" in log.columns else log.with_columns(pl.lit("situation").alias("column"))
    log = log.with_columns(pl.col("to").shift().over(key, "column").alias("held"))
    assert log.filter(pl.col("held").is_not_null() & (pl.col("held") != pl.col("from"))).is_empty()
    first = log.filter(pl.col("seq") == 1)["from"].drop_nulls().unique().to_list()
    assert set(first) <= ({*PRE} if name == "movements" else {"2", "39"})
    assert log.filter(pl.col("to").eq_missing(pl.col("from"))).is_empty()


def test_an_enrolment_stands_as_its_last_movements_say(tables: Tables) -> None:
    log, rows = tables["movements"], tables["enrolments"]
    found = {
        "situation": last_of(log.filter(pl.col("column") == "situation"), "enrolment", "to"),
        "result": last_of(log.filter(pl.col("column") == "result"), "enrolment", "to"),
        "class": last_of(log, "enrolment", "class"),
    }
    for column, last in found.items():
        both = rows.join(last, on="enrolment", how="left", maintain_order="left")
        assert both.filter(pl.col(column).ne_missing(pl.col("last"))).is_empty(), column


def test_every_enrolment_begins_with_a_row_of_the_log(tables: Tables) -> None:
    enrolments = set(tables["enrolments"]["enrolment"])
    assert set(tables["movements"]["enrolment"]) == enrolments


def test_a_discipline_stands_as_its_last_movement_says(tables: Tables) -> None:
    last = last_of(tables["discipline_movements"], "discipline_enrolment", "to")
    both = tables["discipline_enrolments"].join(last, on="discipline_enrolment", how="left")
    assert both.filter(
        pl.col("last").is_not_null() & (pl.col("last") != pl.col("situation"))
    ).is_empty()
    silent = both.filter(pl.col("last").is_null())["situation"]
    assert set(silent) <= {"2", "39"}


def test_who_works_types_on_working_days_in_office_hours(tables: Tables) -> None:
    for name, _ in LOGS:
        at = tables[name]["at"]
        assert at.dt.weekday().max() <= 5
        assert at.dt.time().is_between(time(8), time(22)).all()
        assert not at.dt.date().is_in([date(2024, 12, 25), date(2024, 2, 12)]).any()
        assert at.is_between(datetime(2022, 9, 1), datetime(2025, 2, 1)).all()


@pytest.mark.parametrize(
    ("name", "column", "other"),
    [
        ("enrolments", "class", "classes"),
        ("enrolments", "reference", "enrolments:enrolment"),
        ("movements", "enrolment", "enrolments"),
        ("movements", "class", "classes"),
        ("class_disciplines", "class", "classes"),
        ("discipline_enrolments", "enrolment", "enrolments"),
        ("discipline_enrolments", "class_discipline", "class_disciplines"),
        ("discipline_enrolments", "student", "enrolments:student"),
        ("discipline_movements", "discipline_enrolment", "discipline_enrolments"),
        ("lessons", "class_discipline", "class_disciplines"),
        ("classes", "course", "course_series:course"),
    ],
)
def test_what_a_row_names_exists(tables: Tables, name: str, column: str, other: str) -> None:
    table, _, key = other.partition(":")
    assert set(tables[name][column].drop_nulls()) <= set(tables[table][key or column])


def test_only_an_isolated_enrolment_belongs_to_no_period_enrolment(tables: Tables) -> None:
    rows = tables["discipline_enrolments"]
    assert (rows["enrolment"].is_null() == rows["isolated"]).all()


def test_disciplines_are_those_of_the_classes_the_student_was_in(tables: Tables) -> None:
    rows = tables["discipline_enrolments"].filter(~pl.col("isolated"))
    rows = rows.join(tables["class_disciplines"], on="class_discipline")
    stays = tables["movements"].select("enrolment", "class").unique()
    assert rows.join(stays, on=["enrolment", "class"], how="anti").is_empty()


def test_a_reference_is_the_first_enrolment_of_the_student_in_the_course(tables: Tables) -> None:
    eja = with_class(tables).filter(pl.col("modality").is_in(EJA))
    assert eja.filter(pl.col("reference").is_null()).height <= max(1, eja.height // 500)
    named = eja.filter(pl.col("reference").is_not_null())
    firsts = (
        eja.sort("period", "enrolment")
        .group_by("student", "course")
        .agg(pl.col("enrolment").first().alias("first"))
    )
    both = named.join(firsts, on=["student", "course"])
    assert both["reference"].equals(both["first"])
    assert both.height == named.height
    others = with_class(tables).filter(~pl.col("modality").is_in(EJA))
    assert others["reference"].null_count() == others.height


def test_series_of_eja_follow_one_another(tables: Tables) -> None:
    eja = with_class(tables).filter(pl.col("modality").is_in(EJA)).sort("student", "period")
    step = eja.with_columns(
        pl.col("series").cast(pl.Int64).diff().over("student").alias("step"),
        pl.col("result").shift().over("student").alias("before"),
        pl.col("start").diff().dt.total_days().over("student").alias("days"),
    ).drop_nulls("step")
    assert set(step["step"]) <= {0, 1}
    assert step.height > 10
    assert (step.filter(pl.col("step") == 1)["before"] == "9").all()
    assert step.filter(pl.col("step") == 0)["before"].is_in(["10", "11", "71"]).all()
    assert step["days"].drop_nulls().is_between(160, 210).all()


def test_an_isolated_enrolment_comes_after_the_period_enrolment_was_finished(
    tables: Tables,
) -> None:
    rows = (
        tables["discipline_enrolments"]
        .filter("isolated")
        .join(
            tables["class_disciplines"].select("class_discipline", "class"), on="class_discipline"
        )
        .join(tables["classes"], on="class")
    )
    parents = with_class(tables).filter(pl.col("level") == "continuing")
    ended = tables["movements"].filter(pl.col("to") == "42").select("enrolment", "at")
    parents = parents.join(ended, on="enrolment", how="left")
    keys = ["student", "period", "course", "series"]
    both = rows.join(parents.select(*keys, "at"), on=keys, how="left")
    assert both.height > 0
    first = both.group_by("discipline_enrolment").agg(
        (pl.col("at").dt.date() < pl.col("enrolled_on")).any().alias("finished")
    )
    assert first["finished"].all()


def test_lessons_fall_on_school_days_of_their_class(tables: Tables) -> None:
    rows = tables["lessons"].join(tables["class_disciplines"], on="class_discipline")
    rows = rows.join(tables["classes"], on="class")
    began = pl.col("start").is_null() | (pl.col("date") >= pl.col("start"))
    assert rows.select((began & (pl.col("date") <= pl.col("end"))).all()).item()
    assert rows["date"].dt.weekday().max() <= 5
    free = [date(2024, 2, 12), date(2024, 3, 29), date(2024, 7, 9), date(2024, 7, 10)]
    assert not rows["date"].is_in(free).any()
    assert rows["minutes"].is_between(50, 180).all()


def test_nobody_leaves_a_class_before_being_in_it(tables: Tables) -> None:
    log = tables["movements"].filter(pl.col("to").is_in(["6", "7", "41", "67", "9", "10", "42"]))
    log = log.join(tables["classes"], on="class").drop_nulls("start")
    assert log.filter(pl.col("at").dt.date() < pl.col("start")).is_empty()


def test_an_override_is_a_day_in_class_before_the_movement(tables: Tables) -> None:
    rows = with_class(tables).drop_nulls("mobility_override")
    last = last_of(tables["movements"], "enrolment", "at")
    rows = rows.join(last, on="enrolment").drop_nulls("start")
    assert (rows["mobility_override"] < rows["last"].dt.date()).all()
    assert (rows["mobility_override"] >= rows["start"]).all()


def test_complements_are_json_and_the_same_for_one_student(tables: Tables) -> None:
    rows = tables["enrolments"]
    values = [json.loads(text) for text in rows["complements"].unique()]
    assert {frozenset(value) - {"dependency"} for value in values} == {
        frozenset({"categoria", "ebep", "viravida"})
    }
    sound = rows.filter(~pl.col("complements").str.contains('"categoria":""|dependency'))
    assert sound.group_by("student").agg(pl.col("complements").n_unique())["complements"].max() == 1
