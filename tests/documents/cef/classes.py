"""A generated class of twenty-two, good to look at, and what is written beside its tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from pypdf import PdfReader
from reference.cef.folder import write

from portaria.documents.cef.records import CourseRecord, Meeting, PafDay, Papers, Plan, School
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.evaluate import Evaluation, evaluate
from portaria.regulations.cef.read import read_course

ON = date(2026, 7, 27)
NAMES = """
    Ágata Sofia Inventada Lourenço|Afonso Miguel Feliz Prado|Beatriz Alva Montenegro
    Bruno Rafael Sintra Vidal|Carolina de Jesus Ameal Fontes|Constança Vale Encarnação
    Daniel Filipe Roxo Abrunhosa|Diogo Alexandre da Conceição Sampaio Guimarães de Vasconcelos
    Eduarda Pires Amoroso|Fábio André Nogueira Lima|Gabriel Torres Paço
    Helena Isabel Quental Rebordão|Iara Duarte Boavida|João Pedro Além Ribeiro
    Kevin Santiago Mourão|Lara Cristina Espinheira Ídolo|Márcio Teles Ourique
    Nádia Fonseca Unhão|Óscar Emanuel Batalha|Rita Gouveia Zarco|Simão Pimenta Xavier
    Tomé Evaristo Castelo-Branco
