"""Everything held about one account, for its owner: one ZIP of JSON, documents and receipts."""

from __future__ import annotations

import json
import logging
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from django.db.models import Model, Q
from django.utils import timezone

from portaria.core.messages import Message, declare, render
from portaria.documents.access_papers.receipt import receipt_paper
from portaria.web.access.models import (
    Candidate,
    Claim,
    Complaint,
    Document,
    Enrolment,
    Exam,
    Exchange,
    OptionResult,
    PlacementResult,
    Prerequisite,
    Relocation,
    Submission,
)
from portaria.web.access.receipts import receipt_of
from portaria.web.accounts.log import record, sentence
from portaria.web.accounts.models import LogEntry, User

log = logging.getLogger("portaria")
MISSING_FILE = "missing.txt"
MISSING = declare(
    "own-data-missing",
    "The file of this document was not found when the copy was made; tell the office that runs the "
    "contest. Everything else is here.",
    "The files of these {count} documents were not found when the copy was made; tell the office "
    "that runs the contest. Everything else is here.",
)
TAKEN = declare("log-own-data", "Took a copy of everything held about the account.")
SECRET = ("id", "activation", "password", "key", "conditions")
"""Columns that open something, or that tell of somebody else."""
ONESELF, STAFF, PROGRAM = "oneself", "staff", "program"


def own_data(user: User, lang: str) -> IO[bytes]:
    """The ZIP, at its beginning; taking it is logged."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever answers closes it)
    records = list(Candidate.objects.filter(user=user).select_related("contest").order_by("pk"))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        held = {
            "made_at": timezone.now(),
            "account": _row(user),
            "contests": [_of_contest(one) for one in records],
            "log": list(_log(user, records, lang)),
        }
        text = json.dumps(held, ensure_ascii=False, indent=2, default=_text)
        archive.writestr("data.json", text)
        missing = [path for one in records for path in _add_papers(archive, one, lang)]
        if missing:
            archive.writestr(MISSING_FILE, _told_missing(missing, lang))
    record(user, TAKEN)
    file.seek(0)
    return file


def documents_of(candidate: Candidate) -> Iterable[Document]:
    """The documents that she handed in."""
    hers = Q(claim__candidate=candidate) | Q(complaint__candidate=candidate)
    return Document.objects.filter(hers).order_by("pk")


def _told_missing(paths: Sequence[str], lang: str) -> str:
    return "\n".join([render(Message(MISSING, {"count": len(paths)}), lang), "", *paths, ""])


def _add_papers(archive: zipfile.ZipFile, candidate: Candidate, lang: str) -> list[str]:
    """Add her documents and receipts; the paths of the documents whose file is not to be read."""
    folder = candidate.contest.key
    missing = []
    for document in documents_of(candidate):
        # The number keeps two documents of one name apart.
        path = f"{folder}/documents/{document.pk}-{document.name}"
        try:
            with document.file.open("rb") as file:
                content = file.read()
        except OSError:
            log.exception("the file of document %s is not to be read", document.pk)
            missing.append(path)
        else:
            archive.writestr(path, content)
    for submission in Submission.objects.filter(candidate=candidate).order_by("number"):
        submission.candidate, submission.contest = candidate, candidate.contest
        content_of = receipt_paper(receipt_of(submission), lang)
        archive.writestr(f"{folder}/receipts/{submission.number}.pdf", content_of)
    return missing


def _of_contest(candidate: Candidate) -> dict[str, Any]:
    contest, key = candidate.contest, candidate.candidate
    here = {"contest": contest, "candidate": key}
    run = contest.run if contest.is_published else None
    return {
        "contest": contest.key,
        "title": contest.title,
        "record": _row(candidate),
        "exams": _rows(Exam.objects.filter(**here)),
        "prerequisites": _rows(Prerequisite.objects.filter(**here)),
        "applications": _rows(Submission.objects.filter(candidate=candidate).order_by("number")),
        "claims": _rows(Claim.objects.filter(candidate=candidate).order_by("pk")),
        "complaints": _rows(Complaint.objects.filter(candidate=candidate).order_by("pk")),
        "documents": _rows(documents_of(candidate)),
        # A result is hers once it is public.
        "result": _rows(PlacementResult.objects.filter(run=run, candidate=key)) if run else [],
        "options": _rows(OptionResult.objects.filter(run=run, candidate=key)) if run else [],
        "enrolments": _rows(Enrolment.objects.filter(**here)),
        "exchanges": _rows(
            Exchange.objects.filter(Q(first=candidate) | Q(second=candidate)).order_by("pk")
        ),
        "relocations": [
            _row(each) | {"moves": each.moves[key]}
            for each in Relocation.objects.filter(moves__has_key=key, contest=contest).order_by(
                "pk"
            )
        ],
    }


def _rows(rows: Iterable[Model]) -> list[dict[str, Any]]:
    return [_row(row) for row in rows]


def _row(row: Model) -> dict[str, Any]:
    """The columns of a record; who decided is told as staff, because names of staff are theirs."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.name in SECRET or field.is_relation:
            continue
        found[field.name] = field.value_from_object(row)
    return found


def _log(user: User, records: Iterable[Candidate], lang: str) -> Iterator[dict[str, Any]]:
    """The entries about her records, by whomever, and those of her own acts."""
    about = Q(user=user)
    for one in records:
        about |= Q(contest=one.contest.key, candidate=one.candidate)
    for entry in LogEntry.objects.filter(about).order_by("pk"):
        by = ONESELF if entry.user_id == user.pk else STAFF if entry.user_id else PROGRAM
        yield {
            "at": entry.at,
            "by": by,
            "sentence": sentence(entry, lang),
            "before": entry.before,
            "after": entry.after,
            "contest": entry.contest,
        }


def _text(value: Any) -> str:
    """What JSON has no form for: moments, exact numbers, names of files."""
    return value.isoformat() if isinstance(value, datetime) else str(value)
