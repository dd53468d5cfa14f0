"""Small contests for the procedures that follow a result, said in words.

Programmes are `code: "seats sets"`, a set being its exams joined by `+`; candidates are
`code: "secondary exam=grade ... > option option"`.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import polars as pl
from made import place, read, write
from reference import words
from reference.markets import COLUMNS, random_contest, write_contest

from portaria.regulations.access.folder import Results
from portaria.regulations.access.later.prepare import prepare
from portaria.regulations.access.procedures.exchange import exchange
from portaria.regulations.access.procedures.exchange_case import Request
from portaria.regulations.access.procedures.outcome import Change, Outcome
from portaria.regulations.access.procedures.phases import Phases
from portaria.tables.schema import SOURCE_ROW

Tables = dict[str, list[dict[str, Any]]]
Words = Mapping[str, str]
NONE: Mapping[str, Any] = MappingProxyType({})
ENROLMENTS = {
    "candidate": pl.String,
    "enrolled": pl.Boolean,
    "programme": pl.String,
    "cancelled": pl.Boolean,
}


def tables_of(
    programmes: Words,
    candidates: Words,
    terms: words.Changes = NONE,  # type: ignore[assignment]
    people: words.Changes = NONE,  # type: ignore[assignment]
) -> Tables:
    """The tables of a contest in words; `terms` and `people` change columns of one row."""
    tables: Tables = {name: [] for name in COLUMNS}
    for code, said in programmes.items():
        seats, *sets = said.split()
        row = words.programme(code, seats=int(seats), **terms.get(code, {}))
        tables["programmes"].append(row)
        rest = 100 - row["w_secondary"] - row["w_prerequisite"]  # type: ignore[operator]
        for number, exams in enumerate(sets, 1):
            tables["exam_sets"] += weighted(code, number, exams.split("+"), Decimal(rest))
    for code, said in candidates.items():
        facts, _, form = said.partition(">")
        secondary, *exams = facts.split()
        row = words.candidate(code, secondary=Decimal(secondary), **people.get(code, {}))
        tables["candidates"].append(row)
        for each in exams:
            exam, _, grade = each.partition("=")
            key = {"candidate": code, "exam": exam, "programme": None}
            tables["exams"].append({**key, "grade": int(grade)})
        for order, programme in enumerate(form.split(), 1):
            key = {"candidate": code, "order": order, "programme": programme}
            tables["options"].append(key)
    return tables


def weighted(code: str, number: int, exams: list[str], rest: Decimal) -> list[dict[str, Any]]:
    """One exam set of a programme, the rest of the weight shared out."""
    share = (rest / len(exams)).quantize(Decimal("0.01"))
    weights = [rest - share * (len(exams) - 1), *[share] * (len(exams) - 1)]
    key = {"programme": code, "set": number}
    return [{**key, "exam": e, "weight": w} for e, w in zip(exams, weights, strict=True)]


def placed(tables: Tables, folder: Path, name: str = "first") -> Results:
    """The results of a first phase."""
    return place(write(tables, folder / f"{name}-contest"), folder / f"{name}-results")


def placed_again(
    before: Results, tables: Tables, enrolments: pl.DataFrame, folder: Path
) -> Results:
    """The results of phase 2 after `before`."""
    contest = folder / "second-contest"
    full = {
        name: [dict.fromkeys(columns) | row for row in tables.get(name, [])]
        for name, columns in COLUMNS.items()
    }
    write_contest(full, contest, phase=2)
    (contest / "previous").mkdir()
    for name in ("placements", "seats", "holders"):
        shutil.copy(before.folder / f"{name}.csv", contest / "previous")
    enrolments.write_csv(contest / "enrolments.csv")
    assert read(contest).phase == 2
    return place(contest, folder / "second-results")


def following(
    before: Results, tables: Tables, enrolments: pl.DataFrame, folder: Path, **opened: int
) -> Results:
    """The results of the phase after `before`, prepared as `access next` prepares it."""
    people = {
        name: pl.DataFrame(
            [dict.fromkeys(COLUMNS[name]) | row for row in tables[name]], infer_schema_length=None
        )
        for name in ("candidates", "options", "exams")
    }
    contest = folder / f"contest-after-{before.manifest['phase']}"
    contest.mkdir()
    codes = pl.DataFrame({"programme": [*opened], "seats": [*opened.values()]})
    schema = {"programme": pl.String, "seats": pl.Int64}
    prepare(before, contest, enrolments, people, codes.cast(schema))
    return place(contest, folder / f"results-after-{before.manifest['phase']}")


def enrolments(*rows: tuple[str, bool, str | None, bool]) -> pl.DataFrame:
    """A table of enrolments."""
    return pl.DataFrame(list(rows), schema=ENROLMENTS, orient="row")


def everyone(results: Results) -> pl.DataFrame:
    """Everybody with a seat enrolled in it."""
    held = results.table("holders", pl.lit(True))["candidate"]
    return enrolments(*((candidate, True, None, False) for candidate in held))


DAYS = {
    "enrolled_first": date(2017, 9, 12),
    "enrolled_second": date(2017, 9, 13),
    "on": date(2017, 9, 20),
}


def ask(results: Results | Phases, first: str, second: str, **changes: Any) -> Outcome:
    """An exchange asked for in time; `changes` of the request, `policy` for readings."""
    phases = results if isinstance(results, Phases) else Phases(results)
    policy = changes.pop("policy", {})
    return exchange(phases, Request(first, second, **{**DAYS, **changes}), policy)


def applied(seats: Mapping[str, str | None], changes: tuple[Change, ...]) -> dict[str, str | None]:
    """Candidate to programme after `changes`; who was in no list is added."""
    return {**seats, **{each.candidate: each.after.programme for each in changes}}


def failing(outcome: Outcome) -> set[str]:
    """The codes of the conditions that are not met, with whom they are about."""
    return {
        " ".join(filter(None, (each.code, str(each.params.get("candidate") or ""))))
        for each in outcome.failing
    }


def seats_now(results: Results) -> dict[str, str | None]:
    """Candidate to programme, None for nobody's."""
    rows = results.table("placements", pl.lit(True))
    return dict(zip(rows["candidate"], rows["programme"], strict=True))


