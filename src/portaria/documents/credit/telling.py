"""What everything that tells of a request has in common: its language, clauses and names."""

from __future__ import annotations

from fractions import Fraction

from portaria.core.messages import Message, declare, render
from portaria.documents.citation import cite
from portaria.documents.credit.reason_words import REASONS
from portaria.documents.credit.words import DOCUMENTS, LETTERS, ORIGINS, ORIGINS_SHORT
from portaria.documents.numbers import amount
from portaria.regulations.credit.assess import Assessment, Decision
from portaria.regulations.credit.reasons import GRADE_HUMAN
from portaria.regulations.credit.request import Item

REGULATION = "438"
GRADE_OPEN = declare("credit-reason-grade-open", "The credits are found, the grade is not.")


class Told:
    """An assessment to be told in one language, that of its edition unless another is asked for."""

    def __init__(self, assessment: Assessment, lang: str | None = None) -> None:
        self.assessment = assessment
        self.request = assessment.request
        self.rules = assessment.rules
        self.lang = lang or assessment.rules.edition.language
        self.items = {item.id: item for item in assessment.request.items}

    def say(self, code: str, cited: str = "", /, **params: object) -> str:
        """A declared sentence, with the clause it stands on before its full stop."""
        exact = {
            name: amount(value, self.lang) if isinstance(value, Fraction) else value
            for name, value in params.items()
        }
        sentence = render(Message(code, exact), self.lang)
        if not cited:
            return sentence
        stop = "." if sentence.endswith(".") else ""
        return f"{sentence.removesuffix('.')} [{self.cite(cited)}]{stop}"

    def number(self, value: Fraction | int) -> str:
        """An exact number as text."""
        return amount(value, self.lang)

    def cite(self, clause: str) -> str:
        """A clause in words; of another text than the regulation, with its name."""
        return cite(clause, self.lang, with_text=not clause.startswith(f"{REGULATION} "))

    def clause(self, rule: str) -> str:
        """The clause of a rule in words."""
        return self.cite(self.rules.clause(rule))

    def origin(self, origin: str) -> str:
        """`g) professional experience`."""
        return f"{LETTERS[origin]}) {self.say(ORIGINS[origin])}"

    def short_origin(self, origin: str) -> str:
        """`a) degree course`, where there is little room."""
        return f"{LETTERS[origin]}) {self.say(ORIGINS_SHORT[origin])}"

    def named(self, item: str) -> str:
        """An item by the unit it is for, or what is offered, and its id: `UC1 (a)`."""
        name = self.items[item].target or self.items[item].name
        return item if name is None or name == item else f"{name} ({item})"

    def offered(self, item: str) -> str:
        """What is offered, and the id of its item; by its unit where it has no name."""
        name = self.items[item].name
        return self.named(item) if name is None or name == item else f"{name} ({item})"

    def documents(self, codes: tuple[str, ...]) -> str:
        """Documents in words; a name that is no code stands as it was given."""
        return ", ".join(self.say(DOCUMENTS[c]) if c in DOCUMENTS else f"“{c}”" for c in codes)


def source_of(item: Item) -> str:
    """Name, institution and country of what is offered, as far as they are given."""
    abroad = item.country if item.country != "PT" else ""
    return ", ".join(filter(None, (item.name, item.institution, abroad)))


def reason_of(told: Told, decision: Decision) -> str:
    """Why an item is what it is, with its clause; that only the grade is open, where it is so."""
    sentence = told.say(REASONS[decision.reason], decision.clause)
    if decision.reason in GRADE_HUMAN and decision.credits is not None:
        return f"{told.say(GRADE_OPEN)} {sentence}"
    return sentence


def final(told: Told) -> bool:
    """Whether there is a result to notify: complete, and decided by people or by a table."""
    request = told.request
    return told.assessment.outcome == "complete" and (
        request.decided_on is not None
        or request.notified_on is not None
        or all(e.decided_by == "table" or e.facts.item.decided for e in told.assessment.items)
    )


def total_of(items: tuple[Decision, ...]) -> Fraction:
    """The credits that the rules fix, all together."""
    return sum((each.credits or Fraction(0) for each in items), Fraction(0))
