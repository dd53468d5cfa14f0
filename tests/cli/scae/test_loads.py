"""`scae check` and `scae extract` on the small source: what they print, write and refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from postgres import has_postgres, postgres_url
from regulations.scae.result_folder import COLUMNS
from regulations.scae.small_source import (
    RECORDS,
    SETTINGS,
    frames,
    write_duckdb,
    write_postgres,
    write_sqlite,
)

from cli import Answer, own_process, tree

from .office import APRIL, JUNE, MAY, Office, rows


@pytest.fixture
def office(portaria, tmp_path) -> Office:
    return Office(portaria, tmp_path)


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Path:
    """April and May as they were sent, for tests to copy."""
    from portaria.cli.app import run

    place = tmp_path_factory.mktemp("sent")
    first = Office(lambda *a: Answer(run([str(each) for each in a]), "", ""), place)
    first.extract(APRIL, "april", "--quiet", "--lang", "en")
    first.extract(MAY, "may", "--quiet", "--lang", "en")
    return place


@pytest.fixture
def later(portaria, sent, tmp_path) -> Office:
    """An office that has sent April and May."""
    shutil.copytree(sent, tmp_path / "office")
    return Office(portaria, tmp_path / "office")


# --- what check prints --------------------------------------------------------------------------


def test_check_prints_writes_and_answers_by_its_code(office):
    """1 where a finding is an error; the source stays as it is."""
    before = tree(office.place)
    answer = office.check(MAY)
    assert (answer.code, answer.err) == (1, "")
    assert "E-HA-NODATA 2" in " ".join(answer.out.split())
    assert "Errors: 2. Warnings: 2. Information: 0." in answer.out
    assert tree(office.place) == before
    quiet = office.check(MAY, "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (1, "", "")


def test_the_findings_as_json_and_as_csv_say_the_same(office):
    out = office.place / "findings.csv"
    answer = office.check(MAY, "--json", "--out", out)
    printed = json.loads(answer.out)
    written = [{name: cell or None for name, cell in row.items()} for row in rows(out)]
    assert [
        {name: None if cell is None else str(cell) for name, cell in line.items()}
        for line in printed
    ] == written
    assert tuple(printed[0]) == COLUMNS["findings"]
    assert {line["code"] for line in printed} == {"E-HA-NODATA", "W-CANC-AFTER-START", "W-FUTURE"}
    (office.place / "notes.csv").write_text("my notes\n")
    refused = office.check(MAY, "--out", office.place / "notes.csv")
    assert (refused.code, (office.place / "notes.csv").read_text()) == (2, "my notes\n")


def test_check_of_a_month_without_errors(office):
    office.source.add("discipline_enrolments.csv", "D2,E2,RA2,7A/MAT,2,false,2024-02-01,",
                      "D5,E5,RA5,NR/SEG,39,false,2024-04-01,")  # fmt: skip
    answer = office.check(MAY)
    assert answer.code == 0
    assert answer.out.strip().endswith("No errors in 2024-05.")


def test_check_reads_the_ledger_and_does_not_write_it(later):
    later.source.change("enrolments.csv", "RA6,NR,NR10,NR10,2024-04-01,39",
                        "RA6,NR,NR10,NR10,2024-04-01,NEG")  # fmt: skip
    later.source.add("movements.csv", "E6,2,2024-06-03T10:00:00,situation,39,NEG,NR")
    before = tree(later.place)
    found = later.findings(JUNE, "--ledger", later.ledger)
    told = [line["record"] for line in found if line["code"] == "W-REPORTED-THEN-HIDDEN"]
    assert told == ["P:E6:NR"]
    assert tree(later.place) == before


# --- what extract writes ------------------------------------------------------------------------


def test_extract_writes_every_table_of_the_contract(later, sent):
    for name, columns in COLUMNS.items():
        text = (later.place / "may" / f"{name}.csv").read_text(encoding="utf-8")
        header = text.splitlines()[0].split(",")
        # A column may be added, none renamed.
        assert [column for column in header if column in columns] == list(columns), name
        assert "\r" not in text
    load = later.table("may", "load")
    assert {
        row["record"]: (row["operation"], int(row["situation"]) if row["situation"] else None)
        for row in load
    } == RECORDS
    manifest = later.manifest("may")
    told = [manifest[name] for name in ("month", "status", "state", "filters", "previous_month")]
    assert told == [MAY, "final", "SP", {}, APRIL]
    assert manifest["source"] == str(sent / "source")
    assert manifest["inputs"]["movements"]["rows"] == 9
    assert {"rules_version", "mapping_version", "readings", "totals", "counts"} <= set(manifest)
    for name in COLUMNS:
        assert manifest["outputs"][name]["rows"] == len(later.table("may", name))


def test_the_same_command_gives_the_same_bytes(office):
    office.extract(APRIL, "april")
    first = office.extract(MAY, "may")
    before = tree(office.place)
    again = office.extract(MAY, "may", "--replace")
    assert tree(office.place) == before
    assert again == first
    assert office.names() == {"april", "may", "ledger.csv"}


def test_every_kind_of_source_gives_the_same_load(later, needs):
    needs(has_postgres(), "PostgreSQL")
    tables = frames()
    for number, source in enumerate((
        write_duckdb(tables, later.place / "base.duckdb"),
        write_sqlite(tables, later.place / "base.sqlite"),
        write_postgres(tables, postgres_url("loads")),
    )):  # fmt: skip
        out = later.place / f"other-{number}"
        answer = later.run(
            "scae", "extract", source, "--month", MAY, "--state", "SP", "--out", out, "--quiet",
            "--config", later.source.path("scae.toml"), "--ledger", later.ledger,
        )  # fmt: skip
        assert (answer.code, answer.out, answer.err) == (0, "", "")
        assert (out / "load.csv").read_bytes() == (later.place / "may" / "load.csv").read_bytes()
        assert later.table(out.name, "totals") == later.table("may", "totals")


def test_what_was_done_is_said(later):
    words = " ".join(later.extract(JUNE, "june").out.split())
    assert f"{len(later.table('june', 'load'))} records in the load." in words
    assert f"Load of 2024-06 in {later.place / 'june'}." in words
    assert "is not the official one of SCAE" in words


def test_without_a_ledger_nothing_is_recorded(office):
    command = [each for each in office.arguments(MAY, "may", "--quiet")
               if each not in ("--ledger", office.ledger)]  # fmt: skip
    assert office.run(*command) == Answer(0, "", "")
    assert office.names() == {"may"}
    assert office.table("may", "reconciliation") == []
    assert office.manifest("may")["ledger_sha256"] == ""


def test_codes_that_nobody_gave_are_told(office):
    office.source.write("scae.toml", 'state = "SP"\n')
    assert "scae.toml gives no codes" in " ".join(office.extract(MAY, "may").out.split())


# --- filters, layouts, previews -----------------------------------------------------------------


def test_a_filtered_load_says_so_and_is_not_recorded(later):
    before = later.ledger.read_bytes()
    answer = later.extract(JUNE, "june", "--only", "unit=U2", "--only", "level=continuing")
    assert "A filtered load is not recorded in the ledger." in answer.out
    assert later.ledger.read_bytes() == before
    assert later.manifest("june")["filters"] == {"level": "continuing", "unit": "U2"}
    assert {row["unit"] for row in later.table("june", "load")} == {"U2"}
    assert later.table("june", "reconciliation") == []


@pytest.mark.parametrize("given", ["unit", "colour=red", "=U1", "Unit=U1"])
def test_a_filter_that_is_none(given, office):
    answer = office.extract(MAY, "may", "--only", given, code=2)
    assert f"{given} is no filter: write NAME=VALUE, NAME one of unit, period" in answer.err
    assert office.names() == set()


def test_a_layout_by_name_or_by_file(office, tmp_path):
    office.extract(MAY, "named", "--layout", "unofficial-delimited", "--quiet")
    official = {path.name for path in (office.place / "named").iterdir()}
    assert len(official - {f"{name}.csv" for name in COLUMNS}) > 3
    refused = office.extract(MAY, "other", "--layout", "official", code=2)
    assert "official" in refused.err
    assert office.names() == {"named", "ledger.csv"}


def test_a_month_that_is_not_over_is_a_preview(office):
    answer = office.extract(MAY, "may", "--today", "2024-05-31")
    assert "The month is not over: this load is a preview." in answer.out
    assert office.manifest("may")["status"] == "preview"


# --- an old month -------------------------------------------------------------------------------


def test_an_old_month_made_again_is_the_one_that_was_sent(later):
    before = later.ledger.read_bytes()
    answer = later.extract(APRIL, "again")
    assert "not recorded" in " ".join(answer.out.split())
    assert later.ledger.read_bytes() == before
    for name in COLUMNS:
        assert later.table("again", name) == later.table("april", name)


def test_what_was_typed_late_is_told_of_the_old_month(later):
    """A dropout of April typed in May, and a student who was not there."""
    later.source.change(
        "enrolments.csv", "E1,RA1,7A,EF,7,2024-02-01,2", "E1,RA1,7A,EF,7,2024-02-01,6"
    )
    later.source.add("movements.csv", "E1,2,2024-04-20T10:00:00,situation,2,6,7A")
    later.source.add("enrolments.csv", "E9,RA9,7A,EF,7,2024-03-01,2,,,,,")
    later.source.add("movements.csv", "E9,1,2024-03-01T10:00:00,situation,,2,7A")
    before = later.ledger.read_bytes()
    later.extract(APRIL, "again", "--quiet")
    told = {(row["record"], row["value"]) for row in later.table("again", "findings")
            if row["code"] == "W-REGENERATED"}  # fmt: skip
    assert told == {("P:E1:7A", "UPSERT 1 → UPSERT 21"), ("P:E9:7A", "– → UPSERT 1")}
    assert later.ledger.read_bytes() == before
    later.extract(APRIL, "resent", "--resend", "--quiet")
    assert (APRIL, "P:E9:7A") in later.sent()
    assert {month for month, _ in later.sent()} == {APRIL, MAY}


# --- what is refused before any work ------------------------------------------------------------

MONTHS = ["2024-13", "2024-00", "2024-5", "05-2024", "2024", "maio", "2024-05-01", " 2024-05", ""]


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_that_is_none(month, office):
    answer = office.extract(month, "may", code=2)
    assert f"{month} is no month: write year and month, such as 2024-03" in answer.err
    assert office.names() == set()


def test_a_month_that_has_not_begun(office):
    for month, today in (("2024-06", "2024-05-31"), ("2999-12", None)):
        options = [] if today is None else ["--today", today]
        answer = office.extract(month, "may", *options, code=2)
        assert f"{month} has not begun" in answer.err
    answer = office.extract(MAY, "may", "--today", "31-05-2024", code=2)
    assert "31-05-2024 is no date; write it as 2025-09-12 or 12/09/2025." in answer.err
    assert office.names() == set()


def test_the_state_of_the_load(office):
    office.source.write("scae.toml", SETTINGS.replace('state = "SP"', ""))
    assert office.check(MAY, "--quiet").code == 1  # one state in the classes: it is that
    assert office.check(MAY, "--quiet", "--state", "sp").code == 1
    for wrong in ("S", "SPX", "35", "São Paulo"):
        answer = office.check(MAY, "--state", wrong)
        assert answer.code == 2
        assert f"{wrong.upper()} is no state: write two letters, such as SP" in answer.err
    office.source.change("classes.csv", "NR10,SP", "NR10,PR")
    several = office.check(MAY)
    assert several.code == 2
    assert "the classes are in the states PR, SP: say with --state" in several.err
    text = office.source.text("classes.csv")
    office.source.write("classes.csv", text.replace(",SP,", ",,").replace(",PR,", ",,"))
    none = office.check(MAY)
    assert none.code == 2
    assert "say with --state which state the load is of" in none.err


def test_a_state_is_asked_of_extract(office):
    command = [each for each in office.arguments(MAY, "may") if each not in ("--state", "SP")]
    answer = office.run(*command)
    assert answer.code == 2
    assert "--state" in answer.err


def test_a_source_that_is_none(office, tmp_path):
    (tmp_path / "file.txt").write_text("my notes")
    for source in (tmp_path / "nowhere", tmp_path / "file.txt", "sqlite:///x.db"):
        answer = office.run("scae", "check", source, "--month", MAY)
        assert answer.code == 2
        assert "is no folder of tables, no DuckDB or SQLite file" in " ".join(answer.err.split())


def test_a_settings_file_that_is_not_there(office):
    answer = office.check(MAY, "--config", office.place / "other.toml")
    assert (answer.code, "other.toml" in answer.err) == (2, True)
    assert office.check(MAY, "--config", office.place).code == 2


def test_an_address_keeps_its_password(office, needs):
    """Neither told nor written: not in a message, a manifest, a fact."""
    secret = "segredo"
    answer = office.run("scae", "check", f"postgresql://ana:{secret}@127.0.0.1:1/x", "--month", MAY)
    assert answer.code == 3
    assert "postgresql://ana@127.0.0.1:1/x does not answer" in " ".join(answer.err.split())
    assert secret not in answer.out + answer.err
    needs(has_postgres(), "PostgreSQL")
    url = write_postgres(frames(), postgres_url("secret"))
    scheme, _, rest = url.partition("://")
    source = f"{scheme}://postgres:{secret}@{rest.partition('@')[2]}"
    answer = office.run("scae", "extract", source, "--month", MAY, "--state", "SP",
                        "--out", office.place / "may", "--ledger", office.ledger)  # fmt: skip
    assert answer.code == 0
    assert secret not in answer.out + answer.err
    assert not any(secret.encode() in (data or b"") for data in tree(office.place).values())
    assert office.manifest("may")["source"].startswith("postgresql://postgres@/secret_")


def test_help_speaks_portuguese_of_brazil():
    """Unless another language is asked for."""
    for command in ("check", "extract", "generate"):
        answer = own_process("scae", command, "--help", env=_no_language())
        english = own_process("scae", command, "--help", "--lang", "en", env=_no_language())
        assert (answer.code, english.code) == (0, 0)
        assert answer.out.startswith(f"Uso: portaria scae {command} ")
        same = set(map(str.strip, answer.out.splitlines())) & set(english.out.splitlines())
        assert same <= {""}


def _no_language() -> dict[str, str]:
    import os

    return {name: value for name, value in os.environ.items() if name != "PORTARIA_LANG"}
