"""A contest with changes: other values in the same tables, checked like any input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from portaria.core.edition import Edition
from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message
from portaria.core.problem import Problem, errors
from portaria.core.rounding import without_zeros
from portaria.regulations.access import check
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.schemas import TABLES
from portaria.regulations.access.simulate import words
from portaria.regulations.access.simulate.change import Change
from portaria.regulations.access.simulate.draft import Draft, Moved
from portaria.tables.folder import Folder
from portaria.tables.schema import SOURCE_ROW


def apply(contest: Contest, changes: Sequence[Change]) -> tuple[Contest, tuple[Moved, ...]]:
    """The contest as the changes would have it, in their order, and every value moved.

    InputError with every problem where a change names what is not there, or where the changed
    contest would not pass the checks of any input. Nothing of `contest` is touched.
    """
    draft = Draft(contest)
    edition, policy = contest.edition, dict(contest.readings)
    for change in changes:
        for step in change.steps:
            draft.step(change.file, step)
        for weights in change.weights:
            draft.weights(change.file, weights)
        edition = _with_quotas(edition, change, draft.problems)
        policy = _with_policy(edition, policy, change, draft.problems)
    draft.check_bounds()
    _stop(draft.problems)
    changed = replace(
        contest,
        edition=edition,
        readings=policy,
        tables=draft.tables(contest.tables),
        whole=draft.tables(contest.whole),
    )
    _stop(draft.told(_check(changed)))
    return changed, draft.moved()


def _stop(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(Message(words.CHANGE_WRONG), problems)


def _with_quotas(edition: Edition, change: Change, problems: list[Problem]) -> Edition:
    """The edition with other percents of special quotas."""
    parameters = dict(edition.parameters)
    for quota, percent in change.quotas.items():
        if f"quota_{quota}" not in parameters:
            message = Message(words.NO_QUOTA, {"edition": edition.name, "quota": quota})
            problems.append(Problem(change.file, message, column=f"quotas.{quota}"))
        else:
            name = f"quota_{quota}"
            parameters[name] = replace(parameters[name], value=str(without_zeros(percent)))
    return replace(edition, parameters=parameters)


def _with_policy(
    edition: Edition, readings: Mapping[str, str], change: Change, problems: list[Problem]
) -> dict[str, str]:
    chosen = dict(readings)
    for name, choice in change.policy.items():
        if fault := _refused(edition, name, choice):
            problems.append(Problem(change.file, fault, column=f"policy.{name}", value=choice))
        else:
            chosen[name] = choice
    return chosen


def _refused(edition: Edition, name: str, choice: str) -> Message | None:
    """Why a reading cannot be chosen, as contest.toml is told."""
    try:
        edition.choose({name: choice})
    except UsageError as error:
        assert not isinstance(error.message, str)  # noqa: PT017
        return error.message
    return None


def _check(contest: Contest) -> list[tuple[Problem, str | None]]:
    """The errors that the checks of every input find, with the programme of each."""
    frames = {name: contest.tables[name].with_row_index(SOURCE_ROW, offset=2) for name in TABLES}
    folder = Folder(frames, {}, [], frozenset(TABLES))
    found = []
    for problem in errors(check.check(contest.edition, contest.phase, folder)):
        table = contest.tables[problem.file.removesuffix(".csv")]
        row = problem.row
        known = row is not None and "programme" in table.columns
        found.append((problem, table["programme"][row - 2] if known and row else None))
    return found
