"""The quotas and preferences of a whole form: asked for, heard, and left unclaimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from portaria.core.rule import rule
from portaria.regulations.access import quotas
from portaria.regulations.access.form.account import Claim, FormOption
from portaria.regulations.access.form.read import Read
from portaria.regulations.access.parameters import quotas_of
from portaria.regulations.access.schemas import ISLANDS

Row = dict[str, Any]
CLAIMED = ("disability", "azores", "madeira", "emigrant", "military", "regional")


def claims(form: Read, person: Row, options: Iterable[FormOption]) -> tuple[Claim, ...]:
    """Those she claims or has without claiming, then those she could claim; phase 1 alone."""
    if form.contest.phase > 1:
        return ()
    there = quotas_of(form.contest.edition)
    asked = {each.order: {q.quota: q.heard for q in each.quotas} for each in options}
    return (
        *_claimed(form, person, asked, [quota for quota in CLAIMED if quota in there]),
        *_vocational(form, asked),
        *(_unclaimed(form) if "regional" in there and not person["claims_regional"] else ()),
    )


def _claimed(
    form: Read, person: Row, asked: dict[int, dict[str, bool]], there: Iterable[str]
) -> Iterator[Claim]:
    for quota in there:
        ground = person[quotas.ASKS_FOR[quota]]
        if ground:
            yield _claim(form, quota, f"stage-{quota}", asked, ground if quota in ISLANDS else None)


def _vocational(form: Read, asked: dict[int, dict[str, bool]]) -> Iterator[Claim]:
    """It needs no claim: the secondary course gives it."""
    if any("vocational" in at for at in asked.values()):
        yield _claim(form, "vocational", "stage-vocational", asked)


def _claim(
    form: Read,
    quota: str,
    rule_id: str,
    asked: dict[int, dict[str, bool]],
    ground: str | None = None,
) -> Claim:
    names = (quota, f"{quota}_preference")
    found = {
        order: any(heard for name, heard in at.items() if name in names)
        for order, at in asked.items()
        if any(name in at for name in names)
    }
    return Claim(
        quota,
        True,
        ground,
        tuple(found),
        tuple(order for order, heard in found.items() if heard),
        rule_id,
        form.contest.edition.clause(rule_id),
    )


@rule("regional-claim")
def _unclaimed(form: Read) -> Iterator[Claim]:
    """The regional preference she does not claim and has the area for (18/5, 25/4)."""
    contest = form.contest
    people = contest.tables["candidates"].with_columns(claims_regional=True)
    as_if = replace(contest, tables={**contest.tables, "candidates": people})
    asked = {
        row["order"]: quotas.asked(row)["regional"]
        for row in quotas.form(as_if, form.graded).iter_rows(named=True)
        if row["reason"] is None and row["in_area"]
    }
    if asked:
        yield Claim(
            "regional",
            False,
            None,
            tuple(asked),
            tuple(order for order, why_not in asked.items() if not why_not),
            "regional-claim",
            contest.edition.clause("regional-claim"),
        )
