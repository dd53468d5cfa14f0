"""A message to those whom a decision concerns: that it is there to read, not what it says."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from allauth.core import context as current
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from portaria.core.messages import Message, declare
from portaria.web.access import notices
from portaria.web.access.models import Candidate, Contest, Exchange, Relocation, Run
from portaria.web.accounts.models import User
from portaria.web.pages import say

log = logging.getLogger("portaria")

CLAIM, COMPLAINT, EXCHANGE, RELOCATION, RECTIFICATION = (
    "claim", "complaint", "exchange", "relocation", "rectification",
)  # fmt: skip
MATTERS = {
    CLAIM: declare("mail-matter-claim", "your claim to a quota or preference"),
    COMPLAINT: declare("mail-matter-complaint", "your complaint"),
    EXCHANGE: declare("mail-matter-exchange", "your exchange of seats"),
    RELOCATION: declare("mail-matter-relocation", "the relocation of the students of your course"),
    RECTIFICATION: declare("mail-matter-rectification", "the rectification of your result"),
}
PAGES = {
    CLAIM: "candidate-claims",
    COMPLAINT: "candidate-complaint",
    EXCHANGE: "exchange",
    RELOCATION: "exchange",
    RECTIFICATION: "candidate-result",
}
"""Where each decision is read, by the name of its address."""


def tell(people: Iterable[Candidate], matter: str) -> None:
    """Have the worker write to those of them who have an account, once the decision is kept."""
    for person in people:
        if person.user_id is not None:
            _later(person.user_id, matter, person.contest)


def of_request(asked: Exchange | Relocation) -> None:
    """Tell those whose seats it is about, once an exchange or a relocation is decided."""
    if not notices.is_decided(asked):
        return
    people = Candidate.objects.filter(contest=asked.contest).select_related("contest")
    if isinstance(asked, Exchange):
        tell(people.filter(pk__in=(asked.first_id, asked.second_id)), EXCHANGE)
    else:
        tell(people.filter(candidate__in=asked.moves), RELOCATION)


def of_rectification(run: Run) -> None:
    """Tell its candidate that a rectification is in force."""
    people = Candidate.objects.filter(contest=run.contest, candidate=run.parameters["candidate"])
    tell(people.select_related("contest"), RECTIFICATION)


def _later(user: int, matter: str, contest: Contest) -> None:
    link = _link(reverse(PAGES[matter], args=[contest.key]))
    transaction.on_commit(
        lambda: write.enqueue(user, matter, contest.title, link),
        robust=True,
    )


def _link(path: str) -> str:
    """The page as it is reached from outside; empty where nobody said how."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        return f"{origin.rstrip('/')}{path}"
    request = current.request
    return request.build_absolute_uri(path) if request is not None else ""


@task()
def write(user: int, matter: str, contest: str, link: str) -> None:
    """Write one message, in Portuguese; what cannot be sent is in the log of the program."""
    found = User.objects.filter(pk=user, is_active=True).first()
    if found is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        words = {"matter": say(Message(MATTERS[matter])), "contest": contest, "link": link}
        text = render_to_string("access/email/decision.txt", words)
    subject, _, body = text.strip().partition("\n")
    prefix = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX
    message = EmailMessage(f"{prefix}{subject.strip()}", body.strip() + "\n", to=[found.email])
    try:
        message.send()
    except (OSError, SMTPException):
        log.exception("a message on a decision (%s) could not be sent", matter)