PATTERNS = (["02"], ["07+16"], ["02", "07"], ["18", "19+20"], ["02", "07+16"])


def random_tables(rng: Random, candidates: int, programmes: int, *, quotas: bool) -> Tables:
    """A random contest in which some programmes ask for the same exams, or share a set."""
    tables = random_contest(rng, candidates, programmes, quotas=quotas)
    tables["exam_sets"] = []
    for row in tables["programmes"]:
        rest = 100 - Decimal(str(row["w_secondary"])) - Decimal(str(row["w_prerequisite"]))
        for number, exams in enumerate(rng.choice(PATTERNS[: rng.randint(1, 5)]), 1):
            code = str(row["programme"])
            tables["exam_sets"] += weighted(code, number, exams.split("+"), rest)
    return tables


MOVES = {
    "candidate": pl.String,
    "programme": pl.String,
    "student_consents": pl.Boolean,
    "institution_consents": pl.Boolean,
    "origin_consents": pl.Boolean,
}


def moves(*rows: tuple) -> pl.DataFrame:
    """Who goes where, and who agrees: the student, the institution there, that of origin."""
    frame = pl.DataFrame([(*row, None)[:5] for row in rows], schema=MOVES, orient="row")
    return frame.with_row_index(SOURCE_ROW, offset=2)


def patch(folder: Path, **tables: str) -> Path:
    """A patch folder from CSV texts."""
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def exam(candidate: str, **grades: int) -> str:
    """The table of exams of one candidate; `e19=170` is exam 19."""
    rows = [f"{candidate},{name[1:]},,{grade}" for name, grade in grades.items()]
    return "\n".join(["candidate,exam,programme,grade", *rows]) + "\n"
