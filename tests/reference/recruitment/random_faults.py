"""One fault put into a procedure: by its code, what is changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

Row = dict[str, Any]
Tables = dict[str, Any]
Change = Callable[[Tables], None]

LATER = "2030-01-02"


def _set(table: str, **values: Any) -> Change:
    """The first row is changed."""
    return lambda tables: tables[table][0].update(values)


def _notice(**values: Any) -> Change:
    return lambda tables: tables["notice"].update(values)


def _without(table: str, column: str) -> Change:
    def take(tables: Tables) -> None:
        for row in tables[table]:
            del row[column]

    return take


def _again(table: str) -> Change:
    return lambda tables: tables[table].append(dict(tables[table][0]))


def _decision(**values: str) -> Change:
    """The first candidate's, and no other one of hers."""

    def put(tables: Tables) -> None:
        who = tables["candidates"][0]["candidate"]
        others = [row for row in tables["decisions"] if row["candidate"] != who]
        row = {"candidate": who, "result": "excluded", "reason": "late", "clause": "Aviso-8072 4"}
        tables["decisions"] = [*others, {**row, **values}]

    return put


def _score(**values: str) -> Change:
    """One row more, of a new candidate."""

    def put(tables: Tables) -> None:
        row = {"candidate": "new", "criterion": tables["criteria"][0]["criterion"], "score": "10"}
        tables["candidates"].append({"candidate": "new", "name": "Nome new", "applied_on": ""})
        tables["scores"].append({**row, **values})

    return put


def _answer(to: str, **values: str) -> Change:
    """One answer more, rejected, and a list to answer to where there is none."""

    def put(tables: Tables) -> None:
        if not any(row["list"] == to for row in tables["lists"]):
            published = str(tables["notice"]["published"])
            row = {"list": to, "published": published, "hearing_days": "", "title": ""}
            tables["lists"].append(row)
        who = tables["candidates"][0]["candidate"]
        answer = {"answer": "more", "list": to, "candidate": who, "received_on": LATER}
        answer |= {"decided_on": LATER, "outcome": "rejected", "criterion": "", "score": ""}
        tables["answers"].append({**answer, **values})

    return put


def _no_such_list(tables: Tables) -> None:
    tables["lists"] = [row for row in tables["lists"] if row["list"] != "admission"]
    tables["answers"] = [row for row in tables["answers"] if row["list"] != "admission"]
    answer = {"answer": "more", "list": "admission", "received_on": LATER, "decided_on": ""}
    answer |= {"candidate": tables["candidates"][0]["candidate"], "outcome": "", "criterion": ""}
    tables["answers"].append({**answer, "score": ""})


def _list_early(tables: Tables) -> None:
    tables["lists"] = [row for row in tables["lists"] if row["list"] != "admission"]
    tables["answers"] = [row for row in tables["answers"] if row["list"] != "admission"]
    row = {"list": "admission", "published": "2017-07-02", "hearing_days": "", "title": ""}
    tables["lists"].append(row)


def _list_at_the_end(**values: str) -> Change:
    """The only list there is, so late that nobody knows its working days."""

    def put(tables: Tables) -> None:
        row = {"list": "admission", "hearing_days": "", "title": ""}
        tables["lists"], tables["answers"] = [{**row, **values}], []

    return put


FAULTS: dict[str, Change] = {
    "missing-table": lambda tables: tables.pop("answers"),
    "missing-column": _without("candidates", "name"),
    "blank-cell": _set("candidates", name=" "),
    "repeated-key": _again("criteria"),
    "unknown-candidate": _score(candidate="nobody"),
    "unknown-criterion": _score(criterion="dance"),
    "unknown-list": _no_such_list,
    "not-a-number": _score(score="good"),
    "not-a-date": _set("candidates", applied_on="2017-02-29"),
    "not-allowed": _decision(result="perhaps"),
    "not-an-integer": _notice(posts="one"),
    "below-minimum": _notice(posts=0),
    "above-maximum": _score(score="20.01"),
    "weights-not-100": lambda tables: tables["criteria"].append(
        {"criterion": "more", "weight": "0.1", "minimum": "", "clause": "Aviso-8072 6"}
    ),
    "exclusion-without-reason": _decision(reason=""),
    "exclusion-without-clause": _decision(clause=""),
    "no-such-clause": _decision(clause="8072 99/z"),
    "no-such-clause:long": _decision(clause="Aviso-8072"),
    "no-such-clause:method": _set("criteria", clause="8072 6/a"),
    "hidden-character": _set("candidates", name="Nome \u202eana"),
    "hidden-character:line": _set("candidates", name="Nome\nana"),
    "hidden-character:reason": _decision(reason="late\u2028yes"),
    "hidden-character:process": _notice(process="1\u200b/2017"),
    "too-long": _set("candidates", name=201 * "a"),
    "too-long:reason": _decision(reason=2001 * "a"),
    "too-far": _list_at_the_end(published="2028-01-03"),
    "too-far:hearing": _list_at_the_end(published="2027-06-01", hearing_days="300"),
    "too-far:law": _list_at_the_end(published="2027-12-20", hearing_days="3"),
    "too-far:notice": _notice(application_days=1000, published=date(2026, 1, 5)),
    "before-notice": _set("candidates", applied_on="2017-07-02"),
    "before-notice:list": _list_early,
    "before-list": _answer("admission", received_on="2017-07-02"),
    "decided-before": _answer("admission", decided_on="2030-01-01"),
    "half-decided": _answer("admission", outcome=""),
    "half-decided:day": _answer("evaluation", decided_on=""),
    "no-new-score": _answer("evaluation", outcome="accepted", criterion="method-1"),
    "score-not-asked": _answer("evaluation", criterion="method-1"),
    "score-not-asked:admission": _answer("admission", outcome="accepted", score="10"),
    "missing-key": lambda tables: tables["notice"].pop("posts"),
    "unknown-key": _notice(colour="blue"),
    "not-a-text": _notice(process=6),
    "not-a-date:notice": _notice(published="2017-07-03"),
    "not-a-date:closures": _notice(closures=[date(2017, 8, 1), "soon"]),
    "below-minimum:score": _score(score="-1"),
}
"""By the code of the fault; what follows a colon tells two of one code apart."""


def put_fault(tables: Tables, seed: int) -> None:
    """Give the procedure the fault of this seed."""
    [*FAULTS.values()][seed % len(FAULTS)](tables)


def fault_of(seed: int) -> str:
    """The code of the fault that a faulty procedure of this seed has."""
    return [*FAULTS][seed % len(FAULTS)].partition(":")[0]
