"""The series of a course in their order: as the mapping lists them, or as SGRADE chains them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from portaria.regulations.scae.rm.base import COLIGADA, Source
from portaria.regulations.scae.rm.values import modality, text

DOUBLINGS = 4
LONGEST = 2**DOUBLINGS
"""Steps from the first series to the last; a chain as long as this goes round."""

COURSE = ["CODCOLIGADA", "course"]
EDGE = [*COURSE, "series", "next"]


def course_series(source: Source) -> ir.Table:
    """course, series, order (from 1); `order` is null where a chain does not tell it."""
    listed = source.mapping.listed
    return _chained(source) if listed is None else _listed(source, listed)


def _listed(source: Source, listed: Mapping[str, tuple[str, ...]]) -> ir.Table:
    courses = source.table("SCURSO")
    rows = [
        courses.filter(text(courses.CODCURSO) == course).select(
            course=text(courses.CODCURSO),
            series=ibis.literal(series),
            order=ibis.literal(order, "int64"),
        )
        for course, all_series in sorted(listed.items())
        for order, series in enumerate(all_series, 1)
    ]
    return reduce(lambda table, more: table.union(more), rows)


def _chained(source: Source) -> ir.Table:
    """R28: a series comes after as many as the longest way to it has; a loop or a tie has none."""
    courses = source.table("SCURSO")
    kept = courses.filter(
        modality(courses.CODMODALIDADECURSO).isin(list(source.mapping.modalities))
    ).select(COLIGADA, "CODCURSO")
    known = source.table("SHABILITACAO").inner_join(kept, [COLIGADA, "CODCURSO"])
    known = known.select(COLIGADA, "CODCURSO", "CODHABILITACAO")
    known = known.mutate(course=text(known.CODCURSO), series=text(known.CODHABILITACAO))
    steps = _reached(source).group_by([*COURSE, "next"]).agg(steps=ibis._.steps.max())
    steps = steps.rename(series="next")
    table = known.left_join(steps, [*COURSE, "series"], rname="way_{name}")
    # Two steps: Ibis joins by columns, not by what a join has just computed.
    table = table.select(*COURSE, "series", "steps").mutate(steps=ibis._.steps.fill_null(0))
    ties = table.group_by([*COURSE, "steps"]).agg(alike=ibis._.count())
    table = table.left_join(ties, [*COURSE, "steps"], rname="tie_{name}")
    clear = (table.steps < LONGEST) & (table.alike == 1)
    order = clear.ifelse(table.steps + 1, ibis.null("int64"))
    return table.select("course", "series", order=order.cast("int64"))


def _reached(source: Source) -> ir.Table:
    """Every series and each that follows it, with the longest way between them, up to LONGEST."""
    table = source.table("SGRADE")
    course, after = text(table.CODCURSO), text(table.CODHABILITACAOPROX)
    series = text(table.CODHABILITACAO)
    same = ibis.coalesce(text(table.CODCURSOPROX), course) == course
    table = table.filter(same & after.notnull() & (after != series))
    found = table.select(
        COLIGADA, course=course, series=series, next=after, steps=ibis.literal(1, "int64")
    ).distinct()
    for _ in range(DOUBLINGS):
        onward = found.select(COLIGADA, "course", "next", middle="series", more="steps")
        further = found.rename(middle="next").inner_join(onward, [*COURSE, "middle"])
        further = further.select(*EDGE, "steps", "more")
        further = further.select(*EDGE, steps=further.steps + further.more)
        found = found.union(further).group_by(EDGE).agg(steps=ibis._.steps.max())
    return found
