"""A rectification in the worker: the answer of the rules, its folder, and the rows of pages."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from portaria.regulations.access.compute.warm import warm_up
from portaria.regulations.access.procedures.outcome import ACCEPTED
from portaria.regulations.access.procedures.rectification import rectify
from portaria.regulations.access.procedures.rectified_seats import Request
from portaria.regulations.access.procedures.writing import write_outcome
from portaria.tables.result import whole_folder
from portaria.web.access import adjustments
from portaria.web.access.after import kept_outcome
from portaria.web.access.frames import enrolments_after
from portaria.web.access.kept_results import folders, keep, results
from portaria.web.access.models import (
    OptionResult,
    PlacementResult,
    Run,
    SeatResult,
)
from portaria.web.access.problems import kept
from portaria.web.access.rectification_folder import (
    write_corrected,
    write_manifest,
    write_patch,
)
from portaria.web.access.rectifications import (
    ANSWERED,
    MADE,
    NOT_MADE,
    tell_log,
)
from portaria.web.access.result_rows import write_result_rows


def rectify_run(run: Run, tell: Any) -> None:
    """What the worker does: the answer, its folder, and the rows as they would be."""
    if run.answer:  # a worker was killed after it had done everything
        return
    warm_up()
    tell("read", 0, 4)
    given = run.parameters
    former = Run.objects.get(pk=given["of"])
    contest = run.contest
    with tempfile.TemporaryDirectory(dir=folders(), prefix=".draft-") as scratch:
        folder = Path(scratch) / "rectification"
        with whole_folder(folder, replace=False, is_ours=lambda _: False) as draft:
            patch = write_patch(draft, given)
            enrolments = enrolments_after(contest)
            request = Request(
                given["started_by"], given["own_cause"], enrolments, adjustments.so_far(former)
            )
            opened = results(former)
            tell("place", 1, 4)
            answer = rectify(opened, patch, request, {})
            (draft / "outcome").mkdir()
            write_outcome(answer, opened, draft / "outcome", enrolments, request.adjustments)
            tell("place", 2, 4)
            tables, inputs = write_corrected(opened, patch, draft / "corrected")
            write_manifest(draft)
        digest = keep(folder)
    after = answer.after.word
    kept_answer = kept_outcome(answer) | {"digest": digest, "state": ANSWERED, "form": answer.form}
    kept_answer |= {"before": answer.before.word, "after": after}
    tell("rows", 3, 4)
    run.digest = former.digest
    with transaction.atomic():
        if answer.answer == ACCEPTED:
            before = former.answer or {}
            who = patch.candidate
            kept_answer["corrected"] = before.get("corrected", {}) | {who: digest}
            kept_answer["rectified"] = sorted(kept_answer["corrected"])
            _write_rows(run, former, who, tables, inputs)
        run.answer = kept_answer
        run.problems = kept(patch.tables.problems)
        run.save()
        code = MADE if answer.answer == ACCEPTED else NOT_MADE
        tell_log(run, run.started_by, code, after=digest)


def _write_rows(
    run: Run, former: Run, candidate: str, tables: Mapping[str, pl.DataFrame], inputs: Any
) -> None:
    """The rows of the run before, with hers as the corrected contest has them."""
    for model in (PlacementResult, OptionResult, SeatResult):
        _copy(model, former, run, candidate)
    hers = {
        name: tables[name].filter(pl.col("candidate") == candidate)
        for name in ("placements", "options_outcome")
    }
    none = {name: tables[name].clear() for name in ("seats", "last_placed")}
    write_result_rows(run, {**hers, **none}, inputs)


def _copy(model: type[Any], former: Run, run: Run, candidate: str) -> None:
    quote = connection.ops.quote_name
    fields = [f.column for f in model._meta.concrete_fields if not f.primary_key]
    names = ", ".join(map(quote, fields))
    values = ", ".join("%s" if name == "run_id" else quote(name) for name in fields)
    table = quote(model._meta.db_table)
    where = "run_id = %s"
    parameters: list[int | str] = [run.pk, former.pk]
    if "candidate" in fields:
        where = f"{where} AND candidate <> %s"
        parameters.append(candidate)
    with connection.cursor() as cursor:
        # Names come from the models alone; every value is a parameter.
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {where}",
            parameters,
        )
