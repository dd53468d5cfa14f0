"""What a school secretary reads: a situation, and the whole text of its explanation."""

from __future__ import annotations

from pathlib import Path

import pytest
from regulations.scae.made_loads import extract, loads, situation, write

from portaria.cli.app import run
from portaria.core.messages import declared
from portaria.documents.scae_explanation import explanation_letter
from portaria.documents.scae_explanation_words import CAUSES, EFFECTIVE, HOURS, MOBILITY, SGE_NAMES
from portaria.documents.scae_readings_words import READINGS
from portaria.regulations.scae.explain import Explanation, explain
from portaria.regulations.scae.explain.dates import CASES
from portaria.regulations.scae.findings import WORDS
from portaria.regulations.scae.reasons import REASONS
from portaria.regulations.scae.settings import edition

IN_7A = [{"class": "7A", "start": "2024-02-05", "end": "2024-12-13"}]
E1 = {"enrolment": "E1", "class": "7A"}
LEFT = [
    {"enrolment": "E1", "at": "2024-02-01T08:30:00", "from": "", "to": "2"},
    {"enrolment": "E1", "at": "2024-05-08T14:05:30", "from": "2", "to": "6"},
]
LESSONS = [
    {"class_discipline": "MAT", "date": f"2024-05-{day:02}", "minutes": 50} for day in (2, 9, 16)
]
MAT = {
    "class_disciplines": [{"class_discipline": "MAT", "class": "7A", "discipline": "MAT"}],
    "discipline_enrolments": [
        {"discipline_enrolment": "D1", "enrolment": "E1", "class_discipline": "MAT"}
    ],
    "lessons": LESSONS,
}


def text(told: list[Explanation], lang: str = "en") -> str:
    """The letter: details set in, everything else flush; the sentence that closes every letter is
    left out."""
    blocks = explanation_letter(told, lang)
    assert blocks[-1].text.startswith(("In brackets", "Entre parênteses"))
    return "\n".join(("   " if b.kind == "detail" else "") + b.text for b in blocks[:-1])


