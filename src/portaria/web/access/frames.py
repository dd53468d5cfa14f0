"""The only place that turns records into the frames of `regulations.access`, and back.

A folder and the database meet at the same typed tables: what is placed here and what is placed
from a folder of the same rows give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence

import polars as pl
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from portaria.core.edition import Edition
from portaria.core.problem import Problem
from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.from_frames import contest_of
from portaria.regulations.access.schemas import PREVIOUS, PREVIOUS_TABLES, tables_of
from portaria.tables.schema import columns_of
from portaria.web.access import models as records
from portaria.web.access.bulk import read_rows, write_frame, write_rows
from portaria.web.access.kept_results import results, whole_table

MODELS: dict[str, type[models.Model]] = {
    "programmes": records.Programme,
    "exam_sets": records.ExamSet,
    "regional_areas": records.RegionalArea,
    "vocational_courses": records.VocationalCourse,
    "congeners": records.Congener,
    "candidates": records.Candidate,
    "exams": records.Exam,
    "prerequisites": records.Prerequisite,
    "adjustments": records.Adjustment,
    "opened": records.Opened,
    "enrolments": records.Enrolment,
}
"""Tables that are records row by row; `options` are in the submissions."""

EXTRA = {"candidates": ("residence", "secondary_municipality")}
"""Columns beyond those of the schema, which travel along where they are filled."""

PERSONAL = ("candidates", "exams", "prerequisites", "options")


def table(contest: records.Contest, name: str, **where: object) -> pl.DataFrame:
    """A table of a contest; `where` keeps some rows, such as those of one candidate."""
    if name == "options":
        return options(contest, **where)
    model = MODELS[name]
    fields = {field.name: field for field in model._meta.concrete_fields}
    names = [*columns_of(tables_of(3)[name].schema), *EXTRA.get(name, ())]
    columns = {column: _kind(fields[column]) for column in names if column in fields}
    return read_rows(model, columns, {"contest": contest, **where}, order=["id"])


def _kind(field: models.Field) -> pl.DataType | type[pl.DataType]:
    if isinstance(field, models.BooleanField):
        return pl.Boolean
    if isinstance(field, models.IntegerField):
        return pl.Int64
    return pl.String


def options(contest: records.Contest, **where: object) -> pl.DataFrame:
    """Table `options`: what the standing application of each candidate wants."""
    columns = {"candidate": pl.String, "submission__options": pl.String}
    kept = {"contest": contest, "submission__isnull": False, **where}
    rows = read_rows(records.Candidate, columns, kept)
    if rows.is_empty():
        return pl.DataFrame(
            schema={"candidate": pl.String, "order": pl.Int64, "programme": pl.String}
        )
    wanted = pl.col("submission__options").str.json_decode(pl.List(pl.String))
    return (
        rows.select("candidate", programme=wanted)
        .filter(pl.col("programme").list.len() > 0)
        .with_columns(order=pl.int_ranges(1, pl.col("programme").list.len() + 1))
        .explode("order", "programme")
        .select("candidate", "order", "programme")
    )


def applicants(contest: records.Contest) -> pl.DataFrame:
    """Table `candidates` of those whose application stands, with what it claims."""
    people = table(contest, "candidates", submission__isnull=False)
    claims = read_rows(
        records.Candidate,
        {"candidate": pl.String, "submission__claims_regional": pl.Boolean},
        {"contest": contest, "submission__isnull": False},
    )
    claimed = claims.rename({"submission__claims_regional": "claims_regional"})
    columns = people.columns
    return people.drop("claims_regional").join(claimed, on="candidate").select(columns)


def all_tables(contest: records.Contest) -> dict[str, pl.DataFrame]:
    """Every table of a placement of this contest, of those who applied alone."""
    people = applicants(contest)
    frames = {"candidates": people, "options": options(contest)}
    for name in tables_of(contest.phase):
        if name.startswith(PREVIOUS) or name in frames:
            continue
        if name == "enrolments":
            frame = enrolments_after(contest.previous) if contest.previous else pl.DataFrame()
        else:
            frame = table(contest, name)
        if name in PERSONAL:
            frame = frame.join(people.select("candidate"), on="candidate", how="semi")
        if name != "opened" or frame.height:
            frames[name] = frame
    if contest.phase > 1 and contest.previous and contest.previous.run:
        frames |= previous_tables_of(contest.previous.run)
    return frames


def enrolments_after(contest: records.Contest) -> pl.DataFrame:
    """Table `enrolments` after a phase: what was reported of every seat that there is then.

    A seat kept from a phase before has its row in the contest of that phase, or in one since.
    """
    rows = table(contest, "enrolments")
    if contest.previous is None or contest.run is None:
        return rows
    holders = whole_table(contest.run, "holders")
    won = holders.select("candidate", pl.col("phase").cast(pl.Int64))
    earlier: records.Contest | None = contest.previous
    while earlier is not None:
        theirs = won.filter(pl.col("phase") <= earlier.phase).select("candidate")
        more = table(earlier, "enrolments").join(theirs, on="candidate", how="semi")
        rows = pl.concat([rows, more.join(rows, on="candidate", how="anti")])
        earlier = earlier.previous
    return rows


def previous_tables_of(run: records.Run) -> dict[str, pl.DataFrame]:
    """The tables that a later phase reads of the result before it, every cell as text."""
    written = results(run).manifest["outputs"]
    return {
        f"{PREVIOUS}_{name}": whole_table(run, name) for name in PREVIOUS_TABLES if name in written
    }


def inputs(contest: records.Contest, edition: Edition) -> tuple[Inputs | None, list[Problem]]:
    """The contest as the rules take it, and every problem that stands against placing it."""
    return contest_of(edition, contest.phase, contest.policy, all_tables(contest))


def keep(contest: records.Contest, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write tables whole in the place of those that stand; `candidates` and `options` apart."""
    for name, frame in frames.items():
        model = MODELS[name]
        model._default_manager.filter(contest=contest).delete()
        write_frame(model, frame, contest_id=contest.pk)


