"""What programmes ask for and prefer: exam sets with their weights, vocational courses."""

from __future__ import annotations

import polars as pl

from portaria.regulations.access.generate.sources import table


def exam_sets(frame: pl.DataFrame) -> pl.DataFrame:
    """(programme, set, exam, weight), weights as text; what is left of 100 goes to the exams."""
    sets = (
        frame.select("programme", "split", "w_secondary", "w_prerequisite", "exam_sets")
        .with_columns(exams=pl.col("exam_sets").str.split(";"))
        .explode("exams")
        .with_columns(
            set=pl.int_range(1, pl.len() + 1).over("programme"),
            rest=(100 - pl.col("w_secondary") - pl.col("w_prerequisite")) * 100,
            exam=pl.col("exams").str.split("+"),
        )
        .with_columns(size=pl.col("exam").list.len().cast(pl.Int64))
        .explode("exam")
        .with_columns(place=pl.int_range(0, pl.len()).over("programme", "set"))
    )
    # Hundredths of a percent. A leading exam weighs five points more than the other one.
    share = pl.col("rest") // pl.col("size")
    leading = (pl.col("split") == "leading") & (pl.col("size") == 2)
    first, left = pl.col("place") == 0, pl.col("rest") - share * pl.col("size")
    weight = (
        pl.when(leading & first).then(share + 250)
        .when(leading).then(share - 250)
        .when(first).then(share + left)
        .otherwise(share)
    )  # fmt: skip
    return sets.select("programme", "set", "exam", weight=percent_text(weight))


def percent_text(hundredths: pl.Expr) -> pl.Expr:
    """Hundredths of a percent as decimal text without needless zeros: 2250 is 22.5."""
    whole = (hundredths // 100).cast(pl.String)
    part = (hundredths % 100).cast(pl.String).str.zfill(2).str.strip_chars_end("0")
    return pl.when(part == "").then(whole).otherwise(pl.concat_str(whole, pl.lit("."), part))


def vocational_courses(frame: pl.DataFrame) -> pl.DataFrame:
    """(programme, secondary_course): the vocational courses preferred at each programme."""
    courses = (
        table("secondary_courses")
        .filter(pl.col("stream") == "vocational")
        .select("secondary_course", field=pl.col("fields").str.split(" "))
        .explode("field")
    )
    with_share = frame.filter(pl.col("vocational_share") > 0).select("programme", "field")
    return with_share.join(courses, on="field", maintain_order="left_right").drop("field")
