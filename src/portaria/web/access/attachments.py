"""Documents that support a claim or a complaint: checked, kept under random names, given back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q, Sum

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web import uploads
from portaria.web.access.models import Candidate, Claim, Complaint, Document
from portaria.web.accounts.models import User
from portaria.web.accounts.permissions import Person
from portaria.web.accounts.roles import Can

NOT_TAKEN = declare("documents-not-taken", "The documents were not taken.")

MOST = 40
"""Documents of one person in one contest, of all her claims and complaints."""
MOST_BYTES = 200 * uploads.MEGABYTE
"""Bytes of all documents of one person, in every contest."""
TOO_MANY_IN_ALL = declare(
    "documents-too-many-in-all",
    "with these there would be {number} documents of yours in this contest; at most {limit} are "
    "taken",
)
TOO_MUCH_IN_ALL = declare(
    "documents-too-much-in-all",
    "with these your documents would have {size} MB in all; at most {limit} MB are taken",
)

Keep = Callable[[Iterable[UploadedFile], Claim | Complaint], None]


def check(files: Sequence[UploadedFile], already: int = 0) -> None:
    """InputError with a problem for each file that is not taken; `already`: those kept before."""
    problems = uploads.faults(files, uploads.DOCUMENTS)
    limit = uploads.DOCUMENTS.count
    if len(files) <= limit < len(files) + already:
        params = {"number": len(files) + already, "limit": limit}
        problems.append(Problem("", Message(uploads.TOO_MANY, params)))
    if problems:
        raise InputError(Message(NOT_TAKEN), problems)


@contextmanager
def keeping() -> Iterator[Keep]:
    """A function that keeps files that were checked; what fails around it leaves no file behind.

    `with keeping() as keep, transaction.atomic():` ... `keep(files, claim)`.
    """
    kept: list[Document] = []

    def keep(files: Iterable[UploadedFile], supports: Claim | Complaint) -> None:
        of: dict[str, Any] = {"claim" if isinstance(supports, Claim) else "complaint": supports}
        files = list(files)
        _refuse_too_much(files, supports.candidate)
        for file in files:
            document = _keep(file, of)
            kept.append(document)
            document.save()

    try:
        yield keep
    except BaseException:
        for document in kept:
            default_storage.delete(document.file.name or "")
        raise


@dataclass(frozen=True)
class Kept:
    """What is kept of one person. count: documents in this contest; size: bytes, in every one."""

    count: int
    size: int


def kept_of(candidate: Candidate) -> Kept:
    """What the person of this record has handed in so far."""
    here = Q(claim__candidate=candidate) | Q(complaint__candidate=candidate)
    hers = here
    if (user := candidate.user_id) is not None:
        hers |= Q(claim__candidate__user=user) | Q(complaint__candidate__user=user)
    found = Document.objects.filter(hers).aggregate(
        count=Count("pk", filter=here), size=Sum("size")
    )
    return Kept(found["count"], found["size"] or 0)


def _refuse_too_much(files: Sequence[UploadedFile], candidate: Candidate) -> None:
    """InputError where she would have more documents, or bytes, than are taken of one person."""
    if not files:
        return
    # What she hands in at the same time in another window waits here until this one is kept.
    User.objects.select_for_update(no_key=True).filter(candidates=candidate).first()
    kept = kept_of(candidate)
    count, size = kept.count + len(files), kept.size + sum(file.size or 0 for file in files)
    problems = []
    if count > MOST:
        problems.append(Problem("", Message(TOO_MANY_IN_ALL, {"number": count, "limit": MOST})))
    if size > MOST_BYTES:
        limit = MOST_BYTES // uploads.MEGABYTE
        params = {"size": -(-size // uploads.MEGABYTE), "limit": limit}
        problems.append(Problem("", Message(TOO_MUCH_IN_ALL, params)))
    if problems:
        raise InputError(Message(NOT_TAKEN), problems)


def _keep(file: UploadedFile, of: dict[str, Any]) -> Document:
    name = PurePosixPath((file.name or "").replace("\\", "/")).name
    kind = PurePosixPath(name).suffix.lower()
    document = Document(
        name=name[-200:],
        content_type=uploads.CONTENT_TYPES[kind],
        size=file.size or 0,
        sha256=uploads.digest(file),
        **of,
    )
    given = f"{uuid.uuid4().hex}{kind}"
    try:
        document.file.save(given, file, save=False)
    except OSError:
        # The disk is full: what was begun of the file is nobody's.
        default_storage.delete(document.file.field.generate_filename(document, given))
        raise
    return document


def may_read(person: Person, document: Document) -> bool:
    """Whether she handed it in, or decides or audits what it supports."""
    about = document.claim or document.complaint
    if about is None or person.user is None:
        return False
    if about.candidate.user_id == person.user.pk:
        return True
    if document.claim is not None and document.claim.quota == "disability":
        return person.may(Can.SEE_DISABILITY)
    # An institution's officer sees lists of those placed, never their papers.
    return person.may(Can.SEE_PEOPLE)
