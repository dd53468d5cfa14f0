"""The tables made one procedure, or every fault of them at once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reference.cef.tables import Fault
from reference.days import add

from .hearing import hearing
from .model import Answer, Candidate, Criterion, Decision, Notice, Procedure, Published
from .notice import notice_of
from .tables import COLUMNS, Row, Tables, check_keys, typed
from .texts import MOST, MOST_OF_A_REASON, text_fault

Found = dict[str, list[Row]]
LAST_YEAR = 2027
CLAUSES = ("1", "2", "2/a", "2/b", "2/c", "2/d", "2/e", "3", "4", "5", "5/a", "5/b", "6")
"""Every number and letter of Aviso 8072/2017."""


class BadProcedure(ValueError):
    """The procedure cannot be evaluated; `faults` holds every reason, by table, row, column."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("; ".join(" ".join(map(str, fault)) for fault in self.faults))


def read_procedure(tables: Tables) -> Procedure:
    """The procedure, or BadProcedure."""
    faults: list[Fault] = []
    notice = notice_of(tables.get("notice"), faults)
    found = typed(tables, faults)
    check_keys(found, faults)
    check_texts(found, faults)
    check_decisions(found, faults)
    check_scores(found, notice, faults)
    check_days(found, notice, faults)
    check_years(found, notice, faults)
    check_answers(found, faults)
    if faults or notice is None:
        raise BadProcedure(faults)
    return build(notice, found)


def unread(faults: Sequence[Fault], table: str) -> set[tuple[int, str]]:
    """The cells of a table that are at fault already: one fault a cell is enough."""
    return {(fault.row, fault.column) for fault in faults if fault.table == table}


def check_texts(found: Found, faults: list[Fault]) -> None:
    """Nothing hidden, nothing endless; a clause said to be of the notice is one of its own."""
    for table, columns in COLUMNS.items():
        for number, row in enumerate(found[table], 2):
            for name, column in columns.items():
                if column.kind != "text" or row[name] is None:
                    continue
                code = text_fault(row[name], MOST_OF_A_REASON if name == "reason" else MOST)
                if not code and name == "clause" and not _may_be(row[name]):
                    code = "no-such-clause"
                if code:
                    faults.append(Fault(table, number, name, code))


def _may_be(clause: str) -> bool:
    """Whatever does not begin as a clause of the notice is somebody's own words."""
    word, _, number = clause.partition(" ")
    if word in ("8072", "Aviso-8072"):
        return number.strip() in CLAUSES
    return not re.match(r"(Aviso-)?8072([^\w-]|$)", clause)


def check_decisions(found: Found, faults: list[Fault]) -> None:
    """Every exclusion says why, and under which clause."""
    bad = unread(faults, "decisions")
    for name in ("reason", "clause"):
        faults += [
            Fault("decisions", number, name, f"exclusion-without-{name}")
            for number, row in enumerate(found["decisions"], 2)
            if row["result"] == "excluded" and row[name] is None
            if not {(1, name), (number, name)} & bad
        ]


def check_scores(found: Found, notice: Notice | None, faults: list[Fault]) -> None:
    """The weights are percents of one whole; no score is above the scale."""
    weights = [row["weight"] for row in found["criteria"]]
    if None not in weights and weights and sum(weights) != 100:
        faults.append(Fault("criteria", 0, "weight", "weights-not-100"))
    columns = (("criteria", "minimum"), ("scores", "score"), ("answers", "score"))
    for table, name in columns:
        for number, row in enumerate(found[table], 2):
            if notice is not None and row[name] is not None and row[name] > notice.scale:
                faults.append(Fault(table, number, name, "above-maximum"))


