"""Small contests from words, and what an engine makes of them.

The same worked cases run on the reference and on the program: `engine` is the one in use.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from . import place as reference_place
from .contest import Row
from .markets import COLUMNS

Engine = Callable[..., dict[str, list[Row]]]
engine: Engine = reference_place


def place(tables: "Tables", policy: Mapping[str, str] | None = None) -> dict[str, list[Row]]:
    """The result tables of the engine in use."""
    return engine(tables, policy or {})


Tables = dict[str, list[Row]]
Changes = dict[str, dict[str, object]]  # programme or candidate to changed columns


def programme(code: str, **changes: object) -> Row:
    """One seat, half secondary and half exam, nothing else asked."""
    row: Row = {"programme": code, "seats": 1, "w_secondary": Decimal(50)}
    row |= {"w_prerequisite": Decimal(0), "min_exam": Decimal(0), "min_grade": Decimal(0)}
    row |= {"prerequisite": None, "prerequisite_kind": None, "sport": False}
    row |= {"island_university": None, "regional_share": Decimal(0)}
    return row | {"vocational_share": Decimal(0)} | changes


def candidate(code: str, **changes: object) -> Row:
    """Secondary grade 100, final grade, no special quota."""
    row: Row = {"candidate": code, "secondary": Decimal(100), "has_final_grade": True}
    return row | changes


def contest(
    lists: dict[str, str],
    forms: dict[str, str],
    programmes: Changes | None = None,
    people: Changes | None = None,
) -> Tables:
    """A contest from words: `lists` ranks the candidates of each programme ("A B=C": B and C
    tied; who is not listed did not take its exam), `forms` has each candidate's options."""
    tables: Tables = {name: [] for name in COLUMNS}
    for code, listed in lists.items():
        tables["programmes"].append(programme(code, **(programmes or {}).get(code, {})))
        key = {"programme": code, "set": 1, "exam": f"exam-{code}"}
        tables["exam_sets"].append({**key, "weight": Decimal(50)})
        for position, tied in enumerate(listed.split()):
            for who in tied.split("="):
                grade = {"programme": None, "grade": 200 - 10 * position}
                tables["exams"].append({"candidate": who, "exam": f"exam-{code}", **grade})
    for who, form in forms.items():
        tables["candidates"].append(candidate(who, **(people or {}).get(who, {})))
        for order, code in enumerate(form.split(), start=1):
            tables["options"].append({"candidate": who, "order": order, "programme": code})
    return tables


def placed(tables: Tables, **policy: str) -> dict[str, str]:
    """Candidate to "programme quota", of those placed."""
    rows = place(tables, policy)["placements"]
    return {
        r["candidate"]: f"{r['programme']} {r['quota']}" for r in rows if r["result"] == "placed"
    }


def seats_of(tables: Tables, code: str) -> Row:
    return next(row for row in place(tables)["seats"] if row["programme"] == code)
