"""Rules by name: `@rule("ties-open-seats")` marks the function that applies a rule.

The code names rule ids, never clauses: the same engine serves several texts, and the edition says
which clause of which text each rule id stands for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

_functions: dict[str, list[str]] = {}


def rule(*rule_ids: str) -> Callable[[Function], Function]:
    """Mark the function that builds the expression or calls the kernel of these rules."""

    def register(function: Function) -> Function:
        name = f"{function.__module__}.{function.__qualname__}"
        for rule_id in rule_ids:
            names = _functions.setdefault(rule_id, [])
            if name not in names:
                names.append(name)
        return function

    return register


def functions_of(rule_id: str) -> tuple[str, ...]:
    """Where a rule is applied, as dotted names; empty when no function claims it."""
    return tuple(_functions.get(rule_id, ()))


def rules_of(package: str) -> frozenset[str]:
    """Every rule id that a function inside `package` claims."""
    return frozenset(
        rule_id
        for rule_id, names in _functions.items()
        if any(name.startswith(package + ".") for name in names)
    )
