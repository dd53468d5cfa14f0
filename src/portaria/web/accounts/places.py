"""The institutions that the tables of contests name."""

from __future__ import annotations


def institutions() -> list[tuple[str, str]]:
    """Code and name of each institution of any contest, by code."""
    from portaria.web.access.models import Programme  # accounts stands before access

    rows = (
        Programme.objects.filter(institution__gt="")
        .order_by("institution", "-contest")
        .values_list("institution", "institution_name")
        .distinct()
    )
    names: dict[str, str] = {}
    for code, name in rows:
        if code is not None and not names.get(code):
            names[code] = name or ""
    return sorted(names.items())
