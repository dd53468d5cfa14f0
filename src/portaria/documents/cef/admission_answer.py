"""Who may enter a course: as data, and in sentences that end in a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from portaria.core.messages import Message, declare, render
from portaria.core.rule_set import RuleSet
from portaria.documents.citation import cite
from portaria.documents.sentence import sentence
from portaria.regulations.cef import admission as rule

YOUNG = declare(
    "cef-minimum-age-not-reached",
    "Minimum age: not reached; {age} years on {day}, younger only by leave of the schools "
    "directorate ({clause}).",
)
OLD_ENOUGH = declare(
    "cef-minimum-age-reached", "Minimum age: reached; {age} years on {day} ({clause})."
)
COMPLETE = declare(
    "cef-request-complete", "Request to the directorate: nothing is missing; it may be submitted."
)
LACKING = declare("cef-request-lacks", "Request to the directorate: it lacks {lacks}.")
LACKS = {
    "guardian-signature": declare("cef-lacks-signature", "the guardian's signature"),
    "report": declare("cef-lacks-report", "a report"),
    "report-author": declare(
        "cef-lacks-author",
        "a report by a director of the course or class, or by a support teacher, for want of a "
        "psychology service",
    ),
}
BY_PSYCHOLOGY = declare("cef-lacks-psychology", "a report by the psychology service")
NOT_TOO_OLD = declare(
    "cef-maximum-age-kept", "Maximum age: not exceeded; {age} years on {day} ({clause})."
)
EXCEPTED = declare(
    "cef-maximum-age-excepted",
    "Maximum age: {age} years on {day}, but last year was passed without interruption ({clause}).",
)
TOO_OLD = declare(
    "cef-maximum-age-exceeded",
    "Maximum age: exceeded; {age} years on {day}, and last year was interrupted or not passed "
    "({clause}).",
)
SCHOOLING = {
    True: declare("cef-eligible", "Schooling: that of a type 2 course ({clause})."),
    False: declare("cef-not-eligible", "Schooling: not that of a type 2 course ({clause})."),
    None: declare("cef-no-schooling", "Schooling: not given; say it with --passed and --failed."),
}
VERDICTS = {
    rule.MAY: declare(
        "cef-may-enter",
        "Verdict: may enter; whether there is a risk of dropping out is for people to judge "
        "({clause}).",
    ),
    rule.MAY_IF: declare(
        "cef-may-enter-if",
        "Verdict: may enter if {reasons}; whether there is a risk of dropping out is for people to "
        "judge ({clause}).",
    ),
    rule.MAY_NOT: declare("cef-may-not-enter", "Verdict: may not enter: {reasons}."),
}
CONDITIONS = {
    "request": declare("cef-if-request", "the request is completed"),
    "leave": declare("cef-if-leave", "the schools directorate gives leave"),
    "schooling": declare("cef-if-schooling", "the schooling is that of a type 2 course"),
}
AGAINST = {
    "age": declare("cef-against-age", "the maximum age is exceeded"),
    "schooling": declare("cef-against-schooling", "the schooling is not that of a type 2 course"),
}


@dataclass(frozen=True)
class Answer:
    """`schooling`: None where it was not given."""

    request: rule.Request
    minimum: rule.Admission
    maximum: rule.Admission
    schooling: rule.Schooling | None

    @property
    def verdict(self) -> rule.Verdict:
        """What it comes to."""
        return rule.verdict(self.minimum, self.maximum, self.schooling)


def row_of(found: Answer) -> dict[str, Any]:
    """The answer as data; the verdict with its conditions, or with what is against it."""
    verdict = found.verdict
    return {
        "minimum_age": asdict(found.minimum),
        "maximum_age": asdict(found.maximum),
        "schooling": found.schooling and asdict(found.schooling),
        "verdict": verdict.outcome,
        "conditions": verdict.conditions,
        "against": verdict.against,
    }


def sentences(found: Answer, rules: RuleSet, lang: str) -> Iterator[str]:
    """Each condition by its name, then the verdict."""
    yield from _minimum_told(found, rules, lang)
    yield _maximum_told(found.maximum, rules, lang)
    schooling = found.schooling
    eligible, clause = (schooling.eligible, schooling.clause) if schooling else (None, "")
    yield sentence(SCHOOLING[eligible], lang, clause)
    verdict = found.verdict
    codes = [CONDITIONS[each] for each in verdict.conditions]
    codes += [AGAINST[each] for each in verdict.against]
    reasons = _listed((render(Message(code), lang) for code in codes), lang)
    yield sentence(VERDICTS[verdict.outcome], lang, rules.clause("schooling"), reasons=reasons)


def _minimum_told(found: Answer, rules: RuleSet, lang: str) -> Iterator[str]:
    own, age = found.minimum, rules.number("minimum_age")
    code = OLD_ENOUGH if own.outcome == rule.ADMISSIBLE else YOUNG
    yield sentence(code, lang, rules.clause("minimum-age"), age=age, day=own.reached_on)
    if own.outcome == rule.MAY_BE_SUBMITTED:
        yield sentence(COMPLETE, lang)
    elif own.outcome == rule.INCOMPLETE:
        names = LACKS | (
            {"report-author": BY_PSYCHOLOGY} if found.request.psychology_service else {}
        )
        lacks = (
            f"{render(Message(names[each]), lang)} ({cite(clause, lang)})"
            for each, clause in zip(own.lacks, own.clauses, strict=True)
        )
        yield sentence(LACKING, lang, lacks=_listed(lacks, lang))


def _maximum_told(own: rule.Admission, rules: RuleSet, lang: str) -> str:
    excepted = own.clause == rules.clause("maximum-age-exception")
    kept = EXCEPTED if excepted else NOT_TOO_OLD
    code = TOO_OLD if own.outcome == rule.BARRED else kept
    age = rules.number("maximum_age")
    return sentence(code, lang, own.clause, age=age, day=own.reached_on)


def _listed(words: Iterable[str], lang: str) -> str:
    """The words with commas, the last two with “and”."""
    from babel.lists import format_list

    return format_list(list(words), locale=lang.replace("-", "_"))
