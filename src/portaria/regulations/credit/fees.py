"""Articles 6/4-5, 15/5 and 18/1/d: what is paid and returned. Amounts are not in the text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.request import Request

ZERO = Fraction(0)


@dataclass(frozen=True)
class Paid:
    """In euros. `due`: the request and the further units accepted, never returned (6/4-5, 15/5);
    `returned`: of the appeal's fee, None where a person decides."""

    due: Fraction
    appeal: Fraction
    returned: Fraction | None


@rule("fees", "appeal-fee")
def fees(request: Request, appeal: str, rules: RuleSet) -> Paid | None:
    """None where the request gives no amounts. `appeal`: what became of it (`meanwhile.appeal`);
    one that was rejected outright was decided in nobody's favour."""
    amounts = request.fees
    if amounts is None:
        return None
    accepted = sum(item.beyond_request == "accepted" for item in request.items)
    due = amounts.request + accepted * amounts.unit
    if request.appeal is None or appeal.startswith("rejected"):
        return Paid(due, amounts.appeal if request.appeal else ZERO, ZERO)
    returned = {
        "won": amounts.appeal if rules.takes("appeal_fee", "returned") else ZERO,
        "partly": _partly(amounts.appeal, rules),
        "lost": ZERO,
        None: ZERO,
    }[request.appeal.result]
    return Paid(due, amounts.appeal, returned)


def _partly(amount: Fraction, rules: RuleSet) -> Fraction | None:
    """18/1/d does not say what becomes of the fee of an appeal won in part."""
    if rules.takes("partial_appeal", "human"):
        return None
    return amount if rules.takes("partial_appeal", "returned") else ZERO
