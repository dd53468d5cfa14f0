"""The SCAE code of a situation (R33-R37), and the situation as of a month (R06, R12, R40)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from .model import Config, Month, Row

BASIC = {
    **{"2": 1, "5": 5, "7": 9, "9": 11, "10": 13, "11": 13, "3": 18, "30": 19, "31": 20},
    **{"6": 21, "45": 22, "32": 23, "70": 24},
}
CONTINUING = {
    **{"39": 1, "67": 9, "42": 12, "66": 17, "68": 18, "69": 19, "46": 20, "41": 21, "73": 22}
}
DISCIPLINE = {"2": 1, "9": 12, "72": 26, "14": 27}

ACTIVE = {1, 17, 24}
EXIT = {9, 11, 12, 13, 18, 19, 20, 21, 22, 23}
SUSPENDED = {5}
RESULTS = {11, 12, 13}
TRANSFERS = {"31", "46"}  # Transferencia de Turma, in each level
APPROVED, IN_PROCESS, CLASS_TRANSFER = "9", "71", "31"
EJA_MODALITIES = {"8", "7", "3"}
DISCIPLINE_MODALITIES = {"8", "7"}


def table(level: str, state: str) -> dict[str, int]:
    """R33, R34, R35, R37: in Parana 30 is Falecido and 32 Transferencia Escola."""
    if level == "continuing":
        return CONTINUING
    return {**BASIC, "30": 22, "32": 19} if state == "PR" else BASIC


def group(code: int | None) -> str:
    """ACTIVE, EXIT or SUSPENDED; empty for no code."""
    for name, codes in (("ACTIVE", ACTIVE), ("EXIT", EXIT), ("SUSPENDED", SUSPENDED)):
        if code in codes:
            return name
    return ""


def is_eja(klass: Row) -> bool:
    """R14: modalities 8, 7 and 3."""
    return klass["level"] == "basic" and klass["modality"] in EJA_MODALITIES


@dataclass(frozen=True)
class Standing:
    """Where an enrolment stands at the end of a month. `code`: the SGE code, empty when the log
    says that it did not exist yet; `last`, `previous`: the last movements known."""

    code: str
    situation: str
    result: str
    last: Row | None
    previous: Row | None
    logged: bool


@dataclass
class Visit:
    """R12: a stay in one class. `klass` None: the class is known neither to log nor to row."""

    klass: str | None
    since: date | None
    events: list[Row] = field(default_factory=list)


def event_classes(log: list[Row], row: Row, reported: str | None, eja: bool) -> list[str | None]:
    """R12: an event without class is of the class of the next event that has one, or of the row.

    A class transfer without class, where the ledger knows another class than the row, or where the
    next situation begins elsewhere (the class was overwritten), is of a class that cannot be
    derived.
    """
    classes: list[str | None] = []
    following: str | None = row["class"]
    then = row["situation"]  # where the situation goes on after the event
    for event in reversed(log):
        if event["class"]:
            following = event["class"]
        elif event["to"] in TRANSFERS and (
            not eja and (reported not in (None, following) or then != event["to"])
        ):
            following = None
        if event["column"] == "situation":
            then = event["from"]
        classes.append(following)
    return classes[::-1]


def visits(row: Row, log: list[Row], reported: str | None, eja: bool = False) -> list[Visit]:
    """R12, R13: the stays of one enrolment, in order; the last one is in the class of the row."""
    classes = event_classes(log, row, reported, eja)
    stays = [Visit(classes[0] if classes else row["class"], row["enrolled_on"])]
    left: date | None = None
    for event, klass in zip(log, classes, strict=True):
        if klass != stays[-1].klass:
            stays.append(Visit(klass, left or event["at"].date()))
        stays[-1].events.append(event)
        left = event["at"].date() if event["to"] in TRANSFERS else None
    if stays[-1].klass != row["class"]:
        stays.append(Visit(row["class"], left or log[-1]["at"].date()))
    return stays


def initial(row: Row, log: list[Row], first: int) -> dict[str, str]:
    """R06: what each column held before event `first`: the `from` of its next event. With a log,
    a result it never mentions did not exist; the situation is then the one of the row."""
    start = {"situation": row["situation"], "result": "" if log else row.get("result", "")}
    for column in start:
        nexts = [e["from"] for e in log[first:] if e["column"] == column]
        befores = [e["to"] for e in log[:first] if e["column"] == column]
        if nexts:
            start[column] = nexts[0]
        elif befores and column == "result":
            start[column] = befores[-1]
    return start


def snapshot(columns: dict[str, str], codes: dict[str, int]) -> str:
    """R40 without movements: an exit in the situation, then the result, then the situation."""
    situation, result = columns["situation"], columns["result"]
    if group(codes.get(situation)) == "EXIT" or result in ("", IN_PROCESS):
        return situation
    return result


def standing(
    events: list[Row],
    start: dict[str, str],
    codes: dict[str, int],
    known: Callable[[Row], bool],
    logged: bool,
) -> Standing:
    """R06, R40, R50: both histories merged by time; the last movement known is the situation."""
    columns = dict(start)
    past = [e for e in events if known(e) and not e.get("idle")]
    for event in past:
        columns[event["column"]] = event["to"]
    code = past[-1]["to"] if past and past[-1]["to"] else snapshot(columns, codes)
    return Standing(
        code=code,
        situation=columns["situation"],
        result=columns["result"],
        last=past[-1] if past else None,
        previous=past[-2] if len(past) > 1 else None,
        logged=logged,
    )


def known_by(
    month: Month, config: Config, codes: dict[str, int], end: date | None
) -> Callable[[Row], bool]:
    """Movements up to the month; with `future_results` max_month a result waits for the end of
    its class (R25)."""

    def known(event: Row) -> bool:
        moment = (event["at"].year, event["at"].month)
        waits = config.readings["future_results"] == "max_month"
        if waits and end is not None and codes.get(event["to"]) in RESULTS:
            moment = max(moment, (end.year, end.month))
        return moment <= month

    return known
