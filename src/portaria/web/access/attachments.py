"""Documents that support a claim or a complaint: checked, kept under random names, given back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web import uploads
from portaria.web.access.models import Claim, Complaint, Document
from portaria.web.accounts.permissions import Person
from portaria.web.accounts.roles import Can

NOT_TAKEN = declare("documents-not-taken", "The documents were not taken.")

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