@pytest.fixture(scope="module")
def may(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """E1 left 7A on 2024-05-08, after a load of April that sent it as enrolled."""
    tables = situation(classes=IN_7A, enrolments=[E1], movements=LEFT, **MAT)
    return loads(tmp_path_factory.mktemp("may"), tables, "2024-04", "2024-05")


AN_EXIT = """\
Record P:E1:7A in the load of May 2024
Enrolment E1, student RA1, class 7A, unit U1, period 2024, course EF. The class runs from \
February 5, 2024 to December 13, 2024. Enrolled on February 1, 2024.
Goes in the load as 21 Withdrawn. The last movement was made in the month: this situation goes \
once, in that month (critérios/4).
Situation on May 31, 2024: 6 Desistente in SGE, 21 Withdrawn in SCAE (atenção/7).
   From the last movement by then: situation of the enrolment, May 8, 2024, 14:05:30, row 3 of \
the log.
Effective date: February 5, 2024, the class start, since the enrolment was made by then, on \
February 1, 2024 (efetivação/1).
Mobility date: May 8, 2024, the day of the movement in the log (mobilidade/5).
Student-hours: 2.50 (hora-aluno/4).
   Enrolment E1, disciplines of class 7A: 1 on record, 1 taken in the month, 1 of them with a \
type, 1 with lessons planned; 150 minutes.
   150 minutes / 60 = 2.50 hours, rounded once.
Loads before: the last one to have it was that of April 2024, as 1 Enrolled, with 0.00 hours. Open \
before, and leaves now with a situation of exit.
Where the text leaves something open, this load follows these readings:
   hours_discipline = any_day: a discipline counts if the student was enrolled in it on some day \
of the month.
   hours_prorata = none: the hours are those of the whole month, also in the month of entry or exit.
   hours_unit = clock: an hour has 60 minutes."""

UMA_SAIDA = """\
Registro P:E1:7A na carga de maio de 2024
Matrícula E1, estudante RA1, turma 7A, unidade U1, período letivo 2024, curso EF. A turma vai de \
5 de fevereiro de 2024 a 13 de dezembro de 2024. A matrícula é de 1 de fevereiro de 2024.
Vai na carga como 21 Desistente. A última movimentação foi feita no mês: essa situação vai uma \
vez só, na carga desse mês (critérios/4).
Situação em 31 de maio de 2024: 6 Desistente no SGE, 21 Desistente no SCAE (atenção/7).
   Vem da última movimentação até esse dia: situação de matrícula, 8 de maio de 2024, 14:05:30, \
linha 3 do log.
Data da efetivação: 5 de fevereiro de 2024, o início da turma, porque a matrícula, de 1 de \
fevereiro de 2024, não é posterior a ele (efetivação/1).
Data da mobilidade: 8 de maio de 2024, o dia da movimentação no log (mobilidade/5).
Hora-aluno: 2,50 (hora-aluno/4).
   Matrícula E1, disciplinas da turma 7A: registradas 1, cursadas no mês 1, destas com tipo 1 e \
com aulas planejadas 1; 150 minutos.
   150 minutos / 60 = 2,50 horas, com um só arredondamento.
Cargas anteriores: a última a levá-lo foi a de abril de 2024: 1 Matriculado, com 0,00 horas. \
Estava aberto e sai agora, com uma situação de saída.
Onde o texto deixa algo em aberto, esta carga segue estas leituras:
   hours_discipline = any_day: uma disciplina conta se o estudante a cursou em algum dia do mês.
   hours_prorata = none: as horas são as do mês inteiro, também no mês de entrada ou de saída.
   hours_unit = clock: uma hora tem 60 minutos."""


@pytest.mark.parametrize(("lang", "expected"), [("en", AN_EXIT), ("pt-BR", UMA_SAIDA)])
def test_a_whole_explanation(may, lang, expected):
    assert text(explain(may, "E1"), lang) == expected


def test_the_command_speaks_the_language_of_the_edition(may, capsys):
    assert run(["scae", "explain", str(may), "E1"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for line in UMA_SAIDA.splitlines():
        assert line.strip() in said
    assert run(["scae", "explain", str(may), "E1", "--lang", "en"]) == 0
    assert "Goes in the load as 21 Withdrawn." in " ".join(capsys.readouterr().out.split())
    assert run(["scae", "explain", str(may), "E1", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["scae", "explain", str(may), "E2"]) == 2


CASES_TOLD = [
    # what happened to E1 in 7A, the month, a sentence of the explanation
    (
        "hidden",
        {"movements": [{**LEFT[1], "to": "DEP"}]},
        "2024-05",
        "Does not go in the load. The situation DEP Dependência is never sent to SCAE "
        "(não-enviadas).",
    ),
    (
        "cancelled",
        {"movements": [{**LEFT[1], "to": "CANC"}]},
        "2024-05",
        "Goes in the load with the exclusion command. Cancelled on May 8, 2024, in the month of "
        "the class start of February 5, 2024 or later (exclusão).",
    ),
    (
        "suspended before",
        {"movements": [{**LEFT[1], "to": "5"}]},
        "2024-06",
        "Does not go in the load. Trancado since May 8, 2024: it goes in the month of that "
        "movement only, and again when the enrolment is active (hora-aluno/1).",
    ),
    (
        "left before",
        {"movements": LEFT},
        "2024-06",
        "Does not go in the load. The last movement was made on May 8, 2024, in another month: "
        "this situation goes only in the load of that month (critérios/4).",
    ),
    (
        "class over",
        {"classes": [{**IN_7A[0], "end": "2024-04-30"}]},
        "2024-05",
        "Does not go in the load. The class ended on April 30, 2024, before the month, and no exit "
        "or result was entered: an active enrolment stops with its class (critérios/3).",
    ),
    (
        "corrected date",
        {"movements": LEFT, "enrolments": [{**E1, "mobility_override": "2024-05-03"}]},
        "2024-05",
        "Mobility date: May 3, 2024, from the complement field that corrects the May 8, 2024 of "
        "the log (mobilidade/5).",
    ),
    (
        "a class that is nowhere",
        {"classes": [{**IN_7A[0], "class": "8A"}]},
        "2024-05",
        "Withheld: it does not go in the load until this is corrected: E-CLASS-MISSING.",
    ),
    (
        "a class without a start",
        {"classes": [{"class": "7A", "end": "2024-12-13"}]},
        "2024-05",
        "   Error E-CLASS-NOSTART: the class 7A has no start date. Screen: Class (academic "
        "management) (row 2 of classes).",
    ),
]


@pytest.mark.parametrize(
    ("tables", "month", "expected"), [c[1:] for c in CASES_TOLD], ids=[c[0] for c in CASES_TOLD]
)
def test_what_is_said(tables, month, expected, tmp_path):
    given = {"classes": IN_7A, "enrolments": [E1], **tables}
    folder = loads(tmp_path, situation(**given), month)
    assert expected in text(explain(folder, "E1")).splitlines()


def test_a_withheld_record_says_what_it_would_be(tmp_path):
    """R60: the field categoria is required and empty."""
    tables = situation(classes=IN_7A, enrolments=[E1], movements=LEFT[:1])
    source = write(tmp_path / "s", tables, required={"basic": ["categoria"]})
    said = text(explain(extract(source, "2024-03", tmp_path / "r"), "E1")).splitlines()
    assert said[2:5] == [
        "Withheld: it does not go in the load until this is corrected: E-REQ. Otherwise it would "
        "go as 1 Enrolled. The enrolment is active at the end of the month, and the class has "
        "begun and did not end before the month: it goes every month until an exit (hora-aluno/1).",
        "To be corrected in SGE:",
        "   Error E-REQ: the required field categoria is empty. Screen: Enrolment in the academic "
        "period, complement fields (row 2 of enrolments).",
    ]
    assert "Loads before: not known, since this one was made without a ledger (--ledger)." in said


def test_several_records_begin_with_a_list(tmp_path):
    """R12: E1 went from 7A to 7B in May, and the row of today says 7B."""
    classes = [*IN_7A, {**IN_7A[0], "class": "7B"}]
    log = [{**LEFT[1], "to": "31", "class": "7A"}]
    rows = [{"enrolment": "E1", "class": "7B"}]
    folder = loads(tmp_path, situation(classes=classes, enrolments=rows, movements=log), "2024-05")
    said = text(explain(folder, "RA1")).splitlines()
    assert said[:4] == [
        "2 records considered for the load of May 2024",
        "   P:E1:7A: Goes in the load as 20 Class transfer.",
        "   P:E1:7B: Goes in the load as 1 Enrolled.",
        "Record P:E1:7A",
    ]
    assert "In this class since May 8, 2024." in "\n".join(said)
    assert "   No movement was made in this class yet: it is the situation of today, row 2." in said


def test_a_preview_and_a_part_say_so(tmp_path):
    source = write(tmp_path / "s", situation(classes=IN_7A, enrolments=[E1], movements=LEFT))
    more = ("--only", "class=7A", "--today", "2024-05-20")
    said = text(explain(extract(source, "2024-05", tmp_path / "r", *more), "E1")).splitlines()
    assert said[1:3] == [
        "The month was not over: what is told here may still change.",
        "This load is only of a part of the network: class = 7A.",
    ]


def test_an_eja_course(tmp_path):
    """R14, R28: EA approved in June, EB running in September."""
    tables = situation(
        classes=[
            {"class": "EA", "template": "neja", "start": "2024-02-05", "end": "2024-06-28"},
            {"class": "EB", "template": "neja", "series": "2", "start": "2024-07-22",
             "end": "2024-12-13"},
        ],
        enrolments=[
            {"enrolment": "EA", "class": "EA", "reference": "EA"},
            {"enrolment": "EB", "class": "EB", "reference": "EA", "enrolled_on": "2024-07-15"},
        ],
        movements=[
            {"enrolment": "EA", "at": "2024-06-20T09:00:00", "from": "", "to": "9",
             "column": "result"},
        ],
        course_series=[
            {"course": "NEJA", "series": name, "order": n} for n, name in enumerate("123", 1)
        ],
    )  # fmt: skip
    said = text(explain(loads(tmp_path, tables, "2024-09"), "EB"))
    expected = """\
   There is no log: it is the situation of today, row 3.
   It is the situation of the enrolment EB.
Effective date: February 5, 2024, the start of the class of the reference enrolment, which was \
made by then, on February 1, 2024 (efetivação/5).
Mobility date: none, since the situation is no exit (mobilidade/1).
The EJA course NEJA counts as one record, that of the reference enrolment EA (matrícula/2).
   Series of the course: 1 approved, 2 enrolled, not approved, 3 without an enrolment.
   Enrolment EA, class EA (from February 5, 2024 to June 28, 2024): 9 Aprovado. It is the reference.
   Enrolment EB, class EB (from July 22, 2024 to December 13, 2024): 2 Matriculado. Its situation \
counts.
Student-hours: blank; no discipline is on record (hora-aluno/4).
Disciplines: none goes; the enrolment did not move in the month, and no discipline with a SCAE \
code came to Aprovado or Competência Certificada in it (competências/4)."""
    assert expected in said


# --- nothing can be met without words ------------------------------------------------------------


def test_every_reason_has_its_words():
    """A reason that is an error is told by its finding."""
    finer = {"hidden", "silent"}  # told by itself, or with a word more
    for reason in REASONS:
        assert reason.code in (WORDS if reason.code.startswith("E-") else CAUSES), reason.code
    assert finer <= CAUSES.keys()


def test_every_choice_of_every_reading_has_its_words():
    readings = edition().readings.values()
    told = {(reading.name, choice) for reading in readings for choice in reading.choices}
    assert told - READINGS.keys() == {("resend", "replace"), ("resend", "merge")}
    assert READINGS.keys() <= told


def test_every_situation_of_the_tables_has_its_name():
    for level in ("basic", "continuing", "disciplines"):
        assert edition().value(f"situations_{level}").keys() <= SGE_NAMES[level].keys()


def test_every_case_of_a_date_has_its_words():
    assert {*CASES, *(f"reference_{case}" for case in CASES)} <= EFFECTIVE.keys()


@pytest.mark.parametrize("words", [CAUSES, EFFECTIVE, MOBILITY, HOURS], ids=lambda w: next(iter(w)))
def test_every_sentence_ends_with_the_stop_that_its_clause_goes_before(words):
    for code in words.values():
        english, _ = declared()[code]
        assert english.endswith(".")
        assert not english.endswith("..")