def keep_options(contest: records.Contest, wanted: pl.DataFrame) -> None:
    """Write table `options` as applications that were handed in elsewhere.

    The caller has seen to it that no candidate applied here.
    """
    people = read_rows(
        records.Candidate,
        {"id": pl.Int64, "candidate": pl.String, "claims_regional": pl.Boolean},
        {"contest": contest},
    )
    records.Candidate.objects.filter(contest=contest).update(submission=None)
    records.Submission.objects.filter(contest=contest).delete()
    forms = (
        wanted.sort("candidate", "order")
        .group_by("candidate", maintain_order=True)
        .agg("programme")
        .join(people, on="candidate")
    )
    now = timezone.now()
    columns = (
        "contest_id", "candidate_id", "key", "number", "kind", "received_at", "options",
        "claims_regional", "digest",
    )  # fmt: skip
    write_rows(
        records.Submission,
        columns,
        (
            (
                contest.pk, row["id"], uuid.uuid4(), 1, records.Submission.Kind.IMPORTED, now,
                row["programme"], row["claims_regional"],
                form_digest(contest, row["candidate"], row["programme"], row["claims_regional"]),
            )
            for row in forms.iter_rows(named=True)
        ),
    )  # fmt: skip
    handed_in = records.Submission.objects.filter(candidate=OuterRef("pk")).values("pk")
    records.Candidate.objects.filter(contest=contest).update(submission=Subquery(handed_in))


def form_digest(
    contest: records.Contest, candidate: str, options: Sequence[str], claims_regional: bool
) -> str:
    """The fingerprint of a form: SHA-256 of its content, written in one way."""
    content = [contest.key, candidate, list(options), claims_regional]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
