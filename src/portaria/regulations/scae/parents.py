"""The period enrolment that an isolated one follows (R55-R57)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.candidates import class_facts, with_standing
from portaria.regulations.scae.population import NOTHING, UPSERT, begun, hidden, in_scope
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import BASIC, EXIT, group_of, mapped

TABLE = "discipline_enrolments"


@rule("isolated-continuing")
def refuse_levels(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R57: isolated enrolments are of continuing education; others are not sent."""
    basic = (pl.col("level") == BASIC).fill_null(False)
    told = rows.filter(basic & begun(run) & in_scope(run) & ~hidden(run))
    run.findings.add("W-ISO-LEVEL", told, TABLE, "isolated")
    return rows.with_columns(
        outcome=pl.when(basic).then(pl.lit(NOTHING)).otherwise("outcome"),
        reason=pl.when(basic).then(pl.lit("level")).otherwise("reason"),
    )


@rule("isolated-complements", "isolated-after-finish")
def with_parents(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R55, R56: upserts with `parent`, the one enrolment of the same period, course and series, and
    `orphaned` where it is none, several, or was not finished on the day."""
    told = run.facts["parents"].with_columns(earlier_result=pl.lit(None, pl.String))
    told = told.join(class_facts(run).select("class", "level"), on="class", how="left")
    told = with_standing(told, run, pl.col("level"))
    left = group_of(mapped(pl.col("code"), pl.col("level"), run.settings, run.state), EXIT)
    finished = left | pl.col("code").is_in(run.settings.cancelled)
    found = told.group_by(source="isolated").agg(
        fitting=pl.len(), parent=pl.col("enrolment").min(), finished=finished.all()
    )
    joined = rows.join(found, on="source", how="left", maintain_order="left").with_columns(
        pl.col("fitting").fill_null(0), pl.col("finished").fill_null(False)
    )
    asked = joined.filter((pl.col("kind") == "I") & (pl.col("outcome") == UPSERT))
    one = pl.col("fitting") == 1
    find = run.findings.add
    none, several = pl.col("fitting") == 0, pl.col("fitting") > 1
    find("E-ISO-NOPARENT", asked.filter(none), TABLE, "enrolment", pl.col("fitting"))
    find("E-ISO-AMBIGUOUS", asked.filter(several), TABLE, "enrolment", pl.col("fitting"))
    unfinished = asked.filter(one & ~pl.col("finished"))
    find("E-ISO-PARENT-OPEN", unfinished, TABLE, "enrolment", pl.col("parent"))
    alone = (pl.col("kind") == "I") & ~(one & pl.col("finished"))
    return joined.with_columns(
        parent=pl.when(one).then("parent"), orphaned=alone & (pl.col("outcome") == UPSERT)
    ).drop("fitting", "finished")