def check_days(found: Found, notice: Notice | None, faults: list[Fault]) -> None:
    """Nothing is before the notice, an answer not before its list."""
    lists = {row["list"]: row["published"] for row in found["lists"]}
    for table, name in (("candidates", "applied_on"), ("lists", "published")):
        for number, row in enumerate(found[table], 2):
            if notice is not None and row[name] is not None and row[name] < notice.published:
                faults.append(Fault(table, number, name, "before-notice"))
    for number, row in enumerate(found["answers"], 2):
        received, published = row["received_on"], lists.get(row["list"])
        if received is not None and published is not None and received < published:
            faults.append(Fault("answers", number, "received_on", "before-list"))
        if None not in (received, row["decided_on"]) and row["decided_on"] < received:
            faults.append(Fault("answers", number, "decided_on", "decided-before"))


def check_years(found: Found, notice: Notice | None, faults: list[Fault]) -> None:
    """Whatever ends is in a year whose working days are known: applications, hearings, and the ten
    days that the law asks for."""
    if notice is None:
        return
    town, closed = notice.municipal, notice.closures
    try:
        add(notice.published, notice.application_days, town, closed)
    except ValueError:
        faults.append(Fault("notice", 0, "application_days", "too-far"))
    for number, row in enumerate(found["lists"], 2):
        day, own = row["published"], row["hearing_days"]
        if day is None or day < notice.published:
            continue
        if day.year > LAST_YEAR:
            faults.append(Fault("lists", number, "published", "too-far"))
            continue
        if (number, "hearing_days") in unread(faults, "lists"):
            continue
        try:
            hearing(day, notice.hearing_days if own is None else own, town, closed)
        except ValueError:
            name = "published" if own is None else "hearing_days"
            faults.append(Fault("lists", number, name, "too-far"))


def check_answers(found: Found, faults: list[Fault]) -> None:
    """A decision has its day; a new score belongs to what was accepted on the evaluation. A cell
    that could not be read is one fault, not two."""
    bad = unread(faults, "answers")
    for number, row in enumerate(found["answers"], 2):
        names = ("outcome", "decided_on", "criterion", "score", "list")
        if bad & {(at, name) for at in (1, number) for name in names}:
            continue
        if (row["outcome"] is None) != (row["decided_on"] is None):
            faults.append(Fault("answers", number, "decided_on", "half-decided"))
        wanted = row["list"] == "evaluation" and row["outcome"] == "accepted"
        for name in ("criterion", "score"):
            if (row[name] is not None) != wanted:
                code = "no-new-score" if wanted else "score-not-asked"
                faults.append(Fault("answers", number, name, code))


def build(notice: Notice, found: Found) -> Procedure:
    """Everything by its key: the order of the rows means nothing."""
    answers = sorted((Answer(**row) for row in found["answers"]), key=lambda one: one.answer)
    return Procedure(
        notice=notice,
        candidates={row["candidate"]: Candidate(**row) for row in _by(found, "candidates")},
        decisions={
            row["candidate"]: Decision(row["result"], row["reason"], row["clause"])
            for row in _by(found, "decisions")
        },
        criteria={row["criterion"]: Criterion(**row) for row in _by(found, "criteria")},
        scores={(row["candidate"], row["criterion"]): row["score"] for row in found["scores"]},
        lists={row["list"]: _published(row, notice) for row in found["lists"]},
        answers=tuple(answers),
    )


def known(procedure: Procedure, on: date) -> Procedure:
    """As it stands on a day: later lists, answers and decisions on answers are not there yet."""
    lists = {name: row for name, row in procedure.lists.items() if row.published <= on}
    answers = tuple(
        one
        if one.decided_on is None or one.decided_on <= on
        else replace(one, decided_on=None, outcome=None, criterion=None, score=None)
        for one in procedure.answers
        if one.received_on <= on
    )
    return replace(procedure, lists=lists, answers=answers)


def _by(found: Found, table: str) -> list[Row]:
    """By the first column."""

    def key(row: Row) -> Any:
        return next(iter(row.values()))

    return sorted(found[table], key=key)


def _published(row: Row, notice: Notice) -> Published:
    days = notice.hearing_days if row["hearing_days"] is None else row["hearing_days"]
    return Published(row["published"], days, row["title"])
