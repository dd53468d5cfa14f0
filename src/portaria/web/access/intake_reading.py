"""The files of a plan as a contest: unpacked, checked, and read with what stands beside them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
from django.conf import settings

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors
from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.schemas import PREVIOUS, TABLES
from portaria.regulations.access.settings import SETTINGS
from portaria.tables.folder import read_table, unread_files
from portaria.tables.schema import columns_of
from portaria.web import uploads, workbooks
from portaria.web.access import frames
from portaria.web.access.models import Candidate, Contest, ImportPlan, Stage

LATER_PHASE = declare(
    "intake-later-phase",
    "a later phase is made from the published results of the phase before, not from a folder",
)
NO_SETTINGS = declare(
    "intake-no-settings", "there is no contest.toml: it names the edition, and goes with the tables"
)
OPTIONS_STAND = declare(
    "intake-options-stand",
    "applications have been received here: options are changed by the candidates, not by a file",
)
SETTINGS_STAND = declare(
    "intake-settings-stand", "the edition and the readings of a contest that opened do not change"
)
REMOVES_APPLICANT = declare(
    "intake-removes-applicant",
    "the candidate {candidate} has applied and is not in the file: exclude instead of removing",
)
TOO_LATE = declare(
    "intake-too-late",
    "the result was sent to the director: the tables of this contest no longer change",
)

OWN_TABLES = tuple(TABLES)
CORRECTABLE = (Stage.PREPARING, Stage.OPEN, Stage.CLOSED)
"""While a contest stands here its tables may be corrected."""


def plan_folder(plan: ImportPlan) -> Path:
    """Where the files of a plan wait."""
    path: Path = settings.DATA / "plans" / plan.folder
    return path


def gather(plan: ImportPlan, folder: Path) -> list[Problem]:
    """The handed-in tables in one flat folder, out of their ZIP where they came in one."""
    uploads.discard(folder)
    folder.mkdir(parents=True)
    problems = []
    left = uploads.TABLES.expanded
    for path in sorted((plan_folder(plan) / "sent").iterdir()):
        if path.suffix == ".zip":
            # Several archives together expand to no more than one may.
            problems += uploads.unpack(path, folder, replace(uploads.TABLES, expanded=left))
            left = uploads.TABLES.expanded - _size(folder)
        elif (folder / path.name).exists():
            problems.append(Problem(path.name, Message(uploads.TWICE)))
        else:
            (folder / path.name).hardlink_to(path)
    if errors(problems):
        return problems
    checked = ((path, workbooks.content_fault(path, uploads.TABLES)) for path in _files(folder))
    return problems + [Problem(path.name, fault) for path, fault in checked if fault]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in _files(folder))


def read(plan: ImportPlan, folder: Path, given: set[str]) -> tuple[Inputs | None, list[Problem]]:
    """The contest as it would be: what was handed in, and what stands for the rest."""
    unread = unread_files(folder, TABLES)
    if plan.contest is None and not (folder / SETTINGS).is_file():
        return None, [*unread, Problem(SETTINGS, Message(NO_SETTINGS))]
    if plan.contest is not None:
        if problems := _refused(plan.contest, folder, given):
            return None, [*unread, *problems]
        if "candidates" in given and (lost := _lost_applicants(plan.contest, folder)):
            return None, [*unread, *lost]
        _add_standing(plan.contest, folder, given)
    elif "options" not in given:
        # Candidates hand their options in on the screen.
        (folder / "options.csv").write_text("candidate,order,programme\n", encoding="utf-8")
    contest, problems = read_contest(folder)
    problems = [*unread, *problems]
    if contest is not None and contest.phase > 1 and plan.contest is None:
        return None, [*problems, Problem(SETTINGS, Message(LATER_PHASE))]
    return contest, problems


def _refused(contest: Contest, folder: Path, given: set[str]) -> list[Problem]:
    if contest.stage not in CORRECTABLE:
        return [Problem("", Message(TOO_LATE))]
    problems = []
    begun = contest.stage != Stage.PREPARING
    if "options" in given and begun:
        problems.append(Problem("options", Message(OPTIONS_STAND)))
    if begun and (folder / SETTINGS).is_file():
        problems.append(Problem(SETTINGS, Message(SETTINGS_STAND)))
    return problems


def _add_standing(contest: Contest, folder: Path, given: set[str]) -> None:
    if not (folder / SETTINGS).is_file():
        (folder / SETTINGS).write_text(settings_text(contest), encoding="utf-8")
        if contest.edition_source:
            (folder / contest.edition).write_text(contest.edition_source, encoding="utf-8")
    for name in OWN_TABLES:
        if name not in given:
            # As they are kept: a decimal has its own digits, not those of a type.
            frames.table(contest, name).write_csv(folder / f"{name}.csv")
    if contest.phase > 1:
        _add_phase_before(contest, folder)


def _add_phase_before(contest: Contest, folder: Path) -> None:
    """What a later phase reads besides: the result before it, who enrolled, seats decided."""
    (folder / PREVIOUS).mkdir(exist_ok=True)
    (folder / "opened.csv").write_text("programme,seats\n", encoding="utf-8")
    for name, frame in frames.all_tables(contest).items():
        if name.startswith(f"{PREVIOUS}_"):
            frame.write_csv(folder / PREVIOUS / f"{name.removeprefix(f'{PREVIOUS}_')}.csv")
        elif name not in OWN_TABLES:
            frame.write_csv(folder / f"{name}.csv")


def settings_text(contest: Contest) -> str:
    """`contest.toml` of a contest that stands."""
    lines = [f"edition = {json.dumps(contest.edition)}", f"phase = {contest.phase}"]
    if contest.policy:
        lines += ["", "[policy]"]
        lines += [f"{name} = {json.dumps(choice)}" for name, choice in contest.policy.items()]
    return "\n".join(lines) + "\n"


def _lost_applicants(contest: Contest, folder: Path) -> list[Problem]:
    """Those who applied and are not in the new table; nothing where it cannot be read yet."""
    path = next(path for path in sorted(folder.iterdir()) if path.stem == "candidates")
    frame, _problems = read_table(path, TABLES["candidates"].schema)
    if frame is None or "candidate" not in frame.columns:
        return []
    there = set(frame["candidate"])
    applied = Candidate.objects.filter(contest=contest, submission__isnull=False)
    return [
        Problem(path.name, Message(REMOVES_APPLICANT, {"candidate": key}))
        for key in applied.order_by("candidate").values_list("candidate", flat=True)
        if key not in there
    ]


def stands(contest: Contest | None, name: str) -> pl.DataFrame:
    """A table as it stands, typed; empty where the contest is new."""
    schema = TABLES[name].schema
    columns = {column: spec.dtype for column, spec in columns_of(schema).items()}
    if contest is None:
        return pl.DataFrame(schema=columns)
    return frames.table(contest, name).cast(pl.Schema(columns)).select(*columns)
