"""What people send that must not do harm: bombs, paths, links, other kinds than their names."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from portaria.web import uploads, workbooks

SMALL = uploads.Limits(4, 2_000_000, 5_000_000, (".csv", ".xlsx", ".parquet", ".toml", ".zip"))


def zipped(*entries: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return content.getvalue()


def unpacked(tmp_path: Path, content: bytes) -> tuple[list[str], dict[str, bytes]]:
    """Codes of what is wrong, and the files that came out with their content."""
    archive, target = tmp_path / "sent.zip", tmp_path / "out"
    archive.write_bytes(content)
    target.mkdir(exist_ok=True)
    problems = uploads.unpack(archive, target, SMALL)
    files = {
        str(path.relative_to(target)): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }
    return [problem.code for problem in problems], files


def codes(name: str, content: bytes, limits: uploads.Limits = SMALL) -> list[str]:
    return [p.code for p in uploads.faults([SimpleUploadedFile(name, content)], limits)]


def test_a_sound_zip_comes_out_flat_with_its_previous_results(tmp_path: Path) -> None:
    content = zipped(
        ("concurso/candidates.csv", b"a\n"), ("concurso/previous/seats.csv", b"b\n"),
        ("concurso/.DS_Store", b"x"), ("__MACOSX/concurso/._candidates.csv", b"x"),
        ("concurso/Thumbs.db", b"x"),
    )  # fmt: skip
    found, files = unpacked(tmp_path, content)
    assert found == []
    assert files == {"candidates.csv": b"a\n", "previous/seats.csv": b"b\n"}


@pytest.mark.parametrize(
    "name",
    [
        "../candidates.csv", "x/../../candidates.csv", "/etc/candidates.csv",
        "..\\candidates.csv", "C:\\candidates.csv", "C:/candidates.csv", "a/b/c/candidates.csv",
        "other/candidates.csv",
    ],
)  # fmt: skip
def test_paths_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    found, files = unpacked(tmp_path, zipped(("exams.csv", b"a\n"), (name, b"evil")))
    assert uploads.BAD_NAME in found
    assert set(files) <= {"exams.csv"}
    assert not any(path.read_bytes() == b"evil" for path in tmp_path.rglob("*.csv"))


def test_a_link_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        entry = zipfile.ZipInfo("candidates.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    found, files = unpacked(tmp_path, content.getvalue())
    assert (found, files) == ([uploads.BAD_NAME], {})


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped(("exams.csv", b"a\n"), ("exams.csv", b"b\n"))
    assert unpacked(tmp_path, content)[0] == [uploads.TWICE]
    (tmp_path / "two").mkdir()
    found, _files = unpacked(tmp_path / "two", zipped(("exams.csv", b"a\n"), ("exams.CSV", b"b\n")))
    assert found == [uploads.TWICE]


def test_an_archive_that_says_it_expands_too_far_is_not_opened(tmp_path: Path) -> None:
    bomb = zipped(("candidates.csv", bytes(6_000_000)))
    assert len(bomb) < 20_000
    assert codes("sent.zip", bomb) == []
    assert unpacked(tmp_path, bomb) == ([uploads.EXPANDS], {})


def lying(content: bytes, said: int) -> bytes:
    """An archive of one entry whose headers give another size and a checksum that fits it."""
    crc = zlib.crc32(bytes(said))
    content = bytearray(content)
    central = content.index(b"PK\x01\x02")
    struct.pack_into("<L", content, 14, crc)
    struct.pack_into("<L", content, 22, said)
    struct.pack_into("<L", content, central + 16, crc)
    struct.pack_into("<L", content, central + 24, said)
    return bytes(content)


def test_an_archive_that_does_not_say_what_comes_out_gives_no_more_than_it_said(
    tmp_path: Path,
) -> None:
    _found, files = unpacked(tmp_path, lying(zipped(("candidates.csv", bytes(9_000_000))), 10))
    assert sum(map(len, files.values())) <= 10


def test_a_workbook_that_hides_its_size_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "exams.xlsx"
    path.write_bytes(lying(zipped(("xl/worksheets/sheet1.xml", bytes(9_000_000))), 10))
    fault = workbooks.content_fault(path, SMALL)
    assert fault is not None
    assert fault.code == uploads.EXPANDS


def test_a_workbook_with_one_cell_far_away_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "exams.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "candidate")
        sheet.write(1_048_575, 16_383, "x")
    fault = workbooks.content_fault(path, uploads.TABLES)
    assert fault is not None
    assert fault.code == workbooks.MANY_CELLS
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["candidate", "exam"])
    assert workbooks.content_fault(path, uploads.TABLES) is None


@pytest.mark.parametrize("begin", [b"PK\x03\x04rubbish", b""])
def test_a_workbook_that_is_none_is_told(tmp_path: Path, begin: bytes) -> None:
    path = tmp_path / "exams.xlsx"
    path.write_bytes(begin)
    fault = workbooks.content_fault(path, SMALL)
    assert fault is not None
    assert fault.code == uploads.BROKEN_ZIP


def test_a_parquet_file_that_repeats_for_ever_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "exams.parquet"
    pl.DataFrame({"candidate": ["x"] * 100_000, "exam": ["y"] * 100_000}).write_parquet(path)
    assert path.stat().st_size < 10_000
    assert workbooks.content_fault(path, SMALL) is None
    monkeypatch.setattr(workbooks, "MOST_VALUES", 150_000)
    fault = workbooks.content_fault(path, SMALL)
    assert fault is not None
    assert fault.code == workbooks.MANY_CELLS
    path.write_bytes(b"PAR1 rubbish")
    assert workbooks.content_fault(path, SMALL) is None, "the reader tells what is wrong"


def test_an_archive_inside_an_archive_stays_closed(tmp_path: Path) -> None:
    inner = zipped(("candidates.csv", b"a\n"))
    found, files = unpacked(tmp_path, zipped(("more.zip", inner), ("exams.csv", b"a\n")))
    assert found == [uploads.WRONG_KIND]
    assert set(files) == {"exams.csv"}


def test_what_is_no_table_in_an_archive_is_left_out_and_told(tmp_path: Path) -> None:
    found, files = unpacked(tmp_path, zipped(("README.md", b"for people"), ("a.exe", b"MZ")))
    assert found == [uploads.WRONG_KIND] * 2
    assert files == {}


def encrypted() -> bytes:
    content = bytearray(zipped(("candidates.csv", b"a\n")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    assert unpacked(tmp_path, encrypted()) == ([uploads.ENCRYPTED], {})
    assert codes("exams.xlsx", encrypted()) == [uploads.ENCRYPTED]


def test_too_many_entries(tmp_path: Path) -> None:
    content = zipped(*((f"t{i}.csv", b"a\n") for i in range(5)))
    assert unpacked(tmp_path, content) == ([uploads.TOO_MANY], {})


@pytest.mark.parametrize("cut", [3, 30, 60])
def test_a_broken_archive_is_told(tmp_path: Path, cut: int) -> None:
    assert unpacked(tmp_path, zipped(("exams.csv", b"abc\n" * 100))[:cut])[0] == [
        uploads.BROKEN_ZIP
    ]


def test_a_damaged_entry_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped(("exams.csv", b"candidate,exam\n" * 300)))
    content[50:56] = b"\xff" * 6
    assert unpacked(tmp_path, bytes(content))[0] == [uploads.BROKEN_ZIP]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("exams.csv", b"", uploads.EMPTY),
        ("exams.csv", bytes(2_000_001), uploads.TOO_LARGE),
        ("exams.pdf", b"%PDF-1.4", uploads.WRONG_KIND),
        ("exams", b"x", uploads.WRONG_KIND),
        ("exams.xlsx", b"candidate,exam\n", uploads.OTHER_CONTENT),
        ("exams.parquet", b"PK\x03\x04", uploads.OTHER_CONTENT),
        ("sent.zip", b"%PDF-1.4", uploads.OTHER_CONTENT),
        ("exams.xlsx", b"PK\x03\x04rubbish", uploads.BROKEN_ZIP),
    ],
)
def test_each_fault_of_a_file_is_told(name: str, content: bytes, code: str) -> None:
    assert codes(name, content) == [code]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("prova.pdf", b"MZ\x90\x00", uploads.OTHER_CONTENT),
        ("prova.png", b"\xff\xd8\xff\xe0", uploads.OTHER_CONTENT),
        ("prova.svg", b"<svg/>", uploads.WRONG_KIND),
        ("prova.pdf.exe", b"%PDF-1.4", uploads.WRONG_KIND),
        ("prova.html", b"<script>", uploads.WRONG_KIND),
    ],
)
def test_a_document_is_what_its_name_says(name: str, content: bytes, code: str) -> None:
    assert codes(name, content, uploads.DOCUMENTS) == [code]
    assert codes("prova.pdf", b"%PDF-1.4", uploads.DOCUMENTS) == []


def test_two_files_sent_with_one_name() -> None:
    files = [SimpleUploadedFile("exams.csv", b"a\n") for _time in range(2)]
    assert [p.code for p in uploads.faults(files, SMALL)] == [uploads.TWICE]


def test_stored_names_have_their_kind_in_small_letters(tmp_path: Path) -> None:
    paths = uploads.store([SimpleUploadedFile("exams.CSV", b"a\n")], tmp_path / "sent")
    assert [path.name for path in paths] == ["exams.csv"]
