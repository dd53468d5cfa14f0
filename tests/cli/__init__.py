"""A small contest, valid by every rule, for the tests of the command line to change.

Three programmes and five generated people: a prerequisite of selection and one that ranks, two
exam sets, a two-cycle diploma, an exam from abroad, a person excluded.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import xlsxwriter

SETTINGS = 'edition = "pt-national-2017"\nphase = 1\n'

TABLES = {
    "programmes": """\
programme,institution,institution_name,course_name,subsystem,island_university,seats,\
w_secondary,w_prerequisite,min_exam,min_grade,prerequisite,prerequisite_kind,sport,\
regional_share,vocational_share
1101/9001,1101,Universidade do Exemplo,Matemática,university,,2,50,0,95,100,,,false,0,0
1102/9002,1102,Instituto do Exemplo,Enfermagem,polytechnic,,1,33.34,0,95,95,G,selection,false,50,30
1103/9003,1103,Universidade da Ilha,Desporto,university,azores,2,40,20.5,95,95,M,ranking,true,0,0
""",
    "exam_sets": """\
programme,set,exam,weight
1101/9001,1,19,50
1101/9001,2,07,20
1101/9001,2,16,30
1102/9002,1,02,66.66
1103/9003,1,02,39.5
""",
    "regional_areas": "programme,area\n1102/9002,Leiria\n",
    "vocational_courses": "programme,secondary_course\n1102/9002,P01\n",
    "congeners": "programme,congener\n1101/9001,1103/9003\n",
    "candidates": """\
candidate,name,civil_id,secondary,secondary_with_pe,two_cycle_a,two_cycle_b,has_final_grade,area,\
secondary_course,claims_regional,azores,madeira,emigrant,military,disability,excluded
C1,Ana Moreira Teste,10000001,155.5,,,,true,Leiria,C60,true,,,false,false,false,
C2,Rui Campos Teste,10000002,,,15,16.25,true,Braga,P01,false,,,true,false,false,
C3,Inês Serra Teste,10000003,180,172.5,,,true,Horta,C61,false,art11.1,,false,false,false,
C4,João Vale Teste,10000004,133.333,,,,false,,C60,false,,,false,false,true,
C5,Eva Pinto Teste,10000005,140,,,,true,Leiria,C60,false,,,false,false,false,211-A 56/1
""",
    "exams": """\
candidate,exam,programme,grade
C1,19,,160
C1,02,,141
C2,07,,150
C2,16,,130
C2,02,,120
C3,02,,155
C3,19,,101
C4,19,1101/9001,177
C4,02,,94
C5,02,,150
""",
    "prerequisites": """\
candidate,group,passed,grade
C1,G,true,
C3,M,true,165.5
C4,M,false,
""",
    "options": """\
candidate,order,programme
C1,1,1102/9002
C1,2,1101/9001
C2,1,1101/9001
C2,2,1102/9002
C3,1,1103/9003
C3,2,1101/9001
C4,1,1102/9002
C4,2,1101/9001
C5,1,1102/9002
""",
}


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class SmallContest:
    """A folder with the small contest, and the few ways in which tests change it."""

    folder: Path

    def path(self, file: str) -> Path:
        return self.folder / file

    def text(self, file: str) -> str:
        return self.path(file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        data = content if isinstance(content, bytes) else content.encode()
        self.path(file).write_bytes(data)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a text that must stand exactly once."""
        text = self.text(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def add(self, file: str, *lines: str) -> None:
        self.write(file, self.text(file) + "".join(f"{line}\n" for line in lines))

    def rows(self, table: str) -> list[list[str]]:
        """The cells of a table, the header first."""
        return list(csv.reader(io.StringIO(self.text(f"{table}.csv"))))

    def remove(self, file: str) -> None:
        self.path(file).unlink()


def rewrite(
    contest: SmallContest,
    change: Callable[[list[list[str]]], list[list[str]]] = list,
    **dialect: object,
) -> None:
    """Write every table again: `change` of its rows, in a dialect of the csv module."""
    for table in TABLES:
        text = io.StringIO()
        writer = csv.writer(text, **{"lineterminator": "\n", **dialect})
        writer.writerows(change(contest.rows(table)))
        contest.write(f"{table}.csv", text.getvalue())


def write_small_contest(folder: Path) -> SmallContest:
    """Write the small contest as CSV."""
    folder.mkdir()
    contest = SmallContest(folder)
    contest.write("contest.toml", SETTINGS)
    for name, text in TABLES.items():
        contest.write(f"{name}.csv", text)
    return contest


NUMBERS = {"seats", "w_secondary", "w_prerequisite", "min_exam", "min_grade", "regional_share",
           "vocational_share", "set", "weight", "secondary", "secondary_with_pe", "two_cycle_a",
           "two_cycle_b", "grade", "order"}  # fmt: skip
"""Columns that a spreadsheet holds as numbers."""
FLAGS = {"sport", "has_final_grade", "claims_regional", "emigrant", "military", "disability",
         "passed"}  # fmt: skip
"""Columns that it holds as booleans."""


def to_xlsx(
    contest: SmallContest,
    table: str,
    numbers: Collection[str] = (),
    flags: Collection[str] = (),
) -> None:
    """A table as XLSX, every cell as text but for the columns of `numbers` and `flags`."""
    rows = contest.rows(table)
    contest.remove(f"{table}.csv")
    with xlsxwriter.Workbook(contest.path(f"{table}.xlsx")) as book:
        sheet = book.add_worksheet("Folha1")
        for row, cells in enumerate(rows):
            for column, (name, cell) in enumerate(zip(rows[0], cells, strict=True)):
                if row and cell and name in numbers:
                    sheet.write_number(row, column, float(cell))
                elif row and cell and name in flags:
                    sheet.write_boolean(row, column, cell == "true")
                elif cell:
                    sheet.write_string(row, column, cell)


def to_parquet(contest: SmallContest, table: str, **columns: pl.Expr) -> None:
    """A table as Parquet, every column as text but for those given."""
    header, *rows = contest.rows(table)
    contest.remove(f"{table}.csv")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row")
    frame = frame.with_columns(pl.all().replace("", None)).with_columns(**columns)
    frame.write_parquet(contest.path(f"{table}.parquet"))


COMMAND = (sys.executable, "-c", "from portaria.cli import main; main()")
"""`portaria` as its own process, whether or not it is installed as a command."""


def spawn(*arguments: object, **options: object) -> subprocess.Popen:
    """Start `portaria ARGUMENTS` without waiting."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def finish(process: subprocess.Popen) -> Answer:
    """Wait for a started command."""
    out, err = process.communicate(timeout=60)
    return Answer(process.returncode, out, err)


def own_process(*arguments: object, **options: object) -> Answer:
    """Run `portaria ARGUMENTS` as its own process."""
    return finish(spawn(*arguments, **options))


def read_problems(file: Path) -> list[dict[str, str]]:
    """The rows of a problems.csv."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything under a folder, hidden too: the bytes of files, None for folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def result_csvs(results: Path) -> dict[str, bytes]:
    """The bytes of every CSV of a result."""
    return {path.name: path.read_bytes() for path in sorted(results.glob("*.csv"))}
