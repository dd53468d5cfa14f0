"""Articles 2/a, 4/4 and 14/2: the original of a credit, certified, and no credit twice for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.request import Item, Origin


def originals(items: Sequence[Item]) -> dict[str, Item]:
    """Each item's id to the item at the end of its chain of roots, which pays for it.

    The caps follow the origin of the original (4/4). Chains are known to end.
    """
    known = {item.id: item for item in items}
    found = {}
    for item in items:
        end = item
        while end.root is not None:
            end = known[end.root]
        found[item.id] = end
    return found


@rule("original-source", "one-credit-an-original")
def credited_source(
    item: Item, items: Sequence[Item], paid_by: Mapping[str, Item], rules: RuleSet
) -> str:
    """Why a unit that was itself credited cannot be the source; nothing where it can.

    It is refused as such: the student may offer the original, whose cap still counts. Under the
    other reading the original stands in for it, and pays once for one outcome.
    """
    if not item.credited:
        return ""
    end = paid_by[item.id]
    if end.credited:
        return "original-unknown"
    if rules.takes("credited_source", "refuse"):
        return "credited-source"
    rivals = (o for o in items if o.id != item.id and paid_by[o.id] is end)
    return "same-root-twice" if any(o.target == item.target for o in rivals) else ""


@rule("certified-training")
def not_certified(item: Item, origin: Origin) -> bool:
    """2/a: an official certificate, of an institution of higher education or otherwise
    recognised, at a higher or post-secondary level; or what the council recognises.

    Only where the request says what stands behind the training; experience is not training.
    """
    paper = item.certificate
    if paper is None or origin == "experience":
        return False
    if not paper.official:
        return True
    known = paper.issuer in ("higher_education", "recognised")
    return not (paper.recognised_by_council or (known and paper.level != "other"))
