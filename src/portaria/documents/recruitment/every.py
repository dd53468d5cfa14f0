"""Every paper that a procedure allows on a day, by the name of its file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.documents.recruitment.lists import admission_paper, evaluation_paper, final_paper
from portaria.documents.recruitment.notices import hearing_paper, opening_paper
from portaria.documents.recruitment.records import Papers
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.model import ADMISSION, EVALUATION

KINDS = (
    "notice", "admission-list", "admission-hearing", "evaluation-list", "evaluation-hearing",
    "final-list",
)  # fmt: skip
UNKNOWN_KIND = declare("recruitment-papers-kind", "no paper is called {given}; known: {known}")


@dataclass(frozen=True)
class Made:
    """A paper to be; `state`: of the list it shows, or is about, None for the notice."""

    kind: str
    state: str | None
    make: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.kind}.pdf"


def check_kinds(kinds: Collection[str]) -> None:
    """UsageError for a kind that is not one of KINDS."""
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(Message(UNKNOWN_KIND, {"given": kind, "known": ", ".join(KINDS)}))


def every_paper(
    found: Evaluation, papers: Papers, lang: str | None = None, kinds: Collection[str] = ()
) -> Iterator[Made]:
    """The papers of the day, of these `kinds` or of all. A kind that was asked for by name is
    there also where the day has none: making it is a UsageError that says why."""
    check_kinds(kinds)
    for kind in KINDS:
        if kind in kinds or (not kinds and kind in _allowed(found)):
            yield Made(kind, _state(found, kind), _maker(kind, found, papers, lang))


def _allowed(found: Evaluation) -> Iterator[str]:
    yield "notice"
    for name in (ADMISSION, EVALUATION):
        state = found.state(name)
        if state.published is not None:
            yield f"{name}-list"
        if state.hearing.open_on(found.on):
            yield f"{name}-hearing"
    if found.state(EVALUATION).is_final:
        yield "final-list"


def _state(found: Evaluation, kind: str) -> str | None:
    if kind == "notice":
        return None
    return found.state(ADMISSION if kind.startswith(ADMISSION) else EVALUATION).state


def _maker(kind: str, found: Evaluation, papers: Papers, lang: str | None) -> Callable[[], bytes]:
    name, _, what = kind.partition("-")
    if what == "hearing":
        return lambda: hearing_paper(found, name, papers, lang)
    make = {
        "notice": opening_paper,
        "admission-list": admission_paper,
        "evaluation-list": evaluation_paper,
        "final-list": final_paper,
    }[kind]
    return lambda: make(found, papers, lang)
