"""Bad days of a ledger: files that are none, full disks, runs that are killed, stopped, at once."""

from __future__ import annotations

import csv
import shutil
import signal
import subprocess
from pathlib import Path

import polars as pl
import pytest

from cli import Answer, finish, spawn, tree
from cli.test_bad_days import go_on, paused, struck
from cli.test_bad_days import small_disk as small_disk

from .office import APRIL, MAY, Office, rows


@pytest.fixture
def office(portaria, tmp_path) -> Office:
    return Office(portaria, tmp_path)


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Path:
    """April as it was sent, for tests to copy."""
    from portaria.cli.app import run

    place = tmp_path_factory.mktemp("sent")
    first = Office(lambda *a: Answer(run([str(each) for each in a]), "", ""), place)
    first.extract(APRIL, "april", "--quiet", "--lang", "en")
    return place


@pytest.fixture
def later(portaria, sent, tmp_path) -> Office:
    """An office that has sent April."""
    shutil.copytree(sent, tmp_path / "office")
    return Office(portaria, tmp_path / "office")


# --- a file that is no ledger -------------------------------------------------------------------

HEADER = (
    "month,status,record,kind,enrolment,student,unit,period,class,level,modality,operation,"
    "situation,student_hours,hash\n"
)
NOT_LEDGERS = {
    "an empty file": b"",
    "notes": b"my notes\n",
    "other columns": b"month,record\n2024-04,P:E1:7A\n",
    "a column more": HEADER.replace("hash", "hash,mine").encode(),
    "semicolons": HEADER.replace(",", ";").encode(),
    "Latin-1": HEADER.encode() + "2024-04,final,ã".encode("latin-1") + b"," * 12 + b"\n",
    "ragged": HEADER.encode() + b"2024-04,final,P:E1:7A," + b"," * 30 + b"\n",
    "Parquet inside": b"PAR1 and no more",
}


@pytest.mark.parametrize("content", NOT_LEDGERS)
def test_a_file_that_is_no_ledger_is_refused_and_kept(content, office):
    office.ledger.write_bytes(NOT_LEDGERS[content])
    for answer in (
        office.extract(MAY, "may", code=1),
        office.check(MAY, "--ledger", office.ledger),
    ):
        assert answer.code == 1
        words = " ".join(answer.err.split())
        assert "ledger.csv is not a ledger of this program" in words
        assert "name another file, or one not there yet" in words
    assert office.ledger.read_bytes() == NOT_LEDGERS[content]
    assert office.names() == {"ledger.csv"}


def test_parquet_that_is_none_or_another_table(office, tmp_path):
    office.ledger = tmp_path / "ledger.parquet"
    for content in (b"PAR1 and no more", parquet(pl.DataFrame({"month": ["2024-04"]}), tmp_path)):
        office.ledger.write_bytes(content)
        assert "is not a ledger" in " ".join(office.extract(MAY, "may", code=1).err.split())
        assert office.ledger.read_bytes() == content


def parquet(frame: pl.DataFrame, folder: Path) -> bytes:
    frame.write_parquet(folder / "made.parquet")
    return (folder / "made.parquet").read_bytes()


