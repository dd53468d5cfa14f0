"""Days that cannot be: too early for what they belong to, or beyond the known years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portaria.core.deadline import LAST_YEAR
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.recruitment.checked import Checked, Row
from portaria.regulations.recruitment.days import apply_by, calendar_of, hearing
from portaria.regulations.recruitment.model import Notice
from portaria.regulations.recruitment.regulation import RECRUITMENT
from portaria.regulations.recruitment.settings import SETTINGS, known_year, unknown_year

BEFORE_NOTICE = declare(
    "recruitment-day-before-notice",
    "this is before the notice, which is of {published}: correct this day, or that of notice.toml",
)
BEFORE_LIST = declare(
    "recruitment-before-list",
    "the list was published on {published}, and nobody answers it before: correct one of the days",
)
DECIDED_BEFORE = declare(
    "recruitment-decided-before",
    "the answer came on {received_on}, and nobody decides it before: correct one of the days",
)
HEARING_TOO_FAR = declare(
    "recruitment-hearing-too-far",
    "its hearing, or the ten days that the law asks for, would end after {last}, the last year "
    "whose working days are known: correct the day or the number of days",
)
APPLY_TOO_FAR = declare(
    "recruitment-apply-too-far",
    "{days} working days from {published} on end after {last}, the last year whose working days "
    "are known: correct the day or the number of days",
)


def days(checked: Checked) -> Iterator[Problem]:
    """Nothing is before the notice, no answer before its list, no decision before either; every
    deadline ends in a year whose working days are known."""
    for table, column in (("candidates", "applied_on"), ("lists", "published")):
        for row in checked.rows[table]:
            yield from _too_early(checked, table, row, column)
    if checked.notice is not None:
        yield from _application(checked.notice)
        for row in checked.rows["lists"]:
            yield from _hearing(checked, checked.notice, row)
    published = {row["list"]: row["published"] for row in checked.rows["lists"]}
    for row in checked.rows["answers"]:
        yield from _answer(checked, row, published.get(row["list"]))


def _too_early(checked: Checked, table: str, row: Row, column: str) -> Iterator[Problem]:
    day: date | None = row[column]
    if day is None or checked.notice is None:
        return
    if day < checked.notice.published:
        early = Message(BEFORE_NOTICE, {"published": checked.notice.published})
        yield checked.told(table, row, column, early)


def _answer(checked: Checked, row: Row, listed: date | None) -> Iterator[Problem]:
    received, decided = row["received_on"], row["decided_on"]
    if received and listed and received < listed:
        early = Message(BEFORE_LIST, {"published": listed})
        yield checked.told("answers", row, "received_on", early)
    if received and decided and decided < received:
        early = Message(DECIDED_BEFORE, {"received_on": received})
        yield checked.told("answers", row, "decided_on", early)


def _application(notice: Notice) -> Iterator[Problem]:
    rules = RECRUITMENT.rule_set()
    try:
        calendar = calendar_of(notice.municipal, notice.closures, rules)
        apply_by(notice.published, calendar, rules, notice.application_days)
    except UsageError:
        given = {"days": notice.application_days, "published": notice.published}
        yield Problem(
            SETTINGS,
            Message(APPLY_TOO_FAR, given | {"last": str(LAST_YEAR)}),
            column="application_days",
            value=str(notice.application_days),
        )


def _hearing(checked: Checked, notice: Notice, row: Row) -> Iterator[Problem]:
    """Under any reading: that of the law, and of the municipal holiday, is always counted too."""
    published, own = row["published"], row["hearing_days"]
    if published is None or published < notice.published:
        return
    if not known_year(published):
        yield checked.told("lists", row, "published", unknown_year())
        return
    if checked.is_unread("lists", row, "hearing_days"):
        return
    rules = RECRUITMENT.rule_set()
    try:
        calendar = calendar_of(notice.municipal, notice.closures, rules)
        hearing(published, notice.hearing_days if own is None else own, calendar, rules)
    except UsageError:
        column = "published" if own is None else "hearing_days"
        far = Message(HEARING_TOO_FAR, {"last": str(LAST_YEAR)})
        yield checked.told("lists", row, column, far)
