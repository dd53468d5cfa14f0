"""Papers and data of a result that take a while: made once by the worker, then given as files.

`DATA/papers/DIGEST-RUN/NAME`: a result never changes, so a paper of it that is there stands. One
that could not be made leaves `NAME.failed` in its place, with what failed: it is not tried again
until the office asks for it (`again`).
"""

from __future__ import annotations

import json
import logging
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from portaria.core.errors import PortariaError, UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.models import Contest, Run
from portaria.web.access.paper_makers import MAKERS, PUBLIC_LIST, SEATS_CSV, SEATS_JSON
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.kept_messages import packed, unpacked

log = logging.getLogger("portaria")
LANGUAGES = ("pt-PT", "en")
WAIT = 15 * 60
"""Seconds after which a paper that was asked for and never came is asked for again."""

FAILED = ".failed"
FAULT = declare("paper-fault", "the program failed ({detail}): tell its administrators")
NO_SUCH = declare("paper-not-failed", "This paper did not fail: there is nothing to make anew.")
NOT_MADE = declare("log-paper-failed", "Could not make the paper {paper} of {title}.")
AGAIN = declare("log-paper-again", "Asked for the paper {paper} of {title} anew.")


@dataclass(frozen=True)
class Failed:
    """A paper whose making failed. lang: "" for data without words; why: for staff alone."""

    name: str
    lang: str
    at: datetime
    why: Message


def folder(run: Run) -> Path:
    """Where the papers of a result are kept."""
    path: Path = settings.DATA / "papers" / f"{run.digest}-{run.pk}"
    return path


def paper(run: Run, name: str, lang: str = "") -> Path | Failed | None:
    """A paper that is ready; None while the worker makes it, which this asks for; Failed where it
    was tried in vain."""
    if found := _there(run, name, lang):
        return found
    if cache.add(_asked(run, name, lang), "asked", WAIT):
        make.enqueue(run.pk, name, lang)
    return _there(run, name, lang)


def _asked(run: Run, name: str, lang: str) -> str:
    return f"paper:{run.pk}:{name}:{lang}"


def _there(run: Run, name: str, lang: str) -> Path | Failed | None:
    path = folder(run) / _file(name, lang)
    return path if path.is_file() else failed(run, name, lang)


def failed(run: Run, name: str, lang: str) -> Failed | None:
    """How the making of a paper failed; None where it did not."""
    mark = folder(run) / (_file(name, lang) + FAILED)
    try:
        row = json.loads(mark.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Failed(name, lang, datetime.fromisoformat(row["at"]), unpacked(row["why"]))


def failures(run: Run) -> list[Failed]:
    """Every paper of a result whose making failed."""
    every = [(name, lang) for name in MAKERS for lang in ("", *LANGUAGES)]
    return [found for name, lang in every if (found := failed(run, name, lang))]


def again(run: Run, name: str, lang: str, user: User) -> None:
    """Have a paper that failed made anew; UsageError for one that did not fail."""
    if name not in MAKERS or lang not in ("", *LANGUAGES) or failed(run, name, lang) is None:
        raise UsageError(Message(NO_SUCH))
    record(user, AGAIN, {"paper": name, "title": run.contest.title}, contest=run.contest.key)
    (folder(run) / (_file(name, lang) + FAILED)).unlink(missing_ok=True)
    cache.delete(_asked(run, name, lang))
    paper(run, name, lang)


def _file(name: str, lang: str) -> str:
    return f"{lang}-{name}" if lang else name


@task()
def make(run: int, name: str, lang: str) -> None:
    """Make one paper, whole or not at all; what fails is kept in its place, and told in the log."""
    found = Run.objects.select_related("contest", "contest__ratified_by").get(pk=run)
    if _there(found, name, lang):
        return
    try:
        _write(folder(found) / _file(name, lang), MAKERS[name](found, lang))
    except PortariaError as error:
        why = error.message if isinstance(error.message, Message) else _fault(error)
        _keep_failure(found, name, lang, why)
    except Exception as error:
        _keep_failure(found, name, lang, _fault(error))


def _fault(error: Exception) -> Message:
    return Message(FAULT, {"detail": f"{type(error).__name__}: {error}"[:300]})


def _keep_failure(run: Run, name: str, lang: str, why: Message) -> None:
    log.exception("the paper %s of run %s could not be made", name, run.pk)
    row = {"at": timezone.now().isoformat(), "why": packed(why)}
    _write(folder(run) / (_file(name, lang) + FAILED), json.dumps(row).encode())
    params = {"paper": name, "title": run.contest.title}
    record(None, NOT_MADE, params, after=str(why), contest=run.contest.key)


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            Path(draft.name).replace(target)
        except OSError:  # the disk is full
            Path(draft.name).unlink(missing_ok=True)
            raise


def prepare_published(contest: Contest) -> None:
    """Have the worker make what the public asks for first, as a result becomes public."""
    if contest.run is None:
        return
    paper(contest.run, SEATS_CSV)
    paper(contest.run, SEATS_JSON)
    paper(contest.run, PUBLIC_LIST, LANGUAGES[0])
