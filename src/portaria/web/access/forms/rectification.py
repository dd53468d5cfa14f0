"""The correction of one candidate's rows, as a form of her own tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict

from portaria.regulations.access.procedures.rectification import STARTERS
from portaria.web.access.forms.institution import lazily
from portaria.web.access.rectifications import columns

Rows = list[dict[str, str]]
SPARE = {"exams": 2, "prerequisites": 1, "options": 1}
"""Empty rows that a table of the form has after those that stand."""
NAMES = {
    "candidate": lazily("Candidate"),
    "institution": lazily("Institution"),
    "office": lazily("Office"),
}
LABELS = {
    "candidate": lazily("Candidate"),
    "name": lazily("Name"),
    "civil_id": lazily("Civil identification"),
    "secondary": lazily("Secondary grade (0 to 200)"),
    "secondary_with_pe": lazily("Secondary grade with physical education (0 to 200)"),
    "two_cycle_a": lazily("First cycle's grade (0 to 20)"),
    "two_cycle_b": lazily("Second cycle's grade (0 to 20)"),
    "has_final_grade": lazily("Has a final grade"),
    "area": lazily("Area of the school"),
    "area_year11": lazily("Area of the school of the 11th year"),
    "area_recognised": lazily("Recognised area"),
    "secondary_course": lazily("Secondary course"),
    "residence": lazily("Municipality of residence"),
    "secondary_municipality": lazily("Municipality of that course"),
    "claims_regional": lazily("Claims the regional preference"),
    "azores": lazily("Azores quota (clause)"),
    "madeira": lazily("Madeira quota (clause)"),
    "emigrant": lazily("Emigrant quota"),
    "military": lazily("Military quota"),
    "disability": lazily("Disability quota"),
    "excluded": lazily("Excluded by (clause)"),
    "exam": lazily("Exam"),
    "programme": lazily("Programme"),
    "grade": lazily("Grade (0 to 200)"),
    "group": lazily("Group of the prerequisite"),
    "passed": lazily("Passed"),
    "order": lazily("Order"),
}
"""The columns of a candidate's tables, in words."""
FLAGS = frozenset(
    ("has_final_grade", "claims_regional", "emigrant", "military", "disability", "passed")
)
"""The columns that say yes or no."""
TABLE_NAMES = {
    "candidates": lazily("Candidate's record"),
    "exams": lazily("Exams"),
    "prerequisites": lazily("Prerequisites"),
    "options": lazily("Options"),
}


class Who(forms.Form):
    """Whose result is rectified."""

    candidate = forms.CharField(label=lazily("Candidate's code"), max_length=100)


class Ground(forms.Form):
    """Who started it, and whose cause it is (57/1, 57/2)."""

    started_by = forms.ChoiceField(
        label=lazily("Started by"), choices=[(name, NAMES[name]) for name in STARTERS],
        initial="office",
    )  # fmt: skip
    own_cause = forms.BooleanField(label=lazily("The cause is the candidate's own"), required=False)


class Return(forms.Form):
    """Why the director returns it."""

    reasons = forms.CharField(
        label=lazily("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


def shown(rows: Mapping[str, Rows], sent: QueryDict | None = None) -> dict[str, Rows]:
    """The rows of the form: those that stand, or what was sent, with empty ones to fill in."""
    found = {}
    for table, stand in rows.items():
        own = [name for name in columns(table) if name != "candidate"]
        filled = (_sent(table, sent) if sent else None) or [
            {name: row.get(name, "") for name in own} for row in stand
        ]
        if table == "candidates" and not filled:
            filled = [dict.fromkeys(own, "")]
        found[table] = filled + [dict.fromkeys(own, "") for _ in range(SPARE.get(table, 0))]
    return found


def _sent(table: str, sent: QueryDict) -> Rows:
    """Fields `TABLE:COLUMN` repeated, a value a row; rows with nothing in them are left out."""
    own = [name for name in columns(table) if name != "candidate"]
    lists = [sent.getlist(f"{table}:{name}") for name in own]
    rows = [dict(zip(own, (cell.strip() for cell in cells), strict=True))
            for cells in zip(*lists, strict=False)]  # fmt: skip
    return [row for row in rows if any(row.values())]


def corrected(candidate: str, stand: Mapping[str, Rows], sent: QueryDict) -> dict[str, Rows]:
    """The tables that differ from those that stand, her rows whole."""
    patch = {}
    for table in stand:
        rows = [{"candidate": candidate, **row} for row in _sent(table, sent)]
        if _sorted(rows) != _sorted(stand[table]):
            patch[table] = rows
    return patch


def _sorted(rows: Sequence[Mapping[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)