CHANGES = {
    # a column, what a hand or a spreadsheet made of it
    "month": "Apr-24", "status": "sent", "kind": "X", "operation": "", "situation": "",
    "student_hours": "0,00", "hash": "1E+10", "record": "",
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_a_row_changed_by_hand_is_told(column, later):
    """What was sent is never guessed."""
    lines = rows(later.ledger)
    lines[1][column] = CHANGES[column]
    with later.ledger.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    before = tree(later.place)
    answer = later.extract(MAY, "may", "--problems", later.place.parent / "told.csv", code=1)
    assert "put the file back as it was" in " ".join(answer.err.split())
    assert column in answer.err
    assert tree(later.place) == before


def test_a_row_that_stands_twice_is_told(later):
    text = later.ledger.read_text(encoding="utf-8")
    later.ledger.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    assert "put the file back" in " ".join(later.extract(MAY, "may", code=1).err.split())


def test_a_ledger_saved_with_other_line_ends_is_the_same(later):
    data = later.ledger.read_bytes()
    later.ledger.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    later.extract(MAY, "may", "--quiet")
    told = {row["explanation"] for row in later.table("may", "reconciliation")}
    assert told == {"kept", "exited", "excluded"}
    assert later.ledger.read_bytes().startswith(data)


@pytest.mark.long
def test_csv_and_parquet_hold_the_same(later):
    other = later.place / "ledger.parquet"
    for month, name in ((APRIL, "a"), (MAY, "b")):
        later.extract(month, f"{name}-csv", "--quiet")
    first, later.ledger = later.ledger, other
    for month, name in ((APRIL, "a"), (MAY, "b")):
        later.extract(month, f"{name}-parquet", "--quiet")
    frame = pl.read_parquet(other)
    assert frame.equals(pl.read_csv(first, schema_overrides=frame.schema))
    assert tree(later.place / "b-csv") == tree(later.place / "b-parquet")


# --- places that cannot be written --------------------------------------------------------------


def test_a_ledger_that_is_a_folder(office):
    office.ledger.mkdir()
    assert office.extract(MAY, "may", code=2).out == ""
    assert office.names() == {"ledger.csv"}


@pytest.mark.parametrize("ledger", ["/proc/ledger.csv", "/dev/null/ledger.csv"])
def test_a_ledger_where_nothing_can_be_written(ledger, office):
    office.ledger = Path(ledger)
    answer = office.extract(MAY, "may", code=3)
    assert f"{ledger} cannot be written" in " ".join(answer.err.split())
    assert office.names() == set()


def test_a_folder_is_made_for_a_ledger_and_goes_again_where_none_is_written(office):
    office.ledger = office.place / "loads" / "sp" / "ledger.csv"
    office.extract("2024-13", "may", code=2)
    office.source.change("classes.csv", "basic,EF", "medio,EF")
    office.extract(MAY, "may", code=1)
    assert office.names() == set()
    office.source.change("classes.csv", "medio,EF", "basic,EF")
    office.extract(MAY, "may", "--quiet")
    assert office.names() == {"may", "loads"}
    assert [path.name for path in office.ledger.parent.iterdir()] == ["ledger.csv"]


def test_a_ledger_among_the_results_is_refused(later):
    """It would go with them when they are replaced."""
    later.ledger = later.place / "april" / "ledger.csv"
    before = tree(later.place)
    answer = later.extract(MAY, "april", "--replace", code=2)
    assert "is inside" in " ".join(answer.err.split())
    assert tree(later.place) == before


def test_results_that_exist(later):
    (later.place / "notes").mkdir()
    (later.place / "notes" / "mine.txt").write_text("my notes")
    (later.place / "file").write_text("my notes")
    before = tree(later.place)
    assert "exists already" in later.extract(MAY, "april", code=2).err
    for name in ("notes", "file", "source"):
        answer = later.extract(MAY, name, "--replace", code=2)
        assert "not a folder that this command wrote" in " ".join(answer.err.split())
    assert tree(later.place) == before
    (later.place / "empty").mkdir()
    later.extract(MAY, "empty", "--replace", "--quiet")
    later.extract(MAY, "april", "--replace", "--quiet")
    assert later.manifest("april")["month"] == MAY


# --- the disk -----------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 20_000, 60_000])
def test_a_full_disk_of_results_leaves_the_ledger_as_it_was(room, later, small_disk):
    (small_disk / "filler").write_bytes(b"x" * (400 * 1024 - room))
    before = tree(later.place)
    answer = later.run(*later.arguments(MAY, "may")[:-4], "--out", small_disk / "may",
                       "--ledger", later.ledger)  # fmt: skip
    assert answer.code == 3
    assert "disk is full" in answer.err
    assert tree(later.place) == before
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_full_disk_of_the_ledger_leaves_no_results(later, small_disk):
    shutil.copy(later.ledger, small_disk / "ledger.csv")
    later.ledger = small_disk / "ledger.csv"
    before = tree(later.place) | {"ledger": later.ledger.read_bytes()}
    (small_disk / "filler").write_bytes(b"x" * (400 * 1024 - 4096))
    answer = later.extract(MAY, "may", code=3)
    assert "disk is full" in answer.err
    assert tree(later.place) | {"ledger": later.ledger.read_bytes()} == before
    assert {path.name for path in small_disk.iterdir()} == {"filler", "ledger.csv"}


# --- killed and stopped -------------------------------------------------------------------------


def whole(office: Office, name: str) -> str:
    """Which load stands under a name: its month, none, or half."""
    folder = office.place / name
    if not folder.exists():
        return "none"
    done = office.run("scae", "verify", folder, "--quiet")
    return str(office.manifest(name)["month"]) if done.code == 0 else "half"


def months(office: Office) -> set[str]:
    return {month for month, _ in office.sent()}


@pytest.fixture(scope="module")
def moments(sent, tmp_path_factory) -> list[tuple[int, str]]:
    """Every step on the disk of a run that replaces results, from its first draft on."""
    place = tmp_path_factory.mktemp("steps") / "office"
    shutil.copytree(sent, place)
    listed = Office(lambda *a: Answer(0, "", ""), place)
    answer = finish(struck("list", 0, *listed.arguments(MAY, "april", "--replace", "--quiet")))
    assert (answer.code, answer.err) == (0, "")
    steps = [line.split(maxsplit=1) for line in answer.out.splitlines()]
    return [(int(number), what) for number, what in steps]


def telling(moments: list[tuple[int, str]]) -> list[int]:
    """The first step, the last, every change of a name: of the ledger, of the results."""
    names = [number for number, what in moments if what.startswith("os.rename")]
    assert len(names) >= 3
    assert any("ledger.csv" in what for number, what in moments if number in names)
    return sorted({moments[0][0], *names, moments[-1][0]})


def ledger_written(moments: list[tuple[int, str]]) -> int:
    """The step after the ledger took its new form; the results have not yet."""
    renamed = (n for n, what in moments if what.startswith("os.rename") and "ledger.csv" in what)
    return next(renamed) + 1


def strike(name: str, moment: int, office: Office) -> Answer:
    return finish(struck(name, moment, *office.arguments(MAY, "april", "--replace", "--quiet")))


def stopped_at(moment: int, office: Office) -> None:
    """Told that nothing was written, one finds the old load and the old ledger; else the new."""
    answer = strike("SIGTERM", moment, office)
    assert "Traceback" not in answer.err
    outcome = (answer.code, whole(office, "april"), months(office))
    assert outcome in ((130, APRIL, {APRIL}), (0, MAY, {APRIL, MAY}))
    assert office.names() == {"april", "ledger.csv"}


def killed_at(moment: int, office: Office) -> None:
    """SIGKILL lets nothing be tidied up: the load is whole or not there, the ledger is one of the
    two; the next run mends what is left."""
    assert strike("SIGKILL", moment, office).code == -signal.SIGKILL
    assert whole(office, "april") in (APRIL, MAY, "none")
    assert months(office) in ({APRIL}, {APRIL, MAY})
    office.extract(MAY, "april", "--replace", "--quiet")
    assert (whole(office, "april"), months(office)) == (MAY, {APRIL, MAY})
    assert office.names() == {"april", "ledger.csv"}


def test_stopped_or_killed_when_the_ledger_is_written_and_the_results_are_not(moments, later):
    """The worst moment: right after the ledger took its new form."""
    stopped_at(ledger_written(moments), later)
    assert months(later) == {APRIL}
    killed_at(ledger_written(moments), later)


@pytest.mark.long
@pytest.mark.parametrize("action", [stopped_at, killed_at])
def test_struck_at_every_telling_moment(action, moments, later, sent, tmp_path):
    for moment in telling(moments):
        place = tmp_path / f"at-{moment}"
        shutil.copytree(sent, place)
        action(moment, Office(later.run, place))


@pytest.mark.long
def test_killed_at_any_time(later):
    """By the clock and not by step."""
    for wait in (0.5, 1.0, 1.5, 2.0, 2.2, 2.4, 2.6, 3.0):
        process = spawn(*later.arguments(MAY, "april", "--replace", "--quiet"))
        try:
            process.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            process.kill()
        finish(process)
        assert whole(later, "april") in (APRIL, MAY, "none")
        assert months(later) in ({APRIL}, {APRIL, MAY})
    later.extract(MAY, "april", "--replace", "--quiet")
    assert later.names() == {"april", "ledger.csv"}


def test_a_failure_after_the_ledger_was_written_puts_it_back(moments, later):
    """Someone puts a folder of theirs under the name of the results at the last moment."""
    before = later.ledger.read_bytes()
    waiting = paused(
        ledger_written(moments), *later.arguments(MAY, "april", "--replace", "--quiet")
    )
    assert later.ledger.read_bytes() != before
    (later.place / "april").rename(later.place / "mine")
    (later.place / "april").mkdir()
    (later.place / "april" / "notes.txt").write_text("my notes")
    assert go_on(waiting).code == 2
    assert later.ledger.read_bytes() == before


def test_two_runs_at_once_lose_nothing(office):
    """Each waits for the other; both months stand in the ledger, whichever came first."""
    commands = [office.arguments(month, month, "--resend", "--quiet") for month in (APRIL, MAY)]
    running = [spawn(*command) for command in commands]
    assert [finish(process).code for process in running] == [0, 0]
    assert months(office) == {APRIL, MAY}
    for month in (APRIL, MAY):
        told = {row["record"] for row in office.table(month, "load")}
        assert {record for when, record in office.sent() if when == month} == told
    assert office.names() == {"ledger.csv", APRIL, MAY}
