"""What holds of every load of every month of a network, whatever the people in it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

import polars as pl
import pytest
import xlsxwriter

from portaria.regulations.scae.extract import Request, make
from portaria.regulations.scae.generate import generate, write_source
from portaria.regulations.scae.ledger import LEDGER, updated
from portaria.regulations.scae.month import parse_month
from portaria.regulations.scae.results import Made, result_tables
from portaria.regulations.scae.settings import read_settings
from portaria.regulations.scae.situations import ACTIVE, EXIT, SUSPENDED
from portaria.regulations.scae.source import open_source

from .small_source import write_duckdb, write_sqlite

Tables = dict[str, pl.DataFrame]
KEY = ("kind", "unit", "period", "class", "student")
SAME = ("load", "load_disciplines", "withheld", "reconciliation", "checklist", "totals")


def made_of(address: str, month: str, ledger: pl.DataFrame | None, config: Path) -> Made:
    """The load of a month of a source."""
    settings, wrong = read_settings(config)
    database = open_source(address)
    assert [*wrong, *database.problems] == []
    request = Request(parse_month(month), settings.state, settings)
    made, problems = make(database, "source", request, ledger, "en", lambda *_: None)
    assert made is not None, problems
    return made


@dataclass
class Year:
    """A network, its loads month after month, and the ledger that they left."""

    folder: Path
    source: Tables
    loads: dict[str, Made] = field(default_factory=dict)
    tables: dict[str, Tables] = field(default_factory=dict)
    ledger: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LEDGER))

    @property
    def config(self) -> Path:
        return self.folder / "scae.toml"

    def send(self, first: str, months: int) -> Year:
        """Load month after month."""
        month = parse_month(first)
        for _ in range(months):
            made = made_of(str(self.folder), str(month), self.ledger, self.config)
            self.loads[str(month)], self.tables[str(month)] = made, result_tables(made)
            self.ledger = updated(self.ledger, made.load.entries, month, "replace")
            month = month.following
        return self

    def months(self) -> Iterator[tuple[str, Tables]]:
        yield from self.tables.items()

    def now(self, month: str) -> list[dict[str, object]]:
        """The rows of the ledger of a month."""
        return list(self.ledger.filter(month=month).iter_rows(named=True))


def year_of(folder: Path, students: int, seed: int) -> Year:
    write_source(folder, students, seed)
    return Year(folder, dict(generate(students, seed)))


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The first half of the school year of a small network."""
    return year_of(tmp_path_factory.mktemp("network"), 150, 7).send("2024-02", 5)


YEARS = [(300, 1), (300, 2), (200, 11), (150, 23)]
"""Students and seed of the long runs, each of 13 months."""


@pytest.fixture(scope="module", params=YEARS, ids=str)
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    return year_of(tmp_path_factory.mktemp("network"), *request.param).send("2024-01", 13)


# --- one load -----------------------------------------------------------------------------------


def no_key_stands_twice(year: Year) -> None:
    """K4."""
    for month, tables in year.months():
        load = tables["load"]
        assert load["record"].is_unique().all(), month
        twice = load.filter(pl.struct(KEY).is_duplicated())
        assert twice.is_empty(), (month, twice.select("record").to_series().to_list())
        lines = tables["load_disciplines"].select("record", "scae_discipline")
        assert set(lines["record"]) <= set(load.filter(operation="UPSERT")["record"])


def withheld_and_load_are_disjoint(year: Year) -> None:
    for month, tables in year.months():
        assert not set(tables["load"]["record"]) & set(tables["withheld"]["record"]), month
        withheld = tables["withheld"]
        assert withheld["codes"].null_count() == 0, month
        told = set(tables["findings"].filter(severity="error").select("record", "code").rows())
        for record, codes in withheld.select("record", "codes").iter_rows():
            assert codes, record
            assert {(record, code) for code in codes.split()} <= told


def an_exclusion_has_its_key_and_nothing_else(year: Year) -> None:
    """K5."""
    for _, tables in year.months():
        for row in tables["load"].filter(operation="DELETE").iter_rows(named=True):
            given = {name for name, cell in row.items() if cell not in (None, False, "{}")}
            assert given <= {"record", "operation", "enrolment", "course", *KEY}


def dates_are_in_order_or_told(year: Year) -> None:
    """K6, R18-R27."""
    starts = dict(year.source["classes"].select("class", "start").rows())
    for month, tables in year.months():
        codes: dict[str, set[str]] = {}
        for record, code in tables["findings"].select("record", "code").iter_rows():
            codes.setdefault(record, set()).add(code)
        last = parse_month(month).last
        for row in tables["load"].filter(operation="UPSERT").iter_rows(named=True):
            told, since, left = codes.get(row["record"], set()), row["effective_date"], \
                row["mobility_date"]  # fmt: skip
            assert since >= starts[row["class"]] or "W-EFET-BEFORE-START" in told, row
            assert left is None or left >= since, row
            assert left is None or left <= last or "W-FUTURE" in told, row
            assert (left is not None) == (row["situation"] not in ACTIVE), row


