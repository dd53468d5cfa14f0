"""Placements in the worker: records into frames, the engine, a whole folder, rows for the pages."""

from __future__ import annotations

import dataclasses
import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors
from portaria.regulations.access.compare import compare
from portaria.regulations.access.compute.warm import warm_up
from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.folder import (
    MANIFEST,
    is_result,
    open_results,
    verify,
    write_results,
)
from portaria.regulations.access.glance import glance
from portaria.regulations.access.placement import Placement, place
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.simulate.apply import apply
from portaria.regulations.access.simulate.change_file import change_of
from portaria.tables.result import whole_folder
from portaria.web.access import frames
from portaria.web.access.editions import edition_of
from portaria.web.access.kept_results import digest_of, folders, keep, results_folder
from portaria.web.access.models import Contest, Run
from portaria.web.access.problems import kept
from portaria.web.access.records_digest import records_digest
from portaria.web.access.result_rows import rows_agree, write_result_rows
from portaria.web.accounts.log import record

NOT_PLACEABLE = declare("run-not-placeable", "The tables of the contest have problems.")
PLACED = declare(
    "log-placed",
    "The placement of {title} ended: {placed} of {candidates} candidates placed.",
)
PLACED_WHAT_IF = declare(
    "log-what-if", "A what-if of {title} ended: {placed} of {candidates} candidates placed."
)
VERIFIED = declare("log-verified", "Verified the result of {title}: no difference.")
NOT_VERIFIED = declare(
    "log-not-verified",
    "Verified the result of {title}: {count} difference.",
    "Verified the result of {title}: {count} differences.",
)
ROWS_DIFFER = declare(
    "verify-rows-differ", "the rows that the pages show are not those of the result"
)


def do(run: Run, tell: Any) -> None:
    """Do what a run was asked for."""
    from portaria.web.access.rectification_work import rectify_run

    {
        Run.Kind.PLACEMENT: place_run,
        Run.Kind.WHAT_IF: place_run,
        Run.Kind.COMPARISON: compare_run,
        Run.Kind.VERIFICATION: verify_run,
        Run.Kind.RECTIFICATION: rectify_run,
    }[Run.Kind(run.kind)](run, tell)


def inputs(contest: Contest) -> tuple[Inputs, list[Any]]:
    """The contest for the rules and its warnings; InputError where it cannot be placed."""
    found, problems = frames.inputs(contest, edition_of(contest))
    if found is None:
        raise InputError(Message(NOT_PLACEABLE), problems)
    return found, problems


def place_run(run: Run, tell: Any) -> None:
    """Place the applications that stand, and keep the result under its hash.

    A what-if places under other readings or other seats (`parameters`), and is never sent on.
    """
    if run.digest:  # a worker was killed after it had done everything
        return
    warm_up()
    clock = time.perf_counter()
    tell("read", 0, 4)
    # Before the records are read: what changes meanwhile makes the placement too old to be sent.
    run.answer = {"records": records_digest(run.contest)}
    contest, problems = inputs(run.contest)
    if run.kind == Run.Kind.WHAT_IF:
        contest = changed(contest, run.parameters)
    read = time.perf_counter() - clock
    placed = place(contest, tell)
    tables = result_tables(placed)
    durations = {"read": read, "place": time.perf_counter() - clock - read}
    tell("write", 2, 4)
    run.digest = keep_result(placed, tables, durations)
    run.problems = kept(problems)
    run.summary = summary(tables, contest)
    tell("rows", 3, 4)
    with transaction.atomic():
        write_result_rows(run, tables, contest)
        run.save()
        code = PLACED if run.kind == Run.Kind.PLACEMENT else PLACED_WHAT_IF
        params = {
            "title": run.contest.title,
            "placed": run.summary["placed"],
            "candidates": run.summary["candidates"],
        }
        record(run.started_by, code, params, after=run.digest, contest=run.contest.key)


def changed(contest: Inputs, parameters: Mapping[str, Any]) -> Inputs:
    """The contest under the readings and the seats of a what-if; InputError where it is unsound.

    parameters: `readings` (name to choice) and `seats` (programme to seats).
    """
    seats = [
        {"programmes": [programme], "set": number}
        for programme, number in sorted(parameters.get("seats", {}).items())
    ]
    change, problems = change_of(
        "what-if", {"seats": seats, "policy": dict(parameters.get("readings", {}))}
    )
    if change is None or errors(problems):
        raise InputError(Message(NOT_PLACEABLE), problems)
    return apply(contest, [change])[0]


def keep_result(
    placed: Placement, tables: Mapping[str, pl.DataFrame], durations: Mapping[str, float]
) -> str:
    """Write the result folder whole under its hash, and give the hash."""
    with tempfile.TemporaryDirectory(dir=folders(), prefix=".draft-") as draft:
        folder = Path(draft) / "result"
        with whole_folder(folder, replace=False, is_ours=is_result) as target:
            write_results(placed, tables, target, durations)
        return keep(folder)


def summary(tables: Mapping[str, pl.DataFrame], contest: Inputs) -> dict[str, Any]:
    """The figures of a result at a glance, as JSON keeps them."""
    text = json.dumps(dataclasses.asdict(glance(tables, contest)), default=str)
    found: dict[str, Any] = json.loads(text)
    return found


def compare_run(run: Run, tell: Any) -> None:
    """Who would fare otherwise under each other reading, in `answer`."""
    warm_up()
    contest, _problems = inputs(run.contest)
    found = [dataclasses.asdict(difference) for difference in compare(contest, tell)]
    run.answer = json.loads(json.dumps({"differences": found}, default=str))


def verify_run(run: Run, tell: Any) -> None:
    """Place again from the recorded inputs and compare, rows of pages included."""
    warm_up()
    target = Run.objects.get(pk=run.parameters["run"])
    tell("read", 0, 2)
    opened = open_results(results_folder(target))  # damaged ones, too: what is wrong is told
    with tempfile.TemporaryDirectory() as scratch:
        problems = verify(opened, Path(scratch))
    tell("compare", 1, 2)
    if digest_of(opened.folder) != target.digest:
        problems.append(_differs(MANIFEST))
    if not rows_agree(target):
        problems.append(_differs("placements.csv"))
    run.problems = kept(problems)
    run.answer = {"verified": not problems, "digest": target.digest}
    title = {"title": run.contest.title}
    code, params = (
        (NOT_VERIFIED, {**title, "count": len(problems)}) if problems else (VERIFIED, title)
    )
    record(run.started_by, code, params, after=target.digest, contest=run.contest.key)


def _differs(file: str) -> Problem:
    return Problem(file, Message(ROWS_DIFFER))
