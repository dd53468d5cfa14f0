"""The generator as a whole: bytes, shares, months, faults, refusals."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from reference.scae import load
from reference.scae.load import load_months
from reference.scae.model import read_config

from portaria.core.errors import Cancelled, UsageError
from portaria.regulations.scae.generate import generate, is_generated, write_source
from portaria.regulations.scae.generate.source import SETTINGS, Form
from portaria.regulations.scae.schemas import TABLES
from portaria.tables.folder import read_folder
from portaria.tables.schema import SOURCE_ROW
from regulations.scae.generate.networks import Tables, network, with_class

LARGE = (20_000, 5)
CONFIG = tomllib.loads(SETTINGS)
FORMS: list[Form] = ["csv", "parquet"]


def written(folder: Path, students: int, seed: int, form: Form) -> dict[str, str]:
    """The hash of each file."""
    folder.mkdir()
    write_source(folder, students, seed, form)
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, form: Form) -> None:
    first = written(tmp_path / "a", 300, 1, form)
    assert written(tmp_path / "b", 300, 1, form) == first
    other = written(tmp_path / "c", 300, 2, form)
    alike = {name for name in first if first[name] == other[name]}
    assert alike == {f"course_series.{form}", f"municipalities.{form}", "scae.toml"}


@pytest.mark.parametrize("form", FORMS)
def test_a_source_reads_back_without_problems(tmp_path: Path, form: Form) -> None:
    counts = write_source(tmp_path, 300, 1, form)
    folder = read_folder(tmp_path, TABLES)
    assert folder.problems == []
    for name, frame in network(300, 1).items():
        read = folder.frames[name].drop(SOURCE_ROW)
        read = read.with_columns(pl.selectors.by_dtype(pl.Enum).cast(pl.String))
        assert_frame_equal(read, frame, check_dtypes=False)
        assert counts[name] == frame.height
    assert is_generated(tmp_path)
    assert not is_generated(tmp_path / "nowhere")


def test_the_settings_are_a_configuration_of_the_load() -> None:
    given = {k: v for k, v in CONFIG.items() if k != "mapping_version"}
    assert read_config(given).codes["online_pre_enrolled"] == "PREO"


# --- months ------------------------------------------------------------------------------------


@pytest.mark.parametrize("month", ["2024-02", "2024-06", "2024-12"])
def test_a_source_of_an_earlier_month_lacks_only_what_came_later(month: str) -> None:
    now, then = network(300, 1), network(300, 1, month)
    for name in ("movements", "discipline_movements"):
        early = now[name].filter(pl.col("at").dt.strftime("%Y-%m") <= month)
        assert_frame_equal(then[name], early)
        assert then[name].height < now[name].height
    for name in ("classes", "class_disciplines", "lessons", "course_series", "municipalities"):
        assert_frame_equal(then[name], now[name])
    keys = set(now["enrolments"]["enrolment"])
    assert set(then["enrolments"]["enrolment"]) < keys
    assert (then["enrolments"]["enrolled_on"].dt.strftime("%Y-%m") <= month).all()


def test_a_month_of_the_past_gives_the_same_load_from_either_source() -> None:
    # Only the override has no history, so that field is left out.
    config = {**CONFIG, "readings": {}}
    loads = []
    for last in ("2024-05", "2025-01"):
        rows = dict(network(300, 1, last))
        rows["enrolments"] = rows["enrolments"].with_columns(
            pl.lit(None, pl.Date).alias("mobility_override")
        )
        loads.append(load({k: f.to_dicts() for k, f in rows.items()}, config, "2024-05"))
    assert loads[0].records == loads[1].records
    assert len(loads[0].records) > 150


# --- shares ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "least", "most"),
    [
        ("enrolments", 1.12, 1.20),  # of one student
        ("movements", 3.0, 3.6),
        ("discipline_enrolments", 6.5, 7.6),
        ("lessons", 10.5, 13.5),
    ],
)
def test_rows_grow_with_the_students(table: str, least: float, most: float) -> None:
    assert least <= network(*LARGE)[table].height / LARGE[0] <= most


@pytest.mark.parametrize(
    ("modalities", "share"), [(["1"], 0.60), (["3", "7", "8"], 0.12), (["9"], 0.28)]
)
def test_students_by_branch(modalities: list[str], share: float) -> None:
    rows = with_class(network(*LARGE))
    assert rows["student"].n_unique() == LARGE[0]
    own = rows.filter(pl.col("modality").is_in(modalities))["student"].n_unique()
    assert own / LARGE[0] == pytest.approx(share, abs=0.001)


def test_each_modality_year_and_period_is_there() -> None:
    rows = with_class(network(*LARGE))
    assert set(rows["modality"]) == {"1", "3", "7", "8", "9"}
    basic = rows.filter(pl.col("modality") == "1").select("course", "series").unique()
    years = {("EF", str(n)) for n in range(1, 10)} | {("EM", str(n)) for n in range(1, 4)}
    assert set(basic.iter_rows()) == years
    eja = rows.filter(pl.col("modality").is_in(["3", "7", "8"]))
    assert set(eja["period"]) == {"2023/1", "2023/2", "2024/1", "2024/2", "2025/1"}
    assert 1.8 < eja.height / eja["student"].n_unique() < 2.6
    assert eja.group_by("student").len()["len"].max() >= 4


def share_of(rows: pl.DataFrame, codes: str) -> float:
    reached = rows.filter(pl.col("to").is_in(codes.split()))
    return reached["enrolment"].n_unique() / rows["enrolment"].n_unique()


@pytest.mark.parametrize(
    ("what", "modality", "codes", "least", "most"),
    [
        ("dropouts", "1", "6 7", 0.05, 0.07),
        ("transfers", "1", "3 30", 0.02, 0.035),
        ("class transfers", "1", "31", 0.008, 0.02),
        ("suspensions", "1", "5", 0.002, 0.008),
        ("cancelled", "1", "CANC", 0.003, 0.008),
        ("dependency", "1", "DEP", 0.002, 0.006),
        ("results", "1", "9 10 11", 0.85, 0.92),
        ("concluded", "9", "42", 0.85, 0.93),
        ("left a short class", "9", "41 67", 0.06, 0.09),
    ],
)
def test_how_often_it_happens(
    what: str, modality: str, codes: str, least: float, most: float
) -> None:
    tables = network(*LARGE)
    rows = tables["movements"].join(tables["classes"], on="class")
    assert least <= share_of(rows.filter(pl.col("modality") == modality), codes) <= most, what


def test_results_of_the_year_are_typed_in_december_and_some_in_january() -> None:
    tables = network(*LARGE)
    rows = tables["movements"].join(tables["classes"], on="class")
    rows = rows.filter((pl.col("modality") == "1") & pl.col("to").is_in(["9", "10", "11"]))
    months = rows["at"].dt.strftime("%Y-%m").value_counts(normalize=True)
    found = dict(months.iter_rows())
    assert 0.85 < found["2024-12"] < 0.95
    assert 0.03 < found["2025-01"] < 0.13
    assert set(found) <= {"2024-11", "2024-12", "2025-01"}


def test_pre_enrolments_that_nobody_confirmed_have_no_disciplines() -> None:
    tables = network(*LARGE)
    rows = tables["enrolments"].filter(pl.col("situation").is_in(["PRE", "PREO", "PREI", "NEG"]))
    assert 0.005 < rows.height / tables["enrolments"].height < 0.03
    assert rows.join(tables["discipline_enrolments"], on="enrolment", how="semi").is_empty()


def test_who_is_transferred_within_goes_on_in_another_unit() -> None:
    tables = network(*LARGE)
    rows = with_class(tables).filter(pl.col("modality") == "1")
    left = tables["movements"].filter(pl.col("to") == "30").select("enrolment", "at")
    left = left.join(rows, on="enrolment")
    both = left.join(rows, on="student", suffix="_next").filter(
        pl.col("enrolment") != pl.col("enrolment_next")
    )
    assert both.height > 0.7 * left.height
    assert (both["enrolled_on_next"] >= both["at"].dt.date()).all()
    assert (both["unit_next"] != both["unit"]).all()
    assert both["series_next"].equals(both["series"])


def test_competences_are_coded_in_most_matrices() -> None:
    tables = network(*LARGE)
    offers = tables["class_disciplines"].join(tables["classes"], on="class")
    own = offers.filter(pl.col("modality").is_in(["7", "8"]))
    assert 0.05 < own["scae_code"].null_count() / own.height < 0.25
    both = own.group_by("course", "series", "discipline").agg(
        pl.col("scae_code").is_null().any().alias("blank"),
        pl.col("scae_code").is_not_null().any().alias("filled"),
    )
    assert (
        both.filter(pl.col("blank") & pl.col("filled")).height >= 2
    )  # R44: one matrix, not the other
    assert (
        offers.filter(~pl.col("modality").is_in(["7", "8"]))["scae_code"].is_not_null().sum() == 0
    )
    assert set(offers["type"].drop_nulls()) == {"P", "S", "D"}


def test_competences_end_in_one_of_four_ways() -> None:
    tables = network(*LARGE)
    offers = tables["class_disciplines"].join(tables["classes"], on="class")
    rows = tables["discipline_enrolments"].join(offers, on="class_discipline")
    own = rows.filter(pl.col("modality").is_in(["7", "8"]))["situation"]
    shares = dict(own.value_counts(normalize=True).iter_rows())
    assert set(shares) == {"2", "9", "72", "14", "CANC"}
    assert shares["9"] > 0.5
    assert 0.04 < shares["72"] < 0.2
    assert 0.01 < shares["14"] < 0.06


# --- faults ------------------------------------------------------------------------------------


def test_every_kind_of_fault_is_there_and_rare() -> None:
    t = network(3000, 3)
    rows, known = with_class(t), set(t["municipalities"]["municipality"])
    eja = rows.filter(pl.col("modality").is_in(["3", "7", "8"]))
    found = {
        "unknown municipality": rows.filter(~pl.col("municipality").is_in(known)).height,
        "no category": rows.filter(pl.col("complements").str.contains('"categoria":""')).height,
        "no reference": eja["reference"].null_count(),
        "no start": t["classes"]["start"].null_count(),
        "no type": t["class_disciplines"]["type"].null_count(),
        "no lessons": t["class_disciplines"]
        .join(t["lessons"], on="class_discipline", how="anti")
        .height,
    }
    assert all(1 <= count <= 5 for count in found.values()), found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_reference_engine_sends_most_students_of_a_small_network(seed: int) -> None:
    tables: Tables = network(150, seed)
    rows = {name: frame.to_dicts() for name, frame in tables.items()}
    loads, _ = load_months(rows, CONFIG, "2023-12", "2025-01")
    sent, meant = set(), 0
    for one in loads:
        sent |= {record["student"] for record in one.records}
        meant += len(one.population)
    assert sum(len(one.records) for one in loads) >= 0.75 * meant
    assert len(sent) >= 0.85 * 150
    codes = {finding.code for one in loads for finding in one.findings}
    assert codes >= {"E-CLASS-NOSTART", "W-EJA-GAP", "W-RETRO"}
    assert not codes & {"E-CLASS-MISSING", "E-EJA-BADREF", "E-KEY-TWICE", "E-STATE", "I-NOLOG"}


def test_the_reference_engine_finds_the_faults_of_a_larger_network() -> None:
    rows = {name: frame.to_dicts() for name, frame in network(1000, 4).items()}
    months = ("2024-03", "2024-06", "2024-09", "2024-12")
    found = {f.code for month in months for f in load(rows, CONFIG, month).findings}
    assert found >= {
        *("E-CLASS-NOSTART", "E-DISC-NOCODE", "E-EJA-NOREF", "E-HA-NOTYPE", "E-MUN"),
        *("I-EVADIDO-EARLY", "W-DISC-NOTYPE", "W-EJA-SERIES-MISSING", "W-RETRO"),
    }


# --- arguments ---------------------------------------------------------------------------------


@pytest.mark.parametrize("students", [1, 2, 3, 7, 20])
def test_the_smallest_networks_are_whole(students: int) -> None:
    tables = network(students, 0)
    assert set(tables) == set(TABLES)
    assert tables["enrolments"]["student"].n_unique() == students


@pytest.mark.parametrize(
    ("students", "seed", "last"),
    [
        (0, 1, "2025-01"),
        (5_000_001, 1, "2025-01"),
        (10, -1, "2025-01"),
        (10, 1, "2022-12"),
        (10, 1, "2025-07"),
        (10, 1, "2024-13"),
        (10, 1, "2024"),
    ],
)
def test_what_is_out_of_range_is_refused(students: int, seed: int, last: str) -> None:
    with pytest.raises(UsageError):
        next(generate(students, seed, last))


def test_progress_is_told_and_may_stop_the_work(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    write_source(tmp_path, 10, 1, progress=lambda *step: told.append(step))
    assert told == [("people", n, 3) for n in (1, 2, 3)] + [("write", n, 9) for n in range(1, 10)]

    def stop(stage: str, done: int, total: int) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        next(generate(10, 1, progress=stop))