def totals_are_what_one_counts(year: Year) -> None:
    """K7: the totals of this month and, beside them, those of the month before."""
    before: Mapping[tuple[object, ...], tuple[int, Decimal]] = {}
    for month, tables in year.months():
        now = recount(year, month)
        told = tables["totals"]
        for row in told.iter_rows(named=True):
            key = tuple(
                row[name] for name in ("level", "modality", "unit", "operation", "situation")
            )
            records, hours = now.get(key, (0, Decimal(0)))
            assert (row["records"], Decimal(row["hours"])) == (records, hours), (month, key)
            assert row["exits"] == (records if key[-1] in EXIT else 0)
            previous = (row["previous_records"], Decimal(row["previous_hours"]))
            assert previous == before.get(key, (0, Decimal(0))), (month, key)
        assert told["records"].sum() == tables["load"].height
        assert sum(map(Decimal, told["hours"])) == sum(
            map(Decimal, tables["load"]["student_hours"].drop_nulls())
        )
        before = now


def recount(year: Year, month: str) -> dict[tuple[object, ...], tuple[int, Decimal]]:
    """Records and hours of a load by the keys of the totals, counted one by one."""
    classes = {row["class"]: row for row in year.source["classes"].iter_rows(named=True)}
    found: dict[tuple[object, ...], tuple[int, Decimal]] = {}
    for row in year.tables[month]["load"].iter_rows(named=True):
        of = classes[row["class"]]
        key = (of["level"], of["modality"], row["unit"], row["operation"], row["situation"])
        records, hours = found.get(key, (0, Decimal(0)))
        found[key] = (records + 1, hours + Decimal(row["student_hours"] or 0))
    return found


OWNERS = {
    # the column of a table that says whose row it is
    "enrolments": "enrolment", "movements": "enrolment", "classes": "class",
    "discipline_enrolments": "discipline_enrolment", "class_disciplines": "class_discipline",
}  # fmt: skip

AS_THEY_ARE = {
    ("enrolments", "class"), ("enrolments", "municipality"), ("enrolments", "reference"),
    ("classes", "state"),
}  # fmt: skip
"""What a finding shows as the source has it."""


def findings_point_at_the_row_that_has_the_key(year: Year) -> None:
    """The row is that of the file, and it is a row of the record told."""
    people = dict(year.source["enrolments"].select("enrolment", "student").rows())
    people |= dict(
        year.source["discipline_enrolments"].select("discipline_enrolment", "student").rows()
    )
    courses = dict(year.source["classes"].select("class", "course").rows())
    for month, tables in year.months():
        for row in tables["findings"].drop_nulls("row").iter_rows(named=True):
            found = year.source[row["table"]].row(row["row"] - 2, named=True)
            where = (month, row["code"], row["record"], row["table"], row["row"])
            if row["table"] == "classes":
                mine = courses[row["record"].split(":")[2]]
                assert found["course"] == mine, where
            elif row["table"] == "class_disciplines":
                assert row["value"] in (found["discipline"], found["class_discipline"]), where
            else:
                owner = found[OWNERS[row["table"]]]
                assert people[owner] == people[row["enrolment"]], where
            if (row["table"], row["field"]) in AS_THEY_ARE:
                assert row["value"] == found[row["field"]], where


# --- one load after another ---------------------------------------------------------------------


def every_open_record_goes_on_or_is_explained(year: Year) -> None:
    """K3: closure."""
    open_ = {*ACTIVE, *SUSPENDED}
    earlier: list[dict[str, object]] = []
    for month, tables in year.months():
        sent = set(tables["load"]["record"])
        told = dict(tables["reconciliation"].select("record", "explanation").rows())
        warned = set(tables["findings"]["record"])
        for row in earlier:
            if row["operation"] == "UPSERT" and row["situation"] in open_:
                record = row["record"]
                assert record in told, (month, record)
                assert (record in sent) == (told[record] in ("kept", "exited", "excluded")), record
                if told[record] == "orphan":
                    assert record in warned
        earlier = year.now(month)


def the_ledger_is_the_sum_of_the_loads(year: Year) -> None:
    """K1: a row a record and month, with what was sent."""
    columns = ["record", "operation", "situation", "student_hours"]
    for month, tables in year.months():
        rows = year.ledger.filter(month=month).select(columns)
        assert rows.equals(tables["load"].select(columns)), month
    assert Counter(year.ledger["month"]) == Counter(
        {month: tables["load"].height for month, tables in year.months()}
    )