"""
SUBJECTS = (
    ("Português", "sociocultural"),
    ("Inglês", "sociocultural"),
    ("Cidadania e Mundo Atual", "sociocultural"),
    ("Tecnologias de Informação e Comunicação", "sociocultural"),
    ("Higiene, Saúde e Segurança no Trabalho", "sociocultural"),
    ("Educação Física", "sociocultural"),
    ("Matemática Aplicada", "scientific"),
    ("Francês Técnico", "scientific"),
    ("Ciências Naturais", "scientific"),
    ("Serviço de Restaurante", "technological"),
    ("Serviço de Bar", "technological"),
    ("Acolhimento e Atendimento", "technological"),
)
UNITS = ("Preparação", "Execução", "Organização")


def names() -> list[str]:
    """Twenty-two full names, one of them very long."""
    return [name.strip() for line in NAMES.split("|") for name in line.split("\n") if name.strip()]


def tables(
    students: int = 22, subjects: int = 12, domains: bool = True, seed: int = 7
) -> dict[str, Any]:
    """The tables of the contract: most fare well, some have every other outcome."""
    rng = Random(seed)
    known = [*names(), *(f"Aluna Gerada Número {n}" for n in range(students))][:students]
    taught = [*SUBJECTS[:subjects]]
    for n in range(subjects - len(taught)):
        taught.insert(6, (f"Disciplina Inventada de Nome Comprido {n + 1}", "sociocultural"))
    made: dict[str, Any] = {
        "course": {
            "start": date(2024, 9, 13),
            "school_year_start": date(2024, 9, 1),
            "technological_by": "domains" if domains else "units",
        },
        "students": [_student(rng, number, name) for number, name in enumerate(known, 1)],
        "subjects": [_subject(*subject) for subject in taught],
        "units": [unit for subject in taught for unit in _units(*subject)],
        "unit_grades": [],
        "absences": [],
        "internship": [],
        "paf": [],
    }
    for number in range(1, students + 1):
        _fill(rng, made, number)
    return made


def _student(rng: Random, number: int, name: str) -> dict[str, str]:
    born = date(2008, 9, 10) + timedelta(days=rng.randint(0, 600))
    path = ("professional", "none", "scientific")[number % 3]
    return {"student": f"{number}", "name": name, "birth_date": str(born), "next_path": path}


def _subject(name: str, component: str) -> dict[str, str]:
    years = {"planned_minutes_1": "4500", "planned_minutes_2": "4500"}
    return {"subject": name, "component": component, **years, "lesson_minutes": "50"}


def _units(subject: str, component: str) -> list[dict[str, str]]:
    technological = component == "technological"
    return [
        {
            "unit": f"{8200 + n} · {kind} ({subject})" if technological else f"{subject} {n}",
            "subject": subject,
            "domain": subject if technological else "",
            "planned_minutes": "1500" if technological else "3000",
            "catalogue": "CNQ 2024" if technological else "",
            "done": "true",
        }
        for n, kind in enumerate(UNITS, 1)
    ]


def _fill(rng: Random, made: dict[str, Any], number: int) -> None:
    """The grades and absences of one; every fifth fares less well in some other way."""
    student, kind = f"{number}", number % 10
    for unit in made["units"]:
        level = rng.choice((3, 3, 4, 4, 5))
        technological = bool(unit["domain"])
        if (kind == 3 and technological) or kind == 8:
            level = rng.choice((1, 2, 2))
        if kind == 5 and unit["subject"] == "Matemática Aplicada":
            level = 2
        if kind == 8 and unit["subject"] == "Inglês":
            level = 3
        row = {"student": student, "unit": unit["unit"], "level": f"{level}", "percent": ""}
        made["unit_grades"].append(row)
    for subject in made["subjects"]:
        often = 21 if kind == 8 and subject["subject"] == "Português" else rng.choice((0, 0, 2, 6))
        made["absences"] += _absences(rng, student, subject["subject"], often)
    absent = 700 if kind == 9 else rng.choice((0, 60, 420, 630))
    made["internship"].append(
        {
            "student": student,
            "absent_minutes": f"{absent}",
            "justified_minutes": "0",
            "made_up_minutes": "0",
            "level": f"{rng.choice((3, 4, 5))}",
        }
    )
    if kind != 9:
        made["paf"].append(
            {
                "student": student,
                "level": "" if kind == 7 else f"{rng.choice((3, 4, 4, 5))}",
                "percent": "78.5" if kind == 7 else "",
                "absent": "false",
                "justified": "false",
            }
        )


def _absences(rng: Random, student: str, subject: str, often: int) -> list[dict[str, str]]:
    first = date(2025, 9, 15)
    return [
        {
            "student": student,
            "subject": subject,
            "date": str(first + timedelta(days=7 * lesson)),
            "minutes": "50",
            "justified": "false" if often > 20 or rng.random() < 0.5 else "true",
            "cause": "ordinary",
        }
        for lesson in range(often)
    ]


def excluded(student: str, subject: str = "", decided_on: str = "2026-05-20") -> dict[str, str]:
    """A decision to exclude, with no subject from the practical component."""
    return {
        "student": student,
        "subject": subject,
        "decided_on": decided_on,
        "other_path": "impossible",
        "redirected_on": "",
        "recovery_worked": "false",
        "school_fault": "false",
    }


def course_of(folder: Path, given: dict[str, Any]) -> Course:
    """The class of these tables, read from the folder they are written to."""
    write(given, folder)
    course, problems = read_course(folder)
    assert course is not None, problems[:5]
    return course


def evaluated(folder: Path, on: date = ON, **asked: Any) -> Evaluation:
    """The generated class on a day."""
    return evaluate(course_of(folder, tables(**asked)), on)


PAPERS = Papers(
    school=School(
        name="Agrupamento de Escolas de Vila Inventada",
        place="Vila Inventada",
        director="Olívia Marques Serrano",
    ),
    course=CourseRecord(
        name="Empregado/a de Restaurante e Bar",
        class_name="CEF 2.º A",
        school_year="2025/2026",
        course_director="Artur Campelo",
        class_director="Dulce Figueira",
    ),
    paf=PafDay(place="Restaurante pedagógico, sala 12", at=datetime(2026, 7, 20, 10)),
)
TEAM = (
    "Dulce Figueira", "Artur Campelo", "Elsa Morgado", "Ivo Barradas", "Luísa Penha",
    "Norberto Sá", "Paula Esteves", "Quitéria Rolo",
)  # fmt: skip


def meeting(**more: Any) -> dict[str, Any]:
    """A record of a grading meeting, and what is different in it."""
    votes = dict.fromkeys(TEAM, "a favor") | dict.fromkeys(TEAM[4:], "contra")
    return {
        "held_on": "2026-07-24T14:30:00",
        "ended_at": "2026-07-24T17:10:00",
        "number": 9,
        "place": "Sala 4",
        "chair": TEAM[0],
        "secretary": TEAM[2],
        "attendance": [
            *({"name": name, "role": "Docente"} for name in TEAM),
            {"name": "Teresa Vinhas", "role": "Docente de Francês Técnico", "present": False},
            {"name": "Ursula Prata", "role": "Psicóloga", "votes": False},
        ],
        "topics": [
            {"title": "Informações", "text": "A diretora de turma deu conta do calendário."},
            {
                "title": "Avaliação final",
                "text": "Cada docente apresentou a sua proposta.\nA equipa apreciou-as uma a uma.",
                "decisions": [
                    {
                        "question": "Ratificar as classificações propostas",
                        "consensus": True,
                        "reasons": "As propostas seguem os critérios aprovados.",
                    },
                    {
                        "question": "Propor um percurso diferente ao aluno n.º 8",
                        "votes": votes,
                        "reasons": "O aluno ultrapassou o limite de faltas a Português.",
                    },
                ],
            },
        ],
    } | more


def meeting_record(**more: Any) -> Meeting:
    """The same, as the program reads it."""
    return Meeting.model_validate(meeting(**more))


PLAN = Plan(
    student="2",
    host="Restaurante Maré Inventada, Lda.",
    monitor="Vasco Rebelo",
    teacher="Ivo Barradas",
    aims="Servir à mesa com autonomia.\nAtender clientes em duas línguas.",
    contents="Mise-en-place; serviço de mesa; caixa.",
    programme="Semanas 1 e 2: copa e sala. Semanas 3 a 6: serviço acompanhado.",
    period="De 1 de junho a 10 de julho de 2026",
    hours="Das 10:00 às 14:00 e das 18:00 às 21:00, de terça-feira a sábado",
    places="Restaurante Maré Inventada, Vila Inventada",
    follow_up="Visita semanal do professor orientador; folha de presenças diária; relatório.",
)


def text_of(content: bytes) -> str:
    """The words of a PDF, spaces as one; places to break inside words are left out."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(" ".join(pages).replace("\u200b", "").replace("\u00a0", " ").split())
