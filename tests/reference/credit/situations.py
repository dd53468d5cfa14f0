"""How a case is written short: the parts of a request that it need not repeat."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .documents import CERTIFIED, NEEDED

Row = dict[str, Any]

CASES = Path(__file__).parent / "cases"
SCALARS = ("submitted_on", "year_start", "late_authorised_on", "waiver_reasoned", "holidays")
OPTIONAL = ("granted_before", "experience_years")
PAPERS = {"certified": [*CERTIFIED], "experience": [*NEEDED, "target_units"]}
HOST = {"A": ["27", "30"], "B": ["25", "26"], "C": ["23", "24"], "D": ["20", "22"]}
HOME = {"A": ["16", "20"], "B": ["15", "15"], "C": ["14", "14"], "D": ["12", "13"]}


def read_cases() -> Iterator[Row]:
    """`like` takes everything of an earlier case that is not said anew."""
    known: dict[str, Row] = {}
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            whole = {**known.get(case.get("like", ""), {}), **case}
            known[case["id"]] = whole
            yield whole


def request_of(case: Row) -> Row:
    """The request of the contract; a licenciatura of 180 credits asked for in time in 2017."""
    degree = {"cycle": "licenciatura", "credits": "180", **case.get("degree", {})}
    request: Row = {
        "degree": {"course_credits": None, **degree},
        "year_start": "2017-09-18",
        "submitted_on": "2017-10-02",
        "late_authorised_on": None,
        "waiver_reasoned": False,
        "holidays": {"municipal": [], "closures": []},
    }
    request |= {name: case[name] for name in SCALARS if name in case}
    request |= {name: case[name] for name in OPTIONAL if case.get(name)}
    request["items"] = [item_of(row, n) for n, row in enumerate(case["items"])]
    return request


def item_of(row: Row, number: int) -> Row:
    """ "" is null. `papers`: the documents and the assessment of another kind than the origin's."""
    kind = row.get("papers", "experience" if row["origin"] == "experience" else "certified")
    item = {
        "id": "abcdefghij"[number],
        **{"root": None, "credits": "6", "hours": None, "target": f"UC{number}"},
        **{"recognised_institution": True, "country": "PT", "source_credited": False},
        "assessment": ["portfolio"] if kind == "experience" else [],
        **{"requested_documents_on": None, "documents": PAPERS[kind]},
        **{key: None if value == "" else value for key, value in row.items()},
    }
    default = "" if kind == "experience" else "14"
    item["grade"] = grade_of(row.get("grade", default), item.pop("classes", ""))
    item.pop("papers", None)
    if item["credits"] is None:
        item.pop("credits")
    return item


def grade_of(text: str, classes: str) -> Row | None:
    """`14` is Portuguese, `7/5/10` foreign with its pass mark and its best grade."""
    if not text:
        return None
    value, *ends = text.split("/")
    if not ends:
        return {"value": value, "scale": "pt", "min_pass": None, "max": None}
    grade: Row = {"value": value, "scale": "foreign"}
    grade["min_pass"], grade["max"] = (end or None for end in ends)
    if classes:
        grade["host_classes"] = HOST
    if classes == "both":
        grade["home_classes"] = HOME
    return grade