def an_exit_is_sent_once(year: Year) -> None:
    """R10, R24: what left is not sent again, unless it came back and left again."""
    left: dict[str, bool] = {}
    for month, tables in year.months():
        reopened = set(tables["findings"].filter(code="W-REOPENED")["record"])
        for record, situation in tables["load"].filter(operation="UPSERT").select(
            "record", "situation"
        ).iter_rows():  # fmt: skip
            gone = situation in EXIT
            if left.get(record) and not gone:
                assert record in reopened, (month, record)
            left[record] = gone


PROPERTIES = [
    no_key_stands_twice, withheld_and_load_are_disjoint, an_exclusion_has_its_key_and_nothing_else,
    dates_are_in_order_or_told, totals_are_what_one_counts,
    findings_point_at_the_row_that_has_the_key, every_open_record_goes_on_or_is_explained,
    the_ledger_is_the_sum_of_the_loads, an_exit_is_sent_once,
]  # fmt: skip


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda each: each.__name__)
def test_of_half_a_year(holds, half):
    assert sum(tables["load"].height for tables in half.tables.values()) > 400
    holds(half)


@pytest.mark.long
@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda each: each.__name__)
def test_of_a_year(holds, year):
    holds(year)


# --- the same load, however it is asked for -----------------------------------------------------


def same(first: Tables, second: Tables, rows: bool = True) -> None:
    """The same results; findings without their rows where the source has none, or others."""
    for name in SAME:
        assert first[name].equals(second[name]), name
    columns = [name for name in first["findings"].columns if rows or name != "row"]
    found = [tables["findings"].select(columns).sort(columns) for tables in (first, second)]
    assert found[0].equals(found[1])


MONTH, BEFORE = "2024-06", "2024-05"


def again(year: Year, address: str) -> Tables:
    """The load of June from another source of the same network."""
    ledger = year.ledger.filter(pl.col("month") < MONTH)
    return result_tables(made_of(address, MONTH, ledger, year.config))


def shuffled(year: Year, folder: Path, seed: int) -> Path:
    """The network with its rows, and the columns of its tables, in another order."""
    folder.mkdir()
    for name, frame in year.source.items():
        columns = Random(seed).sample(frame.columns, frame.width)
        mixed = frame.select(columns).sample(fraction=1, shuffle=True, seed=seed)
        moments = pl.selectors.datetime().dt.strftime("%Y-%m-%dT%H:%M:%S")
        mixed.with_columns(moments).write_csv(folder / f"{name}.csv")
    return folder


def test_the_order_of_rows_and_columns_does_not_matter(half, tmp_path):
    same(half.tables[MONTH], again(half, str(shuffled(half, tmp_path / "mixed", 3))), rows=False)


def test_parquet_gives_the_same_with_the_same_rows(half, tmp_path):
    for name, frame in half.source.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    same(half.tables[MONTH], again(half, str(tmp_path)))


@pytest.mark.long
def test_a_duckdb_file_gives_the_same(half, tmp_path):
    path = write_duckdb(half.source, tmp_path / "base.duckdb")
    same(half.tables[MONTH], again(half, str(path)), rows=False)


@pytest.mark.long
def test_a_sqlite_file_gives_the_same_with_the_same_rows(half, tmp_path):
    path = write_sqlite(half.source, tmp_path / "base.sqlite")
    same(half.tables[MONTH], again(half, str(path)))


@pytest.mark.long
def test_xlsx_gives_the_same_with_the_same_rows(half, tmp_path):
    for name, frame in half.source.items():
        with xlsxwriter.Workbook(tmp_path / f"{name}.xlsx") as book:
            frame.write_excel(book, "table", autofit=False, dtype_formats={pl.Date: "yyyy-mm-dd"})
    same(half.tables[MONTH], again(half, str(tmp_path)))


def test_a_past_month_made_again_is_what_was_sent(half):
    """R06, EX-05a: what came later does not change it, and nothing is told of it."""
    made = made_of(str(half.folder), BEFORE, half.ledger, half.config)
    tables = result_tables(made)
    for name in SAME:
        assert tables[name].equals(half.tables[BEFORE][name]), name
    assert tables["findings"].equals(half.tables[BEFORE]["findings"])
    assert "W-REGENERATED" not in set(tables["findings"]["code"])


def test_the_load_of_a_month_knows_nothing_that_was_typed_later(half, tmp_path):
    """R06: from the source as it stood when the month was over."""
    write_source(tmp_path, 150, 7, last=MONTH)
    now = again(half, str(tmp_path))
    for name in ("load", "load_disciplines", "withheld", "totals"):
        assert now[name].equals(half.tables[MONTH][name]), name
