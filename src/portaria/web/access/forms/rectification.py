"""The correction of one candidate's rows, as a form of her own tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict

from portaria.regulations.access.procedures.rectification import STARTERS
from portaria.web.access.forms.institution import told
from portaria.web.access.rectifications import columns

Rows = list[dict[str, str]]
SPARE = {"exams": 2, "prerequisites": 1, "options": 1}
"""Empty rows that a table of the form has after those that stand."""
NAMES = {
    "candidate": told("Candidate"),
    "institution": told("Institution"),
    "office": told("Office"),
}
LABELS = {
    "candidate": told("Candidate"),
    "name": told("Name"),
    "civil_id": told("Civil identification"),
    "secondary": told("Secondary grade (0 to 200)"),
    "secondary_with_pe": told("Secondary grade with physical education (0 to 200)"),
    "two_cycle_a": told("First cycle's grade (0 to 20)"),
    "two_cycle_b": told("Second cycle's grade (0 to 20)"),
    "has_final_grade": told("Has a final grade (true or false)"),
    "area": told("Area of the school"),
    "area_year11": told("Area of the school of the 11th year"),
    "area_recognised": told("Recognised area"),
    "secondary_course": told("Secondary course"),
    "residence": told("Municipality of residence"),
    "secondary_municipality": told("Municipality of that course"),
    "claims_regional": told("Claims regional preference (true or false)"),
    "azores": told("Azores quota (clause)"),
    "madeira": told("Madeira quota (clause)"),
    "emigrant": told("Emigrant quota (true or false)"),
    "military": told("Military quota (true or false)"),
    "disability": told("Disability quota (true or false)"),
    "excluded": told("Excluded by (clause)"),
    "exam": told("Exam"),
    "programme": told("Programme"),
    "grade": told("Grade (0 to 200)"),
    "group": told("Group of the prerequisite"),
    "passed": told("Passed (true or false)"),
    "order": told("Order"),
}
"""The columns of a candidate's tables, in words."""
TABLE_NAMES = {
    "candidates": told("Candidate's record"),
    "exams": told("Exams"),
    "prerequisites": told("Prerequisites"),
    "options": told("Options"),
}


class Who(forms.Form):
    """Whose result is rectified."""

    candidate = forms.CharField(label=told("Candidate's code"), max_length=100)


class Ground(forms.Form):
    """Who started it, and whose cause it is (57/1, 57/2)."""

    started_by = forms.ChoiceField(
        label=told("Started by"), choices=[(name, NAMES[name]) for name in STARTERS],
        initial="office",
    )  # fmt: skip
    own_cause = forms.BooleanField(label=told("The cause is the candidate's own"), required=False)


class Return(forms.Form):
    """Why the director returns it."""

    reasons = forms.CharField(
        label=told("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
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
