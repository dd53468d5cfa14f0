"""Tables handed in for a contest: read whole, compared with what stands, then applied or not.

The worker reads (`read_plan`) and applies (`apply_plan`); between the two the office sees what
would change. A correction is the same with fewer files: what is not handed in stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from portaria.core.errors import PortariaError
from portaria.core.messages import Message, declare
from portaria.core.problem import errors
from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.settings import edition_names, read_settings
from portaria.tables.result import sha256
from portaria.web import uploads
from portaria.web.access import frames
from portaria.web.access.differences import differences
from portaria.web.access.intake_reading import (
    CORRECTABLE,
    OWN_TABLES,
    TOO_LATE,
    gather,
    plan_folder,
    read,
    stands,
)
from portaria.web.access.models import Contest, ImportPlan, SourceFile
from portaria.web.access.people import keep_people
from portaria.web.access.problems import kept
from portaria.web.accounts.log import record

__all__ = [
    "CHANGED_SINCE",
    "CORRECTED",
    "CREATED",
    "apply_plan",
    "free_key",
    "plan_folder",
    "read_plan",
]

CHANGED_SINCE = declare(
    "intake-changed-since",
    "The contest changed after this plan was made: look at the differences again.",
)
CREATED = declare("log-contest-created", "Created the contest {title} from {count} files.")
CORRECTED = declare("log-contest-corrected", "Replaced tables of the contest {title}: {tables}.")

RESERVED = frozenset({"novo", "planos", "documentos"})
"""Names that addresses of the office use themselves."""


def read_plan(plan: ImportPlan, tell: Any) -> None:
    """Read the files of a plan with what stands beside them, and note problems or differences.

    Fills `problems`, or `answer` with settings and `tables` (differences by table).
    """
    tell("unpack", 0, 3)
    folder = plan_folder(plan) / "tables"
    problems = gather(plan, folder)
    given = {path.stem for path in folder.iterdir() if path.is_file()} & {*OWN_TABLES}
    tell("read", 1, 3)
    contest = None
    if not errors(problems):
        contest, found = read(plan, folder, given)
        problems += found
    plan.problems = kept(problems)
    if contest is None or errors(problems):
        plan.answer = None
        return
    tell("compare", 2, 3)
    plan.answer = {
        "edition": contest.edition.name,
        "edition_title": contest.edition.title,
        "phase": contest.phase,
        "readings": dict(contest.readings),
        "given": sorted(given),
        "standing": _standing(plan.contest),
        "tables": {
            name: differences(name, stands(plan.contest, name), contest.tables[name])
            for name in OWN_TABLES
            if name in given or plan.contest is None
        },
    }


def _standing(contest: Contest | None) -> str:
    """A hash of the tables that stand, to tell a plan that has grown old."""
    if contest is None:
        return ""
    digest = hashlib.sha256()
    for name in OWN_TABLES:
        digest.update(stands(contest, name).write_csv().encode())
    return digest.hexdigest()


def apply_plan(plan: ImportPlan, tell: Any) -> None:
    """Write what was planned, in one transaction; PortariaError where it no longer fits."""
    if plan.applied_at is not None:  # a worker was killed after it had done everything
        return
    tell("read", 0, 2)
    folder = plan_folder(plan) / "tables"
    contest, problems = read_contest(folder)
    if contest is None or plan.answer is None:
        plan.problems = kept(problems)
        raise PortariaError(Message(CHANGED_SINCE))
    tell("write", 1, 2)
    with transaction.atomic():
        new = plan.contest is None
        record_of = _new_contest(plan, contest, folder) if new else _locked(plan)
        if not new and _standing(record_of) != plan.answer["standing"]:
            raise PortariaError(Message(CHANGED_SINCE))
        given = OWN_TABLES if new else plan.answer["given"]
        others = {name: contest.tables[name] for name in given if name in frames.MODELS}
        others.pop("candidates", None)
        people = contest.whole["candidates"] if "candidates" in given else None
        frames.keep(record_of, others)
        if people is not None:
            keep_people(record_of, people)
        if "options" in given:
            frames.keep_options(record_of, contest.tables["options"])
        if not new:
            _new_settings(record_of, contest, folder)
        _keep_sources(plan, record_of, folder)
        _tell_log(plan, record_of, new)
        plan.contest = record_of
        plan.applied_at = timezone.now()
        plan.save()
    uploads.discard(plan_folder(plan))


def _locked(plan: ImportPlan) -> Contest:
    assert plan.contest is not None
    contest = Contest.objects.select_for_update().get(pk=plan.contest.pk)
    if contest.stage not in CORRECTABLE:
        raise PortariaError(Message(TOO_LATE))
    return contest


def _new_contest(plan: ImportPlan, contest: Inputs, folder: Path) -> Contest:
    made = Contest(
        key=free_key(plan.title or contest.edition.title),
        title=plan.title or contest.edition.title,
    )
    _set(made, contest, folder)
    made.save()
    return made


def _new_settings(record_of: Contest, contest: Inputs, folder: Path) -> None:
    _set(record_of, contest, folder)
    record_of.save()


def _set(record_of: Contest, contest: Inputs, folder: Path) -> None:
    settings_read, _problems = read_settings(folder)
    assert settings_read is not None
    own = contest.edition.name not in edition_names()
    record_of.edition = contest.edition.name
    record_of.edition_source = contest.edition.source.decode() if own else ""
    record_of.phase = contest.phase
    record_of.policy = dict(contest.readings)


def free_key(title: str) -> str:
    """A short name for addresses, from the title, that no other contest has."""
    from django.utils.text import slugify

    base = slugify(title)[:50] or "concurso"
    key, number = base, 1
    while key in RESERVED or Contest.objects.filter(key=key).exists():
        number += 1
        key = f"{base}-{number}"
    return key


def _keep_sources(plan: ImportPlan, contest: Contest, folder: Path) -> None:
    """Keep the files as they came; each correction names the file that it replaces."""
    assert plan.answer is not None
    for path in sorted(folder.iterdir()):
        if path.stem not in plan.answer["given"]:
            continue
        former = SourceFile.objects.filter(
            contest=contest, table=path.stem, replaced_by__isnull=True
        ).first()
        counts = plan.answer["tables"][path.stem]["counts"]
        kept_file = SourceFile(
            contest=contest,
            table=path.stem,
            name=plan.corrects.get(path.stem, path.name),
            sha256=sha256(path),
            rows=counts["added"] + counts["changed"] + counts["same"],
            replaces=former,
            received_from=plan.applied_by or plan.started_by,
        )
        with path.open("rb") as content:
            kept_file.file.save(f"{contest.key}-{path.name}", File(content), save=True)


def _tell_log(plan: ImportPlan, contest: Contest, new: bool) -> None:
    answer: Mapping[str, Any] = plan.answer
    counts = {name: row["counts"] for name, row in answer["tables"].items()}
    by = plan.applied_by or plan.started_by
    if new:
        params = {"title": contest.title, "count": len(answer["given"])}
        record(by, CREATED, params, after=counts, contest=contest.key)
    else:
        params = {"title": contest.title, "tables": ", ".join(answer["given"])}
        record(by, CORRECTED, params, after=counts, contest=contest.key)
