"""What holds of every layout and every load: widths, and the way back."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from portaria.core.problem import errors
from portaria.regulations.scae.layout import find_layout, render
from regulations.scae.layout import DISCIPLINES, FIXED, LOAD, changed, layout_of

PLAIN = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=12)
WORD = PLAIN.map(str.strip).filter(bool)
DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
HOURS = st.integers(0, 999_999).map(lambda n: f"{n // 100}.{n % 100:02}")


def of_record(record: str) -> st.SearchStrategy[dict[str, object]]:
    """A discipline of a record."""
    return st.fixed_dictionaries(
        {
            "record": st.just(record),
            "scae_discipline": WORD,
            "situation": st.sampled_from([1, 12, 26, 27]),
            "evaluation_type": st.sampled_from([None, 1, 2]),
        }
    )


@st.composite
def loads(draw) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A load with its disciplines, every value such as the shipped layouts can write."""
    rows, disciplines = [], []
    for number in range(draw(st.integers(0, 6))):
        deleted = draw(st.booleans())
        kind = draw(st.sampled_from(["P", "I"]))
        row = {
            "record": f"P:{number}:7A",
            "operation": "DELETE" if deleted else "UPSERT",
            "kind": kind,
            "enrolment": draw(PLAIN),
            "student": f"{number}{draw(WORD)}",  # no two records with one key
            "unit": draw(WORD),
            "period": draw(WORD)[:10].strip(),
            "class": draw(WORD),
            "course": draw(st.none() | PLAIN),
            "effective_date": draw(DAY),
            "situation": draw(st.integers(0, 99)),
            "mobility_date": draw(st.none() | DAY),
            "student_hours": draw(st.none() | HOURS),
            "hours_partial": draw(st.booleans()),
            "complements": draw(st.sampled_from([None, "{}", '{"categoria": "ação; x"}'])),
            "class_discipline": draw(WORD) if kind == "I" else None,
        }
        rows.append(row)
        count = 0 if deleted else draw(st.integers(0, 2))
        disciplines += [draw(of_record(row["record"])) for _ in range(count)]
    return pl.DataFrame(rows, schema=LOAD), pl.DataFrame(disciplines, schema=DISCIPLINES)


def blank(value: object) -> str:
    return "" if value is None else str(value)


def day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


@given(loads())
@settings(deadline=None)
def test_every_line_of_a_fixed_file_has_one_width_and_every_row_a_line(frames):
    load, disciplines = frames
    files, problems = render(find_layout("unofficial-fixed"), load, disciplines, "2024-03")
    assert not errors(problems)
    (text,) = files.values()
    lines = text.split(b"\r\n")
    assert lines.pop() == b""
    assert {len(line) for line in lines} <= {157}
    records = [line for line in lines if line.startswith(b"1")]
    assert [line[58:78].decode("latin-1").rstrip(" ") for line in records] == [
        student.rstrip(" ") for student in load["student"]
    ]
    assert len(lines) == len(load) + len(disciplines)
    of_each = [len(part.split(b"\r\n2")) - 1 for part in (b"\r\n" + text).split(b"\r\n1")[1:]]
    assert of_each == [disciplines["record"].to_list().count(each) for each in load["record"]]


@given(loads())
@settings(deadline=None)
def test_the_delimited_file_read_back_gives_the_frame(frames):
    load, disciplines = frames
    files, problems = render(find_layout("unofficial-delimited"), load, disciplines, "2024-03")
    assert not errors(problems)
    first, second = (
        list(csv.DictReader(io.StringIO(text.decode(), newline=""), delimiter=";", strict=True))
        for text in files.values()
    )
    told = [
        {
            "operacao": {"UPSERT": "", "DELETE": "E"}[row["operation"]],
            "mes_referencia": "03/2024",
            "unidade": row["unit"],
            "periodo_letivo": row["period"],
            "turma": row["class"],
            "aluno": row["student"],
            "tipo_matricula": row["kind"],
            "curso": blank(row["course"]),
            "data_efetivacao": day(row["effective_date"]),
            "situacao": str(row["situation"]),
            "data_mobilidade": day(row["mobility_date"]),
            "hora_aluno": blank(row["student_hours"]).replace(".", ","),
            "hora_aluno_parcial": "S" if row["hours_partial"] else "N",
            "categoria": "ação; x" if "categoria" in blank(row["complements"]) else "",
            "turma_disciplina": blank(row["class_discipline"]),
        }
        for row in load.iter_rows(named=True)
    ]
    key = ("operacao", "mes_referencia", "unidade", "periodo_letivo", "turma", "aluno")
    key += ("tipo_matricula", "turma_disciplina")
    for row in told:
        if row["operacao"] == "E":
            row |= {name: "" for name in row if name not in key}
    assert first == told
    students = dict(zip(load["record"], load["student"], strict=True))
    assert [(row["aluno"], row["disciplina"]) for row in second] == [
        (students[record], code)
        for record, code in disciplines.select("record", "scae_discipline").iter_rows()
    ]


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5), st.sampled_from(["latin-1", "utf-8"]))
@settings(deadline=None)
def test_any_text_is_written_as_it_is_or_told(courses, encoding):
    """Whatever stands in a cell: lines of one width with the very text in them, or a problem."""
    rows = [
        dict.fromkeys(LOAD) | {"record": f"P:{n}:7A", "operation": "UPSERT", "course": course}
        for n, course in enumerate(courses)
    ]
    text = changed(
        FIXED,
        (
            '{ from = "kind", width = 1 }',
            '{ from = "kind", width = 1 },\n{ from = "course", width = 5 }',
        ),
        ("width = 16", "width = 21"),
        ('encoding = "latin-1"', f'encoding = "{encoding}"'),
    )
    with TemporaryDirectory() as folder:
        layout = layout_of(Path(folder), text)
    load = pl.DataFrame(rows, schema=LOAD)
    files, problems = render(layout, load, pl.DataFrame(schema=DISCIPLINES), "2024-03")
    wrong = {
        n + 2
        for n, course in enumerate(courses)
        if len(course) > 5
        or any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" for c in course)
        or (encoding == "latin-1" and any(ord(c) > 255 for c in course))
    }
    assert {problem.row for problem in problems} == wrong
    if not wrong:
        lines = files["load-2024-03.txt"].decode(encoding).split("\n")
        assert lines == [f"1I{' ' * 18}{course:<5}" for course in courses] + [""]
