"""Article 4/4 and 14/2: the original of a credit, and no credit twice for it."""

from collections.abc import Mapping, Sequence

from .model import Item


def original(item: Item, known: Mapping[str, Item]) -> Item | str:
    """The item at the end of the chain of roots, or the fault of the chain."""
    seen = {item.id}
    while item.root is not None:
        if item.root not in known:
            return "root-unknown"
        if item.root in seen:
            return "root-cycle"
        seen.add(item.root)
        item = known[item.root]
    return item


def ground(item: Item, items: Sequence[Item], readings: Mapping[str, str]) -> str:
    """Why a credited unit cannot be the source, or nothing.

    Refused as such: the student may offer the original, whose cap still counts. Under the other
    reading the original stands in, but it pays once for one outcome: not where it is offered for
    the same target itself, nor where a second unit of the same original has that target.
    """
    if not item.credited:
        return ""
    end = next(other for other in items if other.id == item.paid_by)
    if end.credited:
        return "original-unknown"
    if readings["credited_source"] == "refuse":
        return "credited-source"
    rivals = [o for o in items if o.id != item.id and o.paid_by == item.paid_by]
    if any(rival.target == item.target for rival in rivals):
        return "same-root-twice"
    return ""
